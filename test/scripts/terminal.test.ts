import test from 'ava';
import {textOf} from '../../tui/line.ts';

interface Terminal {
	feed(text: string): void;
	lines(): readonly (readonly {readonly text: string; readonly look: string}[])[];
}
const module = (await import(new URL('../../scripts/pictures/terminal.mjs', import.meta.url).href)) as {
	createTerminal(columns: number, rows: number): Terminal;
};
const told = (...pieces: readonly string[]): Terminal => {
	const terminal = module.createTerminal(10, 3);
	for (const piece of pieces) terminal.feed(piece);
	return terminal;
};
const rows = (terminal: Terminal): readonly string[] =>
	terminal.lines().map(line => textOf(line as Parameters<typeof textOf>[0]).trimEnd());
const e = '\u001b';

for (const [what, text, shown] of [
	['lines', 'one\r\ntwo', ['one', 'two', '']],
	['a line that is too long', '0123456789ab', ['0123456789', 'ab', '']],
	['more lines than rows', 'a\r\nb\r\nc\r\nd', ['b', 'c', 'd']],
	['a place', `${e}[2;3Hx${e}[2Cy`, ['', '  x  y', '']],
	['a line drawn again', `one\r\ntwo\r\n${e}[2K${e}[1A${e}[2K${e}[1A${e}[2K${e}[Gnew`, ['new', '', '']],
	['the rest of a line', `0123456789${e}[1;4H${e}[K`, ['012', '', '']],
	['a place that is kept', `ab${e}7${e}[3;1Hc${e}8d`, ['abd', '', 'c']],
	['another screen', `left${e}[?1049h${e}[Hright`, ['right', '', '']],
	['what is not to be seen', `${e}]0;title\u0007${e}[?25l${e}=a\u0007`, ['a', '', '']],
] as const)
	test(`it shows ${what}, wherever what it is told is cut`, t => {
		t.deepEqual(rows(told(text)), shown as readonly string[]);
		t.deepEqual(rows(told(...text)), shown as readonly string[]);
	});

test('colours are looks, and what nobody knows is no colour', t => {
	const [line] = told(`${e}[1mA${e}[22mB${e}[31mC${e}[39mD${e}[7mE${e}[mF${e}[1;35mG${e}[0;90mH`).lines();
	t.deepEqual(
		line!.slice(0, 8).map(({text, look}) => `${text} ${look}`),
		['A strong', 'B plain', 'C bad', 'D plain', 'E chosen', 'F plain', 'G accent', 'H dim'],
	);
	t.throws(() => told(`${e}[38;5;8mx`), {message: /SGR 38/});
});
