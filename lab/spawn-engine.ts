// Starts the engine's program under unshare(1), and says why it ended where it ended by itself.
import {type ChildProcess, spawn} from 'node:child_process';
import type {Duplex} from 'node:stream';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {FirebreakError} from '../core/model/failure.ts';
import {sweepContainers} from './container-records.ts';
import type {DockerBoot} from './docker-boot.ts';
import {withoutInherited} from './inherited-descriptors.ts';

/** How long an engine may take to remove its containers. */
export const removalMs = 60_000;

export interface EngineProcess {
	/** unshare(1), the engine's parent. */
	readonly child: ChildProcess;
	/** Descriptor 3 of the engine. When it closes, an engine that was not told to stay ends. */
	readonly stream: Duplex;
	/** Of a lab of containers. */
	readonly docker: DockerBoot | undefined;
}

/**
 * unshare(1): pid, mount, uts and network of its own; where this process is not root, a user namespace that makes it so. With
 * containers it keeps this machine's /proc, in which their namespaces are found.
 *
 * @param errors - `pipe`, or the descriptor of a file: an engine that stays outlives whoever reads a pipe. It is then of a
 * session of its own, so that no terminal ends it
 */
export function spawnEngine(rootless: boolean, errors: 'pipe' | number, docker?: DockerBoot): EngineProcess {
	const own = import.meta.url;
	const program = fileURLToPath(new URL(`./engine${own.slice(own.lastIndexOf('.'))}`, own));
	const user = rootless ? ['--user', '--map-root-user'] : [];
	const stays = errors !== 'pipe';
	const spawnWith = (stdio: ('ignore' | 'pipe' | number)[]): ChildProcess =>
		spawn(
			'unshare',
			[
				...user,
				'--net',
				'--mount',
				// What is unmounted on this machine is unmounted there too: no other container's disk is held.
				...(docker === undefined ? ['--mount-proc'] : ['--propagation', 'slave']),
				'--uts',
				'--pid',
				'--fork',
				'--kill-child',
				process.execPath,
				'--no-warnings',
				program,
			],
			{
				stdio,
				...(stays ? {detached: true, cwd: '/'} : {}),
				env: {
					PATH: process.env.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin',
					UV_THREADPOOL_SIZE: '4',
					NODE_COMPILE_CACHE: compileCache,
				},
			},
		);
	const child = withoutInherited<'ignore' | 'pipe' | number, ChildProcess>(
		['ignore', 'ignore', errors, 'pipe'],
		spawnWith,
	);
	return {child, stream: child.stdio[3] as Duplex, docker};
}

/**
 * What engines compiled is kept beside the libraries, which halves their start. Where that cannot be written, Node does
 * without (node:module, "Module compile cache").
 */
const compileCache = fileURLToPath(
	new URL(`${import.meta.url.endsWith('.ts') ? '..' : '../..'}/node_modules/.cache/firebreak`, import.meta.url),
);

/** What unshare says when the kernel does not let it is the one thing known before the engine's hello. */
export function endedEarly(complaint: string): Error {
	// What unshare says of signals is of an engine that was killed (util-linux 2.38).
	const lines = complaint.split('\n').filter(line => line !== '' && !line.startsWith('unshare: sigprocmask'));
	const said = lines.join('\n');
	if (/^unshare: .*(not permitted|No space left|Permission denied|Invalid argument)/m.test(said))
		return noUnshare(said);
	if (/^\s+at /m.test(said)) {
		const bug = new Error('the engine of the lab fell');
		bug.stack = `in the engine: ${said}`;
		return bug;
	}
	return new FirebreakError(
		'engine-gone',
		`the lab's engine ended: ${lines.at(-1) ?? 'it was killed'}`,
		'run it again; nothing of the lab is left',
		{complaint},
	);
}

export const noProgram = (cause: Error): FirebreakError =>
	new FirebreakError(
		'no-unshare',
		`the program unshare cannot be started here: ${cause.message}`,
		'install util-linux, or --model-only',
		{},
		cause,
	);

const noUnshare = (complaint: string): FirebreakError =>
	new FirebreakError(
		'no-userns',
		`this machine does not let an ordinary user make namespaces: ${complaint.trim().split('\n')[0] ?? ''}`,
		`sudo, or sysctl -w ${/No space left/.test(complaint) ? 'user.max_user_namespaces=15000' : 'kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu 24.04)'}, or --model-only; firebreak doctor says which`,
	);

/**
 * Ends it without a word: the kernel takes the lab, and an engine that made containers is given the time to remove them.
 * Resolves when it is gone, and they with it.
 */
export async function killEngine({child, stream, docker}: EngineProcess): Promise<void> {
	if (child.exitCode === null && child.signalCode === null) {
		const gone = new Promise(resolve => child.once('exit', resolve));
		if (docker !== undefined) {
			stream.destroy();
			await Promise.race([gone, wait(removalMs, undefined, {ref: false})]);
		}
		child.kill('SIGKILL');
		await gone;
	}
	if (docker !== undefined) await sweepContainers(docker.folder);
}
