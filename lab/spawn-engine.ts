// Starts the engine's program under unshare(1), and says why it ended where it ended by itself.
import {type ChildProcess, spawn} from 'node:child_process';
import type {Duplex} from 'node:stream';
import {fileURLToPath} from 'node:url';
import {FirebreakError} from '../core/model/failure.ts';
import {withoutInherited} from './inherited-descriptors.ts';

export interface EngineProcess {
	/** unshare(1), the engine's parent. */
	readonly child: ChildProcess;
	/** Descriptor 3 of the engine. When it closes, an engine that was not told to stay ends. */
	readonly stream: Duplex;
}

/**
 * unshare(1): pid, mount, uts and network of its own; where this process is not root, a user namespace that makes it so.
 *
 * @param errors - `pipe`, or the descriptor of a file: an engine that stays outlives whoever reads a pipe. It is then of a
 * session of its own, so that no terminal ends it
 */
export function spawnEngine(rootless: boolean, errors: 'pipe' | number): EngineProcess {
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
				'--mount-proc',
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
	return {child, stream: child.stdio[3] as Duplex};
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

/** Ends it without a word: the kernel takes the lab. Resolves when it is gone. */
export async function killEngine({child}: EngineProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const gone = new Promise(resolve => child.once('exit', resolve));
	child.kill('SIGKILL');
	await gone;
}
