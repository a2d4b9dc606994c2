// A terminal as far as our own programs use one: what stands where, and how it looks, after what it was told. Every
// character is one column wide. Source: ECMA-48 (CUP, CUF, CUU, CHA, EL, ED, SGR); xterm, DECSC, DECRC and 1049.
import {span} from '../../tui/line.ts';

const blank = {text: ' ', look: 'plain'};
const inks = {31: 'bad', 32: 'good', 33: 'warn', 35: 'accent', 90: 'dim'};

/** `feed` takes text, cut wherever; `lines` gives the rows, each a `Line`. */
export function createTerminal(columns, rows) {
	let cells = [];
	let [row, column, kept, rest] = [0, 0, [0, 0], ''];
	let style = {};
	const rowOf = at => (cells[at] ??= new Array(columns).fill(blank));
	const look = () => (style.reverse ? 'chosen' : (style.ink ?? (style.bold ? 'strong' : style.dim ? 'dim' : 'plain')));
	const paint = codes => {
		for (const code of codes) {
			if (code === 0) style = {};
			else if (code === 1) style = {...style, bold: true};
			else if (code === 2) style = {...style, dim: true};
			else if (code === 7) style = {...style, reverse: true};
			else if (code === 22) style = {...style, bold: false, dim: false};
			else if (code === 27) style = {...style, reverse: false};
			else if (code === 39) style = {...style, ink: undefined};
			else if (inks[code] !== undefined) style = {...style, ink: inks[code]};
			else throw new Error(`SGR ${code} is not known here`);
		}
	};
	const order = (kind, numbers) => {
		const [first = 0, second = 0] = numbers.split(';').map(Number);
		if (kind === 'H') [row, column] = [Math.max(1, first) - 1, Math.max(1, second) - 1];
		else if (kind === 'A') row = Math.max(0, row - Math.max(1, first));
		else if (kind === 'C') column += Math.max(1, first);
		else if (kind === 'G') column = Math.max(1, first) - 1;
		else if (kind === 'K') rowOf(row).fill(blank, first === 2 ? 0 : column);
		else if (kind === 'J') cells = [];
		else if (kind === 'm') paint(numbers.split(';').map(Number));
	};
	const print = text => {
		if (column >= columns) newLine(0);
		rowOf(row)[column++] = {text, look: look()};
	};
	const newLine = at => {
		[row, column] = [row + 1, at];
		if (row < rows) return;
		rowOf(row);
		cells.shift();
		row = rows - 1;
	};
	const other = {
		'\r': () => (column = 0),
		'\n': () => newLine(column),
		'\x1b7': () => (kept = [row, column]),
		'\x1b8': () => ([row, column] = kept),
		'\x1b[?1049h': () => (cells = []),
	};
	return {
		feed(text) {
			const all = rest + text;
			const whole = begun.exec(all)?.index ?? all.length;
			rest = all.slice(whole);
			for (const [token, numbers, kind, character] of all.slice(0, whole).matchAll(told)) {
				if (other[token] !== undefined) other[token]();
				else if (kind !== undefined) order(kind, numbers);
				else if (character !== undefined) print(character);
			}
		},
		lines: () => Array.from({length: rows}, (_, at) => lineOf(rowOf(at))),
		text: () =>
			Array.from({length: rows}, (_, at) =>
				rowOf(at)
					.map(({text}) => text)
					.join(''),
			).join('\n'),
	};
}

/** Cells of one look together. */
function lineOf(cells) {
	const runs = [];
	for (const {text, look} of cells) {
		if (runs.at(-1)?.look === look) runs.at(-1).text += text;
		else runs.push({text, look});
	}
	return runs.map(({text, look}) => span(text, look));
}

const begins = String.fromCharCode(27);
/** An order with its numbers, another sequence, a control character, or a character that is printed. */
const told = new RegExp(
	[
		`${begins}\\[([0-9;]*)([A-Za-z])`,
		`${begins}\\[[^A-Za-z]*[A-Za-z]`,
		`${begins}\\].*?\\x07`,
		`${begins}[^[\\]]`,
		'\\p{Cc}',
		'(.)',
	].join('|'),
	'gsu',
);
/** The beginning of an order at the end of what was told. */
const begun = new RegExp(`${begins}(?:\\[[^A-Za-z]*|\\][^\\x07]*)?$`);
