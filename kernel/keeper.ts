// Makes the workloads' namespaces, owned by a user namespace nested in the engine's: a workload's root owns its own
// network and nothing of the fabric (FACTS: else it edits the fabric through its own veth by IFLA_TARGET_NETNSID).
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {FirebreakError} from '../core/model/failure.ts';
import {openNetns} from './netns.ts';
import {workloadIds} from './rootless.ts';

/** Namespaces of one turn: the first are wired while the next are made. */
const atOnce = 20;

/**
 * Mounts a place for namespaces that only it sees, makes them a turn at a time, says `ready` after each, and waits for
 * its end.
 */
const script = `mount -t tmpfs none /run && mkdir /run/netns || exit
for turn in "$@"; do printf %s "$turn" | ip -batch - >&2 || exit; echo ready; done
exec sleep infinity`;

export interface WorkloadNamespaces {
	/** Descriptor of the user namespace that owns them: what a workload's shell enters first. */
	readonly user: number;
	/**
	 * Descriptors of the network namespaces, in order, a turn at a time and as soon as it is there. To be read once. The
	 * descriptors keep them alive; the process that made them ends with the last turn.
	 *
	 * @throws FirebreakError `no-nested-userns` where the kernel refuses
	 */
	readonly turns: AsyncIterable<readonly number[]>;
}

/**
 * Begins to make `count` network namespaces in one nested user namespace: a new one, or `known`, by a descriptor.
 *
 * @throws FirebreakError `no-nested-userns` where the kernel refuses
 */
export async function createNamespaces(count: number, rootless: boolean, known?: number): Promise<WorkloadNamespaces> {
	await using owner = rootless || known !== undefined ? undefined : await mappedOwner();
	const turns = Array.from({length: Math.max(1, Math.ceil(count / atOnce))}, (_, turn) =>
		Array.from({length: Math.min(atOnce, count - turn * atOnce)}, (__, at) => turn * atOnce + at),
	);
	const keep = ['sh', '-c', script, 'keeper', ...turns.map(turn => turn.map(at => `netns add ${at}\n`).join(''))];
	const inside = (path: string): ChildProcess => {
		const asRoot = rootless ? ['--preserve-credentials'] : ['--setuid=0', '--setgid=0'];
		return start('nsenter', [`--user=${path}`, ...asRoot, 'unshare', '--mount', '--net', ...keep]);
	};
	const keeper =
		known !== undefined
			? inside(`/proc/${process.pid}/fd/${known}`)
			: owner === undefined
				? start('unshare', ['--user', '--map-root-user', '--mount', '--net', ...keep])
				: inside(`/proc/${owner.pid}/ns/user`);
	const said = readies(keeper);
	await said.next();
	const user = known ?? ofLiving(() => openNetns(`/proc/${keeper.pid}/ns/user`));
	return {user, turns: openTurns(keeper, said, turns)};
}

/** The first turn is there when this is called. */
async function* openTurns(
	keeper: ChildProcess,
	said: AsyncIterator<unknown>,
	turns: readonly (readonly number[])[],
): AsyncGenerator<readonly number[]> {
	try {
		for (const [number, turn] of turns.entries()) {
			if (number > 0) await said.next();
			yield ofLiving(() => turn.map(at => openNetns(`/proc/${keeper.pid}/root/run/netns/${at}`)));
		}
	} finally {
		keeper.kill('SIGKILL');
	}
}

/** What is read or written of a process under /proc is not there any more once that was killed. */
function ofLiving<T>(body: () => T): T {
	try {
		return body();
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code !== 'ENOENT' && code !== 'ESRCH') throw error;
		throw new FirebreakError(
			'engine-gone',
			'the process that makes the workloads’ namespaces ended: it was killed',
			'run it again; nothing of the lab is left',
			{},
			error,
		);
	}
}

const missingProgram = 'install iproute2 and util-linux';
const tooFew = 'raise sysctl user.max_user_namespaces and user.max_net_namespaces (firebreak doctor says more)';

const start = (program: string, args: readonly string[]): ChildProcess =>
	spawn(program, args, {stdio: ['ignore', 'pipe', 'pipe']});

/** Gives each `ready` that a keeper says, and throws with its complaint when it ends. */
async function* readies(keeper: ChildProcess): AsyncGenerator<true, never> {
	let complaint = '';
	keeper.stderr!.on('data', chunk => (complaint += chunk));
	const ended = once(keeper, 'close').catch(error => (complaint ||= String(error)));
	for await (const line of createInterface({input: keeper.stdout!})) if (line === 'ready') yield true;
	await ended;
	const why = complaint.trim().split('\n')[0] || 'no reason given';
	throw new FirebreakError(
		'no-nested-userns',
		`namespaces for workloads could not be made: ${why}`,
		`${/\b(ip|mount): not found/.test(why) ? missingProgram : tooFew}; without it: --model-only`,
	);
}

/**
 * Where the engine is root: a process in a user namespace whose root is 100000 outside, so that a workload's root is
 * nobody on the host. The map is written from outside, and only who enters afterwards has it (FACTS).
 */
async function mappedOwner(): Promise<{readonly pid: number} & AsyncDisposable> {
	const child = start('unshare', ['--user', 'sh', '-c', 'echo ready && exec sleep infinity']);
	await readies(child).next();
	const map = `0 ${workloadIds.first} ${workloadIds.count}\n`;
	ofLiving(() => {
		writeFileSync(`/proc/${child.pid}/uid_map`, map);
		writeFileSync(`/proc/${child.pid}/gid_map`, map);
	});
	return {
		pid: child.pid!,
		async [Symbol.asyncDispose]() {
			child.kill('SIGKILL');
		},
	};
}
