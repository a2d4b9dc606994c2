// The matrix as a table: a row a source, a column a destination, a gap between sections.
import {type Page, padEnd, widthOf} from '../report/lines.ts';
import {cut} from '../report/table.ts';
import type {Entry, Grid} from './grid.ts';
import {type CellText, look} from './look.ts';

export interface Table {
	readonly lines: readonly string[];
	readonly legend: readonly string[];
}

const longestLabel = 18;
const longestHead = 12;
const between = {words: 2, letters: 1} as const;
const sectionGap = 2;

/**
 * The table with words or with letters in its cells; null where the page is too narrow for it. With letters, columns are
 * headed by the number that stands before the row of the same name.
 */
export function tableOf({entries, cell}: Grid, kind: 'words' | 'letters', page: Page): Table | null {
	const drawn = look(kind);
	const numbers = kind === 'letters' ? entries.map((_, at) => String(at + 1)) : null;
	const names = entries.map(({name}) => cut(name, longestLabel));
	const heads = numbers ?? entries.map(({name}) => cut(name, longestHead));
	const told = new Set(entries.map(({section}, at) => `${section} ${heads[at]}`)).size;
	if (told < heads.length) return null;
	let cells: readonly (readonly CellText[])[];
	try {
		cells = entries.map(source => entries.map(destination => drawn.cell(cell(source, destination))));
	} catch (error) {
		if (error instanceof RangeError) return null;
		throw error;
	}
	const widths = roomForTitles(
		entries,
		heads.map((head, at) => Math.max(widthOf(head), ...cells.map(row => widthOf(row[at]!.text)))),
		kind,
	);
	const labels = names.map((name, at) => (numbers === null ? name : `${numbers[at]!.padStart(2)} ${name}`));
	const gutter = 4 + Math.max(...labels.map(widthOf), ...entries.map(({section}) => widthOf(section) - 2)) + 2;
	const gaps = entries.map((_, at) => (at === 0 ? 0 : between[kind] + (startsSection(entries, at) ? sectionGap : 0)));
	const total = gutter + widths.reduce((sum, width, at) => sum + width + gaps[at]!, 0);
	if (total > page.width) return null;
	const join = (texts: readonly string[]): string => texts.map((text, at) => ' '.repeat(gaps[at]!) + text).join('');
	const titles = sectionTitles(entries, widths, gaps);
	const head = join(heads.map((text, at) => page.paint('title', padEnd(text, widths[at]!))));
	const rows = cells.flatMap((row, at) => {
		const {section} = entries[at]!;
		const texts = row.map(
			({text, style}, column) => page.paint(style, text) + ' '.repeat(widths[column]! - widthOf(text)),
		);
		const line = `${padEnd(`    ${labels[at]}`, gutter)}${join(texts)}`.trimEnd();
		if (!startsSection(entries, at)) return [line];
		return [...(at === 0 ? [] : ['']), ...(section === '' ? [] : [page.paint('title', `  ${section}`)]), line];
	});
	return {
		lines: [
			...(titles.trim() === '' ? [] : [`${' '.repeat(gutter)}${page.paint('dim', titles)}`.trimEnd()]),
			`${padEnd('  from ╲ to', gutter)}${head}`.trimEnd(),
			...rows,
		],
		legend: drawn.legend(),
	};
}

const startsSection = (entries: readonly Entry[], at: number): boolean =>
	at === 0 || entries[at]!.section !== entries[at - 1]!.section;

const longestTitle = {words: longestHead, letters: 7} as const;

/** The last column of a section whose title is wider than its columns is widened, within reason. */
function roomForTitles(
	entries: readonly Entry[],
	widths: readonly number[],
	kind: 'words' | 'letters',
): readonly number[] {
	const wanted = (section: string): number => Math.min(widthOf(section), longestTitle[kind]);
	let room = 0;
	return widths.map((width, at) => {
		room = (startsSection(entries, at) ? 0 : room + between[kind]) + width;
		const last = at + 1 === entries.length || startsSection(entries, at + 1);
		return last ? width + Math.max(0, wanted(entries[at]!.section) - room) : width;
	});
}

/** The names of the sections over their first columns, cut to their room. */
function sectionTitles(entries: readonly Entry[], widths: readonly number[], gaps: readonly number[]): string {
	let line = '';
	for (let at = 0; at < entries.length; ) {
		let end = at + 1;
		while (end < entries.length && !startsSection(entries, end)) end++;
		const room = widths
			.slice(at, end)
			.reduce((sum, width, index) => sum + width + (index === 0 ? 0 : gaps[at + index]!), 0);
		const title = end === entries.length ? entries[at]!.section : cut(entries[at]!.section, room);
		line += ' '.repeat(gaps[at]!) + padEnd(title, room);
		at = end;
	}
	return line;
}
