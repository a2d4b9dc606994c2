// A program of ours in a terminal of its own, made by script(1): what it prints, when, and keys for it.
import {spawn} from 'node:child_process';
import {StringDecoder} from 'node:string_decoder';
import {setTimeout as wait} from 'node:timers/promises';
import {shellWords} from '../../lab/shell-words.ts';
import {folder} from '../prepare.mjs';
import {createTerminal} from './terminal.mjs';

/**
 * `firebreak words`, as a person has it: colours, UTF-8, a terminal of that size. `shell` goes before it.
 *
 * `told` grows: `[milliseconds since the first, text]`.
 */
export function runInTerminal(words, {columns, rows, shell = '', quiet = false}) {
	const command = shellWords([process.execPath, '--no-warnings', 'cli/main.ts', ...words]);
	const line = `stty cols ${columns} rows ${rows}; ${shell} exec ${command}${quiet ? ' 2>/dev/null' : ''}`;
	const {NO_COLOR: _, CI: __, COLORTERM: ___, ...environment} = process.env;
	const child = spawn('script', ['-qefc', line, '/dev/null'], {
		cwd: folder,
		env: {...environment, SHELL: '/bin/sh', TERM: 'xterm-256color', LC_ALL: 'C.UTF-8'},
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const terminal = createTerminal(columns, rows);
	const decoder = new StringDecoder();
	const told = [];
	let startedMs;
	child.stdout.on('data', bytes => {
		startedMs ??= performance.now();
		const text = decoder.write(bytes);
		told.push([performance.now() - startedMs, text]);
		terminal.feed(text);
	});
	const ended = new Promise(resolve => child.once('exit', resolve));
	return {
		told,
		terminal,
		ended,
		/** One after the other, as a person types. */
		async type(keys, betweenMs = 70) {
			for (const key of keys) {
				child.stdin.write(key);
				await wait(betweenMs);
			}
		},
		async until(what, mostMs = 20_000) {
			for (const startMs = performance.now(); !what.test(terminal.text()); await wait(20))
				if (performance.now() - startMs > mostMs) throw new Error(`${what} is not on\n${terminal.text()}`);
		},
	};
}
