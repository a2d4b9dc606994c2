// The table in a box: as many candidates side by side as fit, the others in a table below. What is in force and what was
// measured of it are never parted.
import {fitted, type Line, shown, span} from '../../line.ts';
import type {Box} from '../view.ts';
import type {Column} from './columns.ts';
import type {Row} from './table-rows.ts';

const gutter = 21;
const least = 12;
const roomy = 16;

export function tableLines(columns: readonly Column[], rows: readonly Row[], box: Box): readonly Line[] {
	const label = box.columns >= gutter + 2 * least ? gutter : Math.max(8, Math.floor(box.columns / 3));
	const most = Math.max(1, Math.floor((box.columns - label) / least));
	const width = Math.min(roomy, Math.max(least, Math.floor((box.columns - label) / Math.min(most, columns.length))));
	return chunks(columns, most).flatMap((numbers, at) => {
		const line = (text: Line, cells: readonly Line[]): Line => [
			...fitted([span(' '), ...text], label - 1, box.widthOf),
			span(' '),
			...cells.flatMap(cell => [...fitted(cell, width - 1, box.widthOf), span(' ')]),
		];
		return [
			...(at === 0 ? [] : [[]]),
			line(
				[],
				numbers.map(number => headOf(columns[number]!)),
			),
			line(
				[],
				numbers.map(number => [span(basisOf(columns[number]!), 'dim')]),
			),
			...rows.flatMap(({label: text, cells}) => {
				const own = numbers.map(number => cells[number]!);
				return text === '' && own.every(({length}) => length === 0) ? [] : [line([span(text)], own)];
			}),
		];
	});
}

const headOf = (column: Column): Line =>
	column.kind === 'measured'
		? [span('measured', 'strong')]
		: [...(column.inForce ? [span('▸ ', 'accent')] : []), span(shown(column.name), 'strong')];

const basisOf = (column: Column): string =>
	column.kind === 'measured' ? 'by packets' : column.inForce ? 'in force' : column.control ? 'no policy' : '';

/** Numbers of the columns of each table. */
function chunks(columns: readonly Column[], most: number): readonly (readonly number[])[] {
	const tables: number[][] = [[]];
	for (const [at, column] of columns.entries()) {
		if (column.kind === 'measured') {
			tables.at(-1)!.push(at);
			continue;
		}
		const needed = column.inForce ? 2 : 1;
		if (tables.at(-1)!.length > 0 && tables.at(-1)!.length + needed > most) tables.push([]);
		tables.at(-1)!.push(at);
	}
	return tables;
}
