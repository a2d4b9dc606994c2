// A row a measure, a column a candidate. Too many columns for the page become several tables, each with the control.
import {type Page, padEnd, widthOf} from './lines.ts';
import type {Style} from './paint.ts';

export interface Cell {
	readonly text: string;
	readonly style: Style;
}

export interface Row {
	readonly label: string;
	/** One for each column. */
	readonly cells: readonly Cell[];
	/** Behind the last column, where there is room. */
	readonly unit: string;
}

const gutter = 24;
const gap = 2;
const widestHead = 22;

/** The lines of the table or tables; the first column is repeated in each, and rows that say nothing there are left out. */
export function tableLines(heads: readonly string[], rows: readonly Row[], page: Page): readonly string[] {
	const head: Row = {label: '', cells: heads.map(text => ({text: shortened(text), style: 'title'})), unit: ''};
	const all = [head, ...rows];
	const needed = gap + Math.max(10, ...all.flatMap(({cells}) => cells.map(({text}) => widthOf(text))));
	const room = Math.max(2, Math.floor((page.width - gutter + gap) / needed));
	const spare = Math.floor((page.width - gutter + gap) / heads.length);
	const cellWidth = heads.length > room ? needed : Math.max(needed, Math.min(14, spare));
	return chunks(heads.length, room).flatMap((columns, at) => [
		...(at === 0 ? [] : ['']),
		...all
			.map(row => ({...row, cells: columns.map(column => row.cells[column]!)}))
			.filter(({label, cells}) => label !== '' || cells.some(({text}) => text !== ''))
			.map(row => lineOf(row, cellWidth, page)),
	]);
}

const shortened = (text: string): string =>
	widthOf(text) <= widestHead ? text : `${[...text].slice(0, widestHead - 1).join('')}…`;

/** Indexes of columns: the first, and as many others as there is room for. */
function chunks(columns: number, room: number): readonly (readonly number[])[] {
	const others = Array.from({length: Math.max(0, columns - 1)}, (_, at) => at + 1);
	const many = Math.max(1, Math.ceil(others.length / (room - 1)));
	return Array.from({length: many}, (_, at) => [0, ...others.slice(at * (room - 1), (at + 1) * (room - 1))]);
}

function lineOf({label, cells, unit}: Row, cellWidth: number, {width, paint}: Page): string {
	const shown = cells.map(({text, style}) => paint(style, text) + ' '.repeat(Math.max(0, cellWidth - widthOf(text))));
	const used = gutter + cells.length * cellWidth;
	const tail = unit !== '' && used + widthOf(unit) <= width ? paint('dim', unit) : '';
	return `${paint('plain', padEnd(`  ${label}`, gutter))}${shown.join('')}${tail}`.trimEnd();
}

const barWidth = 10;

/** A share as a bar of ten cells, in halves; what is more than nothing is never shown as nothing. */
export function bar(share: number | null, glyphs: {readonly full: string; readonly half: string}): string {
	if (share === null || share <= 0) return '';
	const halves = Math.max(1, Math.round(share * barWidth * 2));
	return glyphs.full.repeat(Math.floor(halves / 2)) + (halves % 2 === 1 ? glyphs.half : '');
}
