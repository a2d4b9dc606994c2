// Firebreak as a user starts it: a process of its own.
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';

export const checkout = fileURLToPath(new URL('../..', import.meta.url));
export const starter = `${checkout}cli/starter`;
const program = `${checkout}cli/main.ts`;
/** What takes longer than this hangs. */
const mostMs = 60_000;

export interface Ended {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly out: string;
	readonly error: string;
	readonly ms: number;
}
export interface Running {
	readonly child: ChildProcess;
	readonly ended: Promise<Ended>;
}
export interface Place {
	/** A program that starts it, with its words: `['unshare', '--net']`. */
	readonly under?: readonly string[];
	readonly cwd?: string;
	readonly env?: Readonly<Record<string, string>>;
}

/** Starts `firebreak words` from the sources. */
export function start(words: readonly string[], {under = [], cwd = checkout, env = {}}: Place = {}): Running {
	const started = performance.now();
	const [first, ...rest] = [...under, process.execPath, program, ...words];
	const child = spawn(first!, rest, {cwd, env: {...process.env, ...env}, stdio: ['ignore', 'pipe', 'pipe']});
	let [out, error] = ['', ''];
	child.stdout.on('data', chunk => (out += chunk));
	child.stderr.on('data', chunk => (error += chunk));
	const watchdog = setTimeout(() => {
		error += `\nkilled by the test: it still ran after ${mostMs} ms`;
		child.kill('SIGKILL');
	}, mostMs);
	child.once('close', () => clearTimeout(watchdog));
	const ended = once(child, 'close').then(([code, signal]) => ({
		code: code as number | null,
		signal: signal as NodeJS.Signals | null,
		out,
		error,
		ms: performance.now() - started,
	}));
	return {child, ended};
}

/** The same, to its end. */
export const firebreak = (words: readonly string[], place?: Place): Promise<Ended> => start(words, place).ended;
