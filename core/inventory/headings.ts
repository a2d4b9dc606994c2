// Which column means what: by headings that are known, else as the user says.
import {didYouMean} from '../files/nearest.ts';
import type {Parsed, Problem} from '../model/problem.ts';
import type {CsvTable} from './csv-text.ts';

/** Places of the columns of each field, those named first in the table of headings first. */
export type Columns = ReadonlyMap<string, readonly number[]>;

/** Headings by field, as people and tools write them; case, blanks and punctuation do not count. */
export type Headings = Readonly<Record<string, readonly string[]>>;

/**
 * @param said - `name=Hostname`; of a field that is said, no known heading counts. The field may be a new one where
 * `open` says so
 * @param needed - of these at least one column must be there
 */
export function columnsOf(
	{file, headings, rows}: CsvTable,
	{
		known,
		said,
		needed,
		open,
	}: {
		readonly known: Headings;
		readonly said: readonly string[];
		readonly needed: readonly string[];
		readonly open: 'known fields' | 'any field';
	},
): Parsed<Columns> {
	const problems: Problem[] = [];
	const complain = (what: string, mend: string): unknown =>
		problems.push({where: {file, line: 1, column: 1}, what, mend});
	const columns = new Map<string, number[]>();
	for (const word of said) {
		const [, field = '', heading = ''] = /^\s*([^=]+?)\s*=\s*(.*?)\s*$/.exec(word) ?? [];
		const at = headings.findIndex(one => normal(one) === normal(heading));
		if (field === '') complain(`--columns ${word}: this names no column`, 'written name=Hostname,env=Environment');
		else if (open === 'known fields' && !Object.hasOwn(known, field))
			complain(`--columns ${word}: there is no field ${field}`, didYouMean(field, Object.keys(known)));
		else if (at === -1) complain(`--columns ${word}: no column is headed ${heading}`, didYouMean(heading, headings));
		else columns.set(field, [...(columns.get(field) ?? []), at]);
	}
	const taken = new Set([...columns.values()].flat());
	for (const [field, names] of Object.entries(known)) {
		if (columns.has(field)) continue;
		const places = names.flatMap(name =>
			headings.flatMap((one, at) => (normal(one) === name && !taken.has(at) ? [at] : [])),
		);
		if (places.length > 0) columns.set(field, [...new Set(places)]);
	}
	if (problems.length === 0 && !needed.some(field => columns.has(field)))
		complain(
			`no column is headed ${needed.join(' or ')}: it has ${headings.slice(0, 8).join(', ')}`,
			`say which: --columns ${needed[0]}=${JSON.stringify(headings.find(one => one !== '') ?? 'Heading')}`,
		);
	return problems.length > 0 || rows.length === 0
		? {kind: 'wrong', problems}
		: {kind: 'ok', value: columns, warnings: []};
}

/** `IP Address`, `ip_address` and `IP-ADDRESS` are one heading. */
const normal = (heading: string): string => heading.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** The first cell of a field that says something; '' where none does. */
export const cellOf = (columns: Columns, cells: readonly string[], field: string): string => {
	for (const at of columns.get(field) ?? []) {
		const cell = cells[at] ?? '';
		if (!isNothing(cell)) return cell;
	}
	return '';
};

/** Every cell of a field that says something. */
export const cellsOf = (columns: Columns, cells: readonly string[], field: string): readonly string[] =>
	(columns.get(field) ?? []).map(at => cells[at] ?? '').filter(cell => !isNothing(cell));

/** What people write where they know nothing. */
const isNothing = (cell: string): boolean =>
	/^(|[-–—?.*]+|n\/?a|none|null|nil|nan|unknown|tbd|todo|undefined)$/i.test(cell);
