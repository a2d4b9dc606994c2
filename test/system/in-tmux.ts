// A program in a tmux of its own: keys go in, the screen comes out as text.
import {execFileSync, spawnSync} from 'node:child_process';
import {setTimeout as wait} from 'node:timers/promises';
import {shellWords} from '../../lab/shell-words.ts';

export interface InTmux {
	/** As tmux names them: `Enter`, `Down`, `a`. */
	press(...keys: readonly string[]): void;
	/** Types it as it stands, also what no key sends. */
	type(text: string): void;
	resize(columns: number, rows: number): void;
	/** Which modes of the terminal are on, of `alternate screen`, `mouse`, `keypad` and `no cursor`. */
	modes(): readonly string[];
	/** The whole screen, a line a row, without blanks at the ends. */
	screen(): string;
	/** Resolves when the screen shows it. @throws where it does not in time, with the screen */
	until(what: RegExp, mostMs?: number): Promise<string>;
	end(): void;
}

/** Why there is no tmux; null where there is one. */
export const whyNoTmux = (): string | null =>
	spawnSync('tmux', ['-V'], {stdio: 'ignore'}).status === 0 ? null : 'no tmux here';

/**
 * Starts `words` in a terminal of that size.
 *
 * @param socket - path of the server that serves this alone
 */
export function inTmux(
	words: readonly string[],
	{socket, columns, rows, env}: {socket: string; columns: number; rows: number; env: Readonly<Record<string, string>>},
): InTmux {
	const tmux = (...args: readonly string[]): string =>
		execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], {encoding: 'utf8', env: {...process.env, ...env}});
	tmux(
		'new-session',
		'-d',
		'-x',
		`${columns}`,
		'-y',
		`${rows}`,
		`${shellWords(words)}; echo "ended with $?"; sleep 60`,
	);
	const screen = (): string => tmux('capture-pane', '-p').replaceAll(/ +$/gm, '').trimEnd();
	return {
		press: (...keys) => void tmux('send-keys', ...keys),
		type: text => void tmux('send-keys', '-l', text),
		resize: (width, height) => void tmux('resize-window', '-x', `${width}`, '-y', `${height}`),
		modes() {
			const flags = tmux('display-message', '-p', '#{alternate_on}#{mouse_any_flag}#{keypad_flag}#{cursor_flag}');
			return ['alternate screen', 'mouse', 'keypad', 'no cursor'].filter(
				(_, at) => flags[at] === (at === 3 ? '0' : '1'),
			);
		},
		screen,
		async until(what, mostMs = 20_000) {
			for (let waited = 0; ; waited += 50) {
				const seen = screen();
				if (what.test(seen)) return seen;
				if (waited >= mostMs) throw new Error(`no ${what} on\n${seen}`);
				await wait(50);
			}
		},
		end: () => void spawnSync('tmux', ['-S', socket, 'kill-server'], {stdio: 'ignore'}),
	};
}
