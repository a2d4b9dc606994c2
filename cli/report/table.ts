// A row a measure, a column a candidate, a block a subject. Too many columns for the page become several tables, each with
// every block and with the control, so that no table shows containment without breakage.
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

/** Rows under a head of their own. */
export interface Block {
	/** Beside the names of the columns; empty where there is one block. */
	readonly title: string;
	readonly rows: readonly Row[];
}

const gutter = 22;
const gap = 2;
const roomy = 14;
const widestLabel = gutter - 3;
const widestHead = 22;

/** The lines of the table or tables; rows that say nothing in one of them are left out of it. */
export function tableLines(heads: readonly string[], blocks: readonly Block[], page: Page): readonly string[] {
	const tables = blocks.map(({title, rows}) => [headRow(title, heads), ...rows]);
	const all = tables.flat();
	const needed = gap + Math.max(10, ...all.flatMap(({cells}) => cells.map(({text}) => widthOf(text))));
	const room = Math.max(2, Math.floor((page.width - gutter + gap) / needed));
	const cellWidth = heads.length > room ? needed : Math.max(needed, comfortable(all, heads.length, page.width));
	return chunks(heads.length, room)
		.flatMap(columns => tables.map(rows => blockLines(rows, {columns, cellWidth, page})))
		.flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]));
}

const headRow = (title: string, heads: readonly string[]): Row => ({
	label: title,
	cells: heads.map(text => ({text: cut(text, widestHead), style: 'title'})),
	unit: '',
});

/** Roomy cells, as far as the longest unit still finds its place. */
function comfortable(rows: readonly Row[], columns: number, width: number): number {
	const unit = Math.max(0, ...rows.map(row => widthOf(row.unit)));
	return Math.min(roomy, Math.floor((width - gutter - unit) / columns));
}

export const cut = (text: string, width: number): string =>
	widthOf(text) <= width ? text : `${[...text].slice(0, width - 1).join('')}…`;

/** Indexes of columns: the first, and as many others as there is room for. */
function chunks(columns: number, room: number): readonly (readonly number[])[] {
	const others = Array.from({length: Math.max(0, columns - 1)}, (_, at) => at + 1);
	const many = Math.max(1, Math.ceil(others.length / (room - 1)));
	return Array.from({length: many}, (_, at) => [0, ...others.slice(at * (room - 1), (at + 1) * (room - 1))]);
}

interface Part {
	readonly columns: readonly number[];
	readonly cellWidth: number;
	readonly page: Page;
}

const blockLines = ([head, ...rows]: readonly Row[], {columns, cellWidth, page}: Part): readonly string[] => {
	const chosen = (row: Row): Row => ({...row, cells: columns.map(column => row.cells[column]!)});
	return [
		lineOf(chosen(head!), 'title', cellWidth, page),
		...rows
			.map(chosen)
			.filter(({label, cells}) => label !== '' || cells.some(({text}) => text !== ''))
			.map(row => lineOf(row, 'plain', cellWidth, page)),
	];
};

function lineOf({label, cells, unit}: Row, style: Style, cellWidth: number, {width, paint}: Page): string {
	const shown = cells.map(({text, style}) => paint(style, text) + ' '.repeat(Math.max(0, cellWidth - widthOf(text))));
	const used = gutter + cells.length * cellWidth;
	const tail = unit !== '' && used + widthOf(unit) <= width ? paint('dim', unit) : '';
	return `${paint(style, padEnd(`  ${cut(label, widestLabel)}`, gutter))}${shown.join('')}${tail}`.trimEnd();
}

const barWidth = 10;

/** A share as a bar of ten cells, in halves; what is more than nothing is never shown as nothing. */
export function bar(share: number | null, glyphs: {readonly full: string; readonly half: string}): string {
	if (share === null || share <= 0) return '';
	const halves = Math.max(1, Math.round(share * barWidth * 2));
	return glyphs.full.repeat(Math.floor(halves / 2)) + (halves % 2 === 1 ? glyphs.half : '');
}
