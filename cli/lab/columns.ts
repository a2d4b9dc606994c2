// Rows of words under heads, as wide as the longest of each column. On a page that is too narrow the last is cut; where
// that would leave nothing to read, columns go to a second line of their row.
import {type Page, padEnd, widthOf} from '../report/lines.ts';
import type {Style} from '../report/paint.ts';
import {cut} from '../report/table.ts';

export interface Word {
	readonly text: string;
	readonly style?: Style;
}

const gap = 2;
/** Of a second line. */
const deeper = 6;
/** A word cut shorter says nothing. */
const leastWidth = 20;

/** Lines without a newline; each word is one line already (`oneLine`). */
export function columnLines(
	heads: readonly string[],
	rows: readonly (readonly Word[])[],
	page: Page,
): readonly string[] {
	const all = [heads.map((text): Word => ({text, style: 'dim'})), ...rows];
	const widths = heads.map((_, column) => Math.max(...all.map(row => widthOf(row[column]!.text))));
	const first = columnsOfFirst(widths, page.width);
	const lineOf = (row: readonly Word[], from: number, to: number, indent: number): readonly string[] => {
		let used = indent;
		const cells = row.slice(from, to).map(({text, style = 'plain'}, at) => {
			const last = from + at === to - 1;
			const shown = last ? cut(text, Math.max(leastWidth, page.width - used)) : text;
			used += widths[from + at]! + gap;
			return page.paint(style, shown) + (last ? '' : padEnd('', widths[from + at]! - widthOf(shown) + gap));
		});
		const line = `${' '.repeat(indent)}${cells.join('')}`.trimEnd();
		return line === '' ? [] : [line];
	};
	return all.flatMap(row => [...lineOf(row, 0, first, gap), ...lineOf(row, first, row.length, deeper)]);
}

/** How many columns stand on the first line. */
function columnsOfFirst(widths: readonly number[], width: number): number {
	const ends = widths.map((_, column) => widths.slice(0, column + 1).reduce((sum, one) => sum + one + gap, 0));
	const last = widths.length - 1;
	const room = width - (ends[last - 1] ?? 0) - gap;
	if (room >= Math.min(leastWidth, widths[last]!)) return widths.length;
	return Math.max(1, ends.filter((end, column) => column < last && end <= width).length);
}
