// A command at a terminal of its own, with somebody who types.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {shellWords} from '../../lab/shell-words.ts';

export interface AtTerminal {
	/** All that the terminal showed so far. */
	readonly seen: string;
	type(keys: string): void;
	/** Resolves when it shows `what`. @throws where it does not within 15 s, with what it showed */
	until(what: RegExp): Promise<void>;
	readonly ended: Promise<number | null>;
	end(): void;
}

/** Starts `words` under script(1); its exit code is theirs. */
export function atTerminal(words: readonly string[], env: NodeJS.ProcessEnv): AtTerminal {
	const child = spawn('script', ['-qefc', shellWords(words), '/dev/null'], {
		env: {...process.env, ...env, SHELL: '/bin/sh', TERM: 'xterm'},
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	let seen = '';
	let look = (): void => undefined;
	child.stdout.on('data', chunk => {
		seen += chunk;
		look();
	});
	child.stdin.on('error', () => undefined);
	return {
		get seen() {
			return seen;
		},
		type: keys => void child.stdin.write(keys),
		async until(what) {
			const {promise, resolve, reject} = Promise.withResolvers<void>();
			const late = setTimeout(() => reject(new Error(`no ${what} in ${JSON.stringify(seen)}`)), 15_000);
			look = () => {
				if (what.test(seen)) resolve();
			};
			look();
			await promise.finally(() => clearTimeout(late));
		},
		ended: once(child, 'exit').then(([code]) => code as number | null),
		end: () => void child.kill('SIGKILL'),
	};
}
