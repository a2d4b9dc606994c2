// A program with this process's own terminal and streams, to its end.
import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {constants} from 'node:os';
import type {Io} from '../io.ts';

/** Where system programs lie that an ordinary user's path may lack: ip, nft, tcpdump. */
const systemPath = '/usr/local/sbin:/usr/sbin:/sbin';

/** A command that ends so soon after Ctrl-C ends by it. */
const atOnceMs = 500;

/** Where programs are looked for. */
export const commandPath = (): string => `${process.env.PATH ?? '/usr/bin:/bin'}:${systemPath}`;

/**
 * The program's exit code, or 128 and the number of the signal that ended it, as shells have it; null where it ended
 * because the lab is gone. Signals are the program's: Ctrl-C comes to it from the terminal, and what this process is told
 * besides is passed on.
 */
export async function runAttached(
	words: readonly string[],
	environment: Readonly<Record<string, string>>,
	io: Io,
	gone: Promise<void>,
): Promise<number | null> {
	const [program, ...rest] = words as [string, ...string[]];
	let interruptedMs = Number.NEGATIVE_INFINITY;
	const handBack = io.handOver?.(signal => {
		if (signal === 'SIGINT') interruptedMs = performance.now();
		tell(signal);
	});
	const child = spawn(program, rest, {
		stdio: 'inherit',
		env: {...process.env, PATH: commandPath(), ...environment},
	});
	const tell = (signal: NodeJS.Signals): void => {
		// A terminal has told it already.
		if (signal === 'SIGINT' && process.stdin.isTTY) return;
		for (const pid of commandsOf(child.pid)) {
			try {
				process.kill(pid, signal);
			} catch {
				// It ended meanwhile.
			}
		}
	};
	let labGone = false;
	gone.then(() => {
		labGone = true;
	});
	try {
		return await new Promise<number | null>((resolve, reject) => {
			child.once('error', reject);
			child.once('exit', (ended, signal) => {
				// Who waits for the command ignores Ctrl-C, cannot end by it as the command did, and says 1.
				const code = ended === 1 && performance.now() - interruptedMs < atOnceMs ? 130 : ended;
				// The engine's end and the command's are one, and are heard of in either order.
				setTimeout(
					() => resolve(labGone ? null : (code ?? 128 + constants.signals[signal!])),
					signal === 'SIGKILL' ? 50 : 0,
				);
			});
		});
	} finally {
		handBack?.();
	}
}

/** The command itself, which the program that entered waits for; that program where it has not come so far. Source: proc_pid_task(5). */
function commandsOf(pid: number | undefined): readonly number[] {
	if (pid === undefined) return [];
	try {
		const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
		return children.length > 0 ? children : [pid];
	} catch {
		return [];
	}
}
