// A person at an interactive shell in a tmux of its own, who starts one program and may send it signals.
import {readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {type InTmux, inTmux} from './in-tmux.ts';

export interface Shell extends InTmux {
	/** Runs it as a person does, who then sees `code N`. */
	run(line: string): void;
	/** Sends a signal to the console in this shell. */
	kill(signal: string): void;
	/** The terminal's settings, as stty(1) writes them. */
	settings(name: string): Promise<string>;
}

type Environment = Readonly<Record<string, string>>;
type Body = (shell: Shell) => Promise<void>;

let shells = 0;

/** What does something in a shell of its own, whose files lie in `folder`, and ends it. */
export const inShellOf =
	(folder: string, env: Environment) =>
	async (t: ExecutionContext, body: Body): Promise<void> => {
		t.timeout(60_000);
		const socket = join(folder, `tmux-${shells++}`);
		const tmux = inTmux(['/bin/sh', '-i'], {socket, columns: 100, rows: 30, env});
		const pidFile = join(folder, 'pid');
		const shell: Shell = {
			...tmux,
			run: line => {
				tmux.type(`clear; sh -c 'echo $$ > ${pidFile}; exec "$@"' sh ${line}; echo "code $?"`);
				tmux.press('Enter');
			},
			kill: signal => void process.kill(Number(readFileSync(pidFile, 'utf8')), signal),
			async settings(name) {
				const file = join(folder, name);
				rmSync(file, {force: true});
				tmux.type(`clear; stty -g > ${file}; echo stty ${name} $?`);
				tmux.press('Enter');
				await tmux.until(new RegExp(`^stty ${name} 0$`, 'm'));
				return readFileSync(file, 'utf8');
			},
		};
		try {
			await tmux.until(/^[$#]/m);
			await body(shell);
		} finally {
			tmux.end();
		}
	};
