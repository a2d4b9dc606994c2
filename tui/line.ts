// A line of text before it is painted, and what it takes to keep it within the terminal.

/** What a piece of text is; how that looks is the painter's, and a glyph or a word says it too. */
export type Look = 'plain' | 'strong' | 'good' | 'bad' | 'warn' | 'accent' | 'dim' | 'chosen';

export interface Span {
	readonly text: string;
	readonly look: Look;
}

export type Line = readonly Span[];

/** Columns of a terminal that a text takes. */
export type WidthOf = (text: string) => number;

export const span = (text: string, look: Look = 'plain'): Span => ({text, look});

export const textOf = (line: Line): string => line.map(({text}) => text).join('');

/**
 * A user's word as a terminal can show it on one line: without control and format characters, marks of direction,
 * separators of lines, and what has no known width; `?` where nothing is left.
 */
export const shown = (word: string): string => word.replaceAll(hidden, '') || '?';

const hidden = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** The line, or as much of it as `columns` hold, with an ellipsis for the rest. */
export function clip(line: Line, columns: number, widthOf: WidthOf): Line {
	if (widthOf(textOf(line)) <= columns) return line;
	const kept: Span[] = [];
	let text = '';
	for (const {text: whole, look} of line) {
		const from = text.length;
		for (const {segment} of graphemes.segment(whole)) {
			if (widthOf(text + segment) > columns - 1)
				return [...kept, span(text.slice(from), look), span(ellipsis(columns))];
			text += segment;
		}
		kept.push(span(whole, look));
	}
	return kept;
}

const ellipsis = (columns: number): string => (columns > 0 ? '…' : '');

const graphemes = new Intl.Segmenter();

/** Exactly so many columns: cut, or with blanks after it. */
export const fitted = (line: Line, columns: number, widthOf: WidthOf): Line =>
	padded(clip(line, columns, widthOf), columns, widthOf);

/** With blanks after it until `columns` are filled. */
export const padded = (line: Line, columns: number, widthOf: WidthOf): Line => [
	...line,
	span(' '.repeat(Math.max(0, columns - widthOf(textOf(line))))),
];
