// What every view is: a function from the state and a box to lines. It never throws and never overflows its box, whatever
// the state, the names and the size.
import {fitted, type Line, span, type WidthOf} from '../line.ts';
import type {ConsoleState} from './state.ts';

/** Columns and rows from 0; a box without room gets no lines. */
export interface Box {
	readonly columns: number;
	readonly rows: number;
	readonly widthOf: WidthOf;
}

export type View = (state: ConsoleState, box: Box) => readonly Line[];

/** Exactly the box: lines cut and filled, rows cut and filled. */
export const filled = (lines: readonly Line[], {columns, rows, widthOf}: Box): readonly Line[] =>
	Array.from({length: Math.max(0, rows)}, (_, at) => fitted(lines[at] ?? [], Math.max(0, columns), widthOf));

/** Boxes of equal height side by side, with `between` in each line between two of them. */
export const beside = (parts: readonly (readonly Line[])[], between: Line): readonly Line[] =>
	(parts[0] ?? []).map((_, row) =>
		parts.flatMap((lines, at) => (at === 0 ? lines[row]! : [...between, ...(lines[row] ?? [])])),
	);

/** A rule across, with words set into it: `── prod ─────`. */
export function ruled(
	words: Line,
	columns: number,
	{widthOf, ascii}: {readonly widthOf: WidthOf; readonly ascii: boolean},
): Line {
	const dash = ascii ? '-' : '─';
	const width = words.reduce((sum, {text}) => sum + widthOf(text), 0);
	if (width === 0) return [span(dash.repeat(Math.max(0, columns)), 'dim')];
	if (width + 4 > columns) return fitted(words, Math.max(0, columns), widthOf);
	return [span(`${dash} `, 'dim'), ...words, span(` ${dash.repeat(columns - width - 3)}`, 'dim')];
}
