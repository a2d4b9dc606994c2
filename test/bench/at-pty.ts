// The console as it runs for a person: a process of its own in a pseudo-terminal, whose keys are typed and whose screen is
// read at the terminal's own end.
import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {setTimeout as wait} from 'node:timers/promises';
import {shellWords} from '../../lab/shell-words.ts';
import {type Inspected, inspect} from './inspect.ts';
import {readScreen} from './read-screen.ts';

export interface AtPty extends Disposable {
	readonly inspected: Inspected;
	/** Frames with something to draw, from the beginning on. */
	readonly frames: number;
	/** Bytes of the screen's updates, from the beginning on. */
	readonly bytes: number;
	/** Seconds of a processor that the process took, from its beginning on. */
	cpuSeconds(): number;
	/** Resident memory in MB. */
	residentMb(): number;
	/** Types it; the milliseconds until a row of the screen shows `what`. @throws where none does within 20 s, with the screen */
	press(key: string, what: RegExp): Promise<number>;
	/** Resolves when a row shows it. @throws as `press` */
	until(what: RegExp, mostMs?: number): Promise<void>;
	screen(): readonly string[];
}

/** What blessed ends each frame with: the cursor goes back. Source: xterm, DECRC. */
const endOfFrame = '\x1b8';

/** `words` of this Node under script(1), in a terminal of that size. */
export async function atPty(
	words: readonly string[],
	{columns, rows, options = []}: {columns: number; rows: number; options?: readonly string[]},
): Promise<AtPty> {
	const command = shellWords([process.execPath, '--no-warnings', '--inspect=127.0.0.1:0', ...options, ...words]);
	const child = spawn('script', ['-qefc', `stty cols ${columns} rows ${rows}; exec ${command}`, '/dev/null'], {
		env: {...process.env, SHELL: '/bin/sh', TERM: 'xterm-256color', LANG: 'C.UTF-8', NO_COLOR: ''},
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const screen = readScreen(columns, rows);
	let [said, frames, bytes] = ['', 0, 0];
	let looked = (): void => undefined;
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		said = (said + text).slice(-2000);
		bytes += Buffer.byteLength(text);
		frames += text.split(endOfFrame).length - 1;
		screen.feed(text);
		looked();
	});
	child.stdin.on('error', () => undefined);
	const until = async (isThere: () => boolean, mostMs: number): Promise<void> => {
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		const late = setTimeout(() => reject(new Error(`it is not on\n${screen.rows().join('\n')}`)), mostMs);
		looked = () => {
			if (isThere()) resolve();
		};
		looked();
		await promise.finally(() => clearTimeout(late));
	};
	/** Between two frames: all of a frame was told. */
	const shows = (what: RegExp) => () => said.endsWith(endOfFrame) && screen.rows().some(row => what.test(row));
	const listens = /ws:\S+(?=\s)/;
	await until(() => listens.test(said), 10_000);
	const url = listens.exec(said)![0];
	const pid = Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'latin1').split(' ')[0]);
	const inspected = await inspect(url);
	return {
		inspected,
		get frames() {
			return frames;
		},
		get bytes() {
			return bytes;
		},
		cpuSeconds: () => cpuSecondsOf(pid),
		residentMb: () => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))![1]) / 1024,
		async press(key, what) {
			const started = performance.now();
			child.stdin.write(key);
			await until(shows(what), 20_000);
			return performance.now() - started;
		},
		until: (what, mostMs = 20_000) => until(shows(what), mostMs),
		screen: () => screen.rows(),
		[Symbol.dispose]() {
			inspected[Symbol.dispose]();
			process.kill(pid, 'SIGTERM');
			wait(3000, undefined, {ref: false}).then(() => child.kill('SIGKILL'));
		},
	};
}

/** Ticks of user and system time are hundredths of a second on Linux. Source: proc_pid_stat(5), 14 and 15; sysconf(3). */
function cpuSecondsOf(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / 100;
}
