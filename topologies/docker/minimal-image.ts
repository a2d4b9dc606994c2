// The image of a workload that names none: made here, byte by byte, and given to Docker without a registry. It holds a
// program that waits, and this machine's busybox where that is static, so that `exec` has a shell there.
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {Readable} from 'node:stream';
import type Docker from 'dockerode';
import type {StageStep} from '../../core/contracts/stage.ts';
import {FirebreakError} from '../../core/model/failure.ts';
import {dockerFailure, statusOf} from './docker-failure.ts';
import {isProgramMachine, type ProgramMachine} from './elf-program.ts';
import {pauseProgram} from './pause-program.ts';
import {type TarEntry, tarArchive} from './tar-archive.ts';

const busyboxPaths = ['/bin/busybox', '/usr/bin/busybox', '/usr/sbin/busybox.static', '/bin/busybox.static'];
/** Of elf(5): the program header that only dynamic programs have. */
const PT_INTERP = 3;

export interface MinimalImage {
	/** `firebreak/minimal:0123456789ab`: its tag follows from its content. */
	readonly name: string;
	readonly entries: readonly TarEntry[];
}

/** What this machine's minimal image holds. @param busybox - the program's file; null: none, and no shell */
export function minimalImage(
	machine: ProgramMachine,
	busybox: Buffer | null,
	applets: readonly string[],
): MinimalImage {
	const folder = (path: string, mode = 0o755): TarEntry => ({kind: 'folder', path, mode});
	const file = (path: string, bytes: Buffer | string, mode: number): TarEntry => ({
		kind: 'file',
		path,
		bytes: Buffer.from(bytes),
		mode,
	});
	const entries: readonly TarEntry[] = [
		...['bin', 'dev', 'etc', 'proc', 'root', 'run', 'sys', 'var'].map(path => folder(path)),
		folder('tmp', 0o1777),
		file('etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n', 0o644),
		file('etc/group', 'root:x:0:\nnogroup:x:65534:\n', 0o644),
		file('pause', pauseProgram(machine), 0o755),
		...(busybox === null
			? []
			: [
					file('bin/busybox', busybox, 0o755),
					...applets
						.filter(name => name !== 'busybox')
						.map((name): TarEntry => ({kind: 'link', path: `bin/${name}`, to: 'busybox', mode: 0o777})),
				]),
	];
	const hash = createHash('sha256').update(tarArchive(entries)).digest('hex').slice(0, 12);
	return {name: `firebreak/minimal:${hash}`, entries};
}

/** Whether its ELF header says that it needs no loader. */
export function isStatic(program: Buffer): boolean {
	if (program.length < 64 || program.readUInt32BE(0) !== 0x7f454c46 || program[4] !== 2) return false;
	const start = Number(program.readBigUInt64LE(32));
	const size = program.readUInt16LE(54);
	return Array.from({length: program.readUInt16LE(56)}, (_, at) => program.readUInt32LE(start + at * size)).every(
		type => type !== PT_INTERP,
	);
}

/** The static busybox of this machine with the names it answers to; null where there is none. */
function staticBusybox(): {readonly bytes: Buffer; readonly applets: readonly string[]} | null {
	for (const path of busyboxPaths) {
		try {
			const bytes = readFileSync(path);
			if (!isStatic(bytes)) continue;
			const applets = execFileSync(path, ['--list'], {encoding: 'utf8'}).split('\n').filter(Boolean);
			return {bytes, applets};
		} catch {
			// Not there, or not for this machine: the next place, and in the end none.
		}
	}
	return null;
}

/**
 * Its name with Docker, who is given it where it is not there.
 *
 * @throws FirebreakError `no-minimal-image` on machines that are neither x86-64 nor arm64; `docker-refused`
 */
export async function ensureMinimalImage(docker: Docker, tell: (step: StageStep) => void): Promise<string> {
	const machine = process.arch;
	if (!isProgramMachine(machine))
		throw new FirebreakError(
			'no-minimal-image',
			`Firebreak has no image of its own for this machine (${machine})`,
			'give every workload an image, or --runtime netns',
		);
	const busybox = staticBusybox();
	const {name, entries} = minimalImage(machine, busybox?.bytes ?? null, busybox?.applets ?? []);
	if (await hasImage(docker, name)) return name;
	const text = `${name}${busybox === null ? ', without a shell: there is no static busybox here' : ''}`;
	tell({stage: 'build', text, done: 0, total: 1});
	// With its tag in the name: Podman reads no other.
	const changes = ['CMD ["/pause"]', 'ENV PATH=/bin', 'LABEL firebreak.image=minimal'];
	try {
		const answer = await docker.importImage(Readable.from([tarArchive(entries)]), {repo: name, changes});
		for await (const _ of answer);
		await docker.getImage(name).inspect();
		tell({stage: 'build', text, done: 1, total: 1});
		return name;
	} catch (error) {
		throw dockerFailure(error, `take the image ${name}`, 'has its disk room? docker system df');
	}
}

export async function hasImage(docker: Docker, name: string): Promise<boolean> {
	try {
		await docker.getImage(name).inspect();
		return true;
	} catch (error) {
		if (statusOf(error) === 404) return false;
		throw error;
	}
}
