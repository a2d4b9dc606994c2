// Lines of a known width. Widths are measured before painting, on text whose control characters have been made visible.

import type {Painter, Style} from './painter.ts';
import {printable} from './printable.ts';

/** Where and how a report is printed. */
export interface Page {
	/** Columns of the terminal; at least 60 are used. */
	readonly width: number;
	readonly paint: Painter;
}

/** A user's words on one line: nothing in them moves the cursor, or the line after. */
export const oneLine = (text: string): string => printable(text).replaceAll(/[\n\t]/g, ' ');

const wide =
	/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Columns of a terminal that `text` takes: marks none, East Asian letters and emoji two. */
export const widthOf = (text: string): number =>
	[...text].reduce((sum, character) => sum + (/\p{Mark}/u.test(character) ? 0 : wide.test(character) ? 2 : 1), 0);

export const padEnd = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** Words on as many lines as they need, the first after `indent` spaces, the others after `hanging`. A word that is too long keeps its line. */
export function wrap(text: string, width: number, indent = 2, hanging = indent + 4): readonly string[] {
	const lines: string[] = [];
	let line = ' '.repeat(indent);
	let empty = true;
	for (const word of text.split(' ')) {
		if (!empty && widthOf(line) + 1 + widthOf(word) > width) {
			lines.push(line.trimEnd());
			line = ' '.repeat(hanging);
			empty = true;
		}
		line += empty ? word : ` ${word}`;
		empty = false;
	}
	return [...lines, line.trimEnd()];
}

/** `left`, and `right` at the end of its last line, or on a line of its own where both do not fit. */
export function spread(left: string, right: string | null, {width, paint}: Page, indent = 2): readonly string[] {
	const lines = wrap(left, width, indent);
	if (right === null || right === '') return lines;
	const last = lines.at(-1)!;
	const gap = width - widthOf(last) - widthOf(right);
	return gap >= 2
		? [...lines.slice(0, -1), `${last}${' '.repeat(gap)}${paint('dim', right)}`]
		: [...lines, `${' '.repeat(Math.max(indent + 4, width - widthOf(right)))}${paint('dim', right)}`];
}

/** The same lines, painted. */
export const painted = (style: Style, lines: readonly string[], {paint}: Page): readonly string[] =>
	lines.map(line => paint(style, line));

/** `1,824`. */
export const count = (value: number): string => value.toLocaleString('en-US');

/** `1 dependency`, `2 dependencies`. */
export const plural = (value: number, one: string, many = `${one}s`): string =>
	`${count(value)} ${value === 1 ? one : many}`;

/** `a`, `a and b`, `a, b and c`. */
export const listed = (names: readonly string[]): string =>
	names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** `none of 34`, `2 of 34`. */
export const countOf = (value: number, whole: number): string =>
	`${value === 0 ? 'none' : count(value)} of ${count(whole)}`;
