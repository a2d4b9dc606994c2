// A terminal as far as the console uses one: what stands where after what it was told. Every character is one column wide.
// Source: ECMA-48, CUP, CUF, EL, ED.

export interface ReadScreen {
	/** Told in pieces, wherever they are cut. */
	feed(text: string): void;
	/** The rows, from the top, without blanks at their ends. */
	rows(): readonly string[];
}

export function readScreen(columns: number, rows: number): ReadScreen {
	const cells = Array.from({length: rows}, () => new Array<string>(columns).fill(' '));
	let [row, column, rest] = [0, 0, ''];
	const order = (kind: string, numbers: string): void => {
		const [first = 0, second = 0] = numbers.split(';').map(Number);
		if (kind === 'H') [row, column] = [Math.max(1, first) - 1, Math.max(1, second) - 1];
		else if (kind === 'C') column += Math.max(1, first);
		else if (kind === 'K') cells[row]?.fill(' ', column);
		else if (kind === 'J') for (const line of cells) line.fill(' ');
	};
	return {
		feed(text) {
			const all = rest + text;
			const whole = begun.exec(all)?.index ?? all.length;
			rest = all.slice(whole);
			for (const [, numbers, kind, character] of all.slice(0, whole).matchAll(told)) {
				if (kind !== undefined) order(kind, numbers ?? '');
				else if (character !== undefined) {
					if (row < rows && column < columns) cells[row]![column] = character;
					column++;
				}
			}
		},
		rows: () => cells.map(line => line.join('').trimEnd()),
	};
}

/** An order with its numbers, another sequence that moves nothing, a control character, or a character that is printed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: orders begin with it
const told = /\u001b\[([0-9;]*)([A-Za-z])|\u001b\[[^A-Za-z]*[A-Za-z]|\u001b[^[]|\p{Cc}|(.)/gsu;
/** The beginning of an order at the end of what was told. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: orders begin with it
const begun = /\u001b(?:\[[^A-Za-z]*)?$/;
