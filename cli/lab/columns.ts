// Rows of words under heads, as wide as the longest of each column; the last may be cut to the page.
import {type Page, padEnd, widthOf} from '../report/lines.ts';
import type {Style} from '../report/paint.ts';
import {cut} from '../report/table.ts';

export interface Word {
	readonly text: string;
	readonly style?: Style;
}

const gap = 2;

/** Lines without a newline; each word is one line already (`oneLine`). */
export function columnLines(
	heads: readonly string[],
	rows: readonly (readonly Word[])[],
	{width, paint}: Page,
): readonly string[] {
	const all = [heads.map((text): Word => ({text, style: 'dim'})), ...rows];
	const widths = heads.map((_, column) => Math.max(...all.map(row => widthOf(row[column]!.text))));
	return all.map(row => {
		let used = gap;
		const cells = row.map(({text, style = 'plain'}, column) => {
			const last = column === row.length - 1;
			const shown = last ? cut(text, Math.max(12, width - used)) : text;
			used += widths[column]! + gap;
			return paint(style, shown) + (last ? '' : padEnd('', widths[column]! - widthOf(shown) + gap));
		});
		return `${' '.repeat(gap)}${cells.join('')}`.trimEnd();
	});
}
