// Running a program of the checkout under its own Node.
import {spawn} from 'node:child_process';
import {join} from 'node:path';
import {folder} from './prepare.mjs';

/** The Node that the lock file pins. */
export const node = join(folder, 'node_modules/.bin/node');

/**
 * The exit code of `program` with the terminal as it is: 130 where it was interrupted, 70 where it fell otherwise.
 * A Ctrl-C reaches the whole foreground group, so this process only waits for what its child makes of it.
 */
export function run(program, words) {
	const child = spawn(program, words, {cwd: folder, stdio: 'inherit'});
	const wait = () => {};
	process.on('SIGINT', wait);
	const pass = signal => child.kill(signal);
	process.on('SIGTERM', pass);
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 70)));
	}).finally(() => {
		process.off('SIGINT', wait);
		process.off('SIGTERM', pass);
	});
}
