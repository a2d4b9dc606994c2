// Real clients, where they are installed. Never through a shell.
import {execFile, spawnSync} from 'node:child_process';
import test, {type ExecutionContext} from 'ava';

export interface Ran {
	readonly status: number;
	readonly out: string;
	readonly error: string;
}

/** Runs a program to its end with `input` on its stdin; 60 s at most. */
export const run = (
	program: string,
	words: readonly string[],
	{input = '', env = {}}: {readonly input?: string; readonly env?: Readonly<Record<string, string>>} = {},
): Promise<Ran> =>
	new Promise(resolve => {
		const settings = {env: {...process.env, ...env}, timeout: 60_000, maxBuffer: 256 << 20};
		const child = execFile(program, words, settings, (failure, out, error) => {
			const code = failure === null ? 0 : failure.code;
			resolve({status: typeof code === 'number' ? code : -1, out, error});
		});
		// A client that ends without having read it is no error of the test.
		child.stdin?.on('error', () => {});
		child.stdin?.end(input);
	});

/** A test by a real client; where it is not installed it is skipped, and its title says why. */
export function toolTest(program: string, from: string, title: string, body: (t: ExecutionContext) => Promise<void>) {
	const missing = spawnSync(program, ['--version']).error !== undefined;
	if (missing) test.skip(`${title} (skipped: there is no ${program} here; apt install ${from})`, body);
	else test(title, body);
}
