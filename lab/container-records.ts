// Containers outlive the engine that made them when that is killed: the kernel takes a lab, but not what a daemon holds.
// So an engine leaves a record before it makes the first, and beside it a socket at which it listens as long as it lives.
// The next command that finds the record and nobody at the socket removes the containers with that engine's label.
import {readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createConnection, createServer} from 'node:net';
import {join} from 'node:path';

/** What Docker was asked by a killed engine may still be under way so long after. */
const lateMs = 20_000;

export interface ContainerRecord {
	/** Twelve hex digits, of one engine and of no other. */
	readonly engine: string;
	/** Name of the lab's tables and containers. */
	readonly lab: string;
	/** Docker's socket. */
	readonly socket: string;
	/** False until every container is there. */
	readonly complete: boolean;
	/** Milliseconds since 1970. */
	readonly startedAt: number;
}

export interface OpenRecord extends Disposable {
	/** All of them are there: nothing more will come. */
	complete(): void;
}

const recordName = /^([0-9a-f]{12})\.containers$/;
const pathsOf = (folder: string, engine: string) => ({
	record: join(folder, `${engine}.containers`),
	alive: join(folder, `${engine}.alive`),
});

/** To be opened before the first container is asked for. Disposing of it says that none is left. */
export async function openRecord(
	folder: string,
	own: Omit<ContainerRecord, 'complete' | 'startedAt'>,
): Promise<OpenRecord> {
	const {record, alive} = pathsOf(folder, own.engine);
	const server = createServer(socket => socket.destroy());
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(alive, resolve));
	server.unref();
	const startedAt = Date.now();
	const write = (complete: boolean): void =>
		writeFileSync(record, JSON.stringify({...own, complete, startedAt} satisfies ContainerRecord), {mode: 0o600});
	write(false);
	return {
		complete: () => write(true),
		[Symbol.dispose]() {
			rmSync(record, {force: true});
			server.close();
			rmSync(alive, {force: true});
		},
	};
}

/** The records of that folder; one that cannot be read is of nobody. */
export const containerRecords = (folder: string): readonly ContainerRecord[] =>
	readdirSync(folder)
		.filter(name => recordName.test(name))
		.flatMap(name => {
			try {
				return [JSON.parse(readFileSync(join(folder, name), 'utf8')) as ContainerRecord];
			} catch {
				return [];
			}
		});

/**
 * Removes what engines left that are gone, whichever way they went: their containers, and nothing of anybody else's.
 *
 * @returns a sentence for each engine whose containers could not be removed; the next command tries again
 */
export async function sweepContainers(folder: string): Promise<readonly string[]> {
	const left: string[] = [];
	for (const record of containerRecords(folder)) {
		const {record: path, alive} = pathsOf(folder, record.engine);
		if (await isAlive(alive)) continue;
		try {
			await removeOf(record);
		} catch (error) {
			left.push(
				`containers of the lab ${record.lab}, whose engine is gone, are still there: ${(error as Error).message}`,
			);
			continue;
		}
		if (!record.complete && Date.now() - record.startedAt < lateMs) continue;
		rmSync(path, {force: true});
		rmSync(alive, {force: true});
	}
	return left;
}

async function removeOf({socket, engine}: ContainerRecord): Promise<void> {
	const [{connectDocker}, {removeContainers}] = await Promise.all([
		import('../topologies/docker/connect.ts'),
		import('../topologies/docker/remove-containers.ts'),
	]);
	const {docker} = await connectDocker(socket);
	await removeContainers(docker, engine);
}

/** Whoever is stopped still listens; whoever was killed does not. */
const isAlive = (path: string): Promise<boolean> =>
	new Promise(resolve => {
		const socket = createConnection(path);
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', (error: NodeJS.ErrnoException) =>
			resolve(!['ECONNREFUSED', 'ENOENT'].includes(error.code ?? '')),
		);
	});
