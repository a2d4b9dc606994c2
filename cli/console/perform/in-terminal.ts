// Another program in this terminal, and back.
import {spawn} from 'node:child_process';
import {constants} from 'node:os';
import type {Doing} from '../live.ts';

/** How long a program may take to end when the console is told to; script(1) gives its own two seconds. */
const endMs = 2500;

/**
 * The program's exit code, or 128 and the number of its signal.
 *
 * Ctrl-C is the program's own. What else ends the console hangs up on the program first, and then ends the console.
 *
 * @param options.tied - it is one of Firebreak's own, and ends where this process is killed
 * @throws where it cannot be started
 */
export async function inTerminal(
	[program, ...words]: readonly [string, ...string[]],
	{app, io}: Pick<Doing, 'app' | 'io'>,
	{tied}: {readonly tied: boolean},
): Promise<number> {
	let told: NodeJS.Signals | undefined;
	const code = await app.screen.lend(
		() =>
			new Promise<number>((resolve, reject) => {
				const child = spawn(program, words, {
					stdio: ['inherit', 'inherit', 'inherit', ...(tied ? ['ipc' as const] : [])],
				});
				const handBack = io.handOver?.(signal => {
					if (signal === 'SIGINT') return;
					told ??= signal;
					// A shell that a person talks to takes no notice of SIGTERM.
					child.kill('SIGHUP');
					setTimeout(() => settle(128 + constants.signals[signal]), endMs).unref();
				});
				const settle = (code: number): void => {
					handBack?.();
					resolve(code);
				};
				child.once('error', error => {
					handBack?.();
					reject(error);
				});
				child.once('exit', (ended, signal) => settle(ended ?? 128 + constants.signals[signal!]));
			}),
	);
	if (told !== undefined) process.kill(process.pid, told);
	return code;
}
