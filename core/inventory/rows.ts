// The rows of an inventory as hosts: names that files may have, addresses, and labels with one spelling a value.
import type {Problem} from '../model/problem.ts';
import {plain} from '../native/native-names.ts';
import type {CsvTable} from './csv-text.ts';
import {decide} from './decision.ts';
import {type Columns, cellOf, cellsOf} from './headings.ts';
import {normalAddress, rowAddresses} from './row-addresses.ts';
import {unifySpellings} from './spellings.ts';

/** A row that names a host. */
export interface Host {
	readonly line: number;
	/** As files may have it. */
	readonly name: string;
	/** As the row has it: what flow logs may call it too. */
	readonly written: string;
	readonly addresses: readonly string[];
	readonly labels: Readonly<Record<string, string>>;
	readonly managed: boolean;
}

export interface Rows {
	readonly hosts: readonly Host[];
	readonly decisions: readonly Problem[];
}

/** Fields that are no labels. */
const ownFields = ['name', 'address', 'managed'];

export function readRows(table: CsvTable, columns: Columns): Rows {
	const {file, rows, headings} = table;
	const decisions: Problem[] = [];
	const say = (lines: readonly number[], what: string, mend: string): unknown =>
		decisions.push(...decide(file, lines, what, mend));
	const read = rows.map(({line, cells}) => {
		const {addresses, wrong} = rowAddresses(cellsOf(columns, cells, 'address'));
		for (const word of wrong)
			say([line], `${word} is no address of a host`, 'left out: flows of that address are nobody’s');
		return {line, cells, addresses, written: cellOf(columns, cells, 'name') || (addresses[0] ?? '')};
	});
	const nameless = read.filter(({written}) => written === '').map(({line}) => line);
	say(nameless, 'no name and no address: the row is left out', 'give it a name');
	const named = read.filter(({written}) => written !== '');
	const called = hostNames(named.map(({written}) => written));
	const changed = named.filter(({written}) => called(written) !== written);
	const example = changed[0];
	if (example !== undefined)
		say(
			[example.line],
			`names have no dot, blank or slash: ${example.written} is called ${called(example.written)}${changed.length > 1 ? `, and so are ${changed.length - 1} more` : ''}`,
			'flows may use either name',
		);
	const fields = [...columns.keys()].filter(field => !ownFields.includes(field)).sort();
	const labels = named.map((): Record<string, string> => ({}));
	for (const field of fields) {
		const written = named.map(({line, cells}) => ({written: cellOf(columns, cells, field), line}));
		const {value, unified, doubtful} = unifySpellings(
			written.filter(one => one.written !== ''),
			field,
		);
		const said = unified.map(({value: kept, spellings}) => ({
			line: spellings.find(({written: text}) => text !== kept)!.line,
			text: `${spellings.map(({written: text, rows: many}) => `${text} (${many})`).join(', ')}: taken as one, ${kept}`,
		}));
		const apart = 'where they differ, write them so that more than case and punctuation does';
		if (said.length <= 3) for (const {line, text} of said) say([line], `${field} ${text}`, apart);
		else
			say(
				said.map(({line}) => line),
				`${said.length} values of ${field} have several spellings, such as ${said[0]!.text}`,
				apart,
			);
		for (const {written: text, near, line} of doubtful)
			say([line], `${field} ${text} stands almost alone: kept as it is`, `is it ${near}? then write it so`);
		const heading = headings[columns.get(field)![0]!]!;
		const gaps = written.filter(one => one.written === '').map(({line}) => line);
		say(
			gaps,
			`no ${field}: ${field === 'env' ? 'it is in no environment' : `it has no label ${field}`}`,
			`fill in ${heading}`,
		);
		for (const [at, one] of written.entries())
			if (one.written !== '') labels[at]![field] = field === 'env' ? plain(value(one.written)) : value(one.written);
	}
	if (!columns.has('env'))
		say([1], 'no column says the environment: nobody is in one', 'say which: --columns env=Heading');
	return {
		hosts: named.map(({line, written, addresses, cells}, at) => ({
			line,
			written,
			name: called(written),
			addresses,
			labels: labels[at]!,
			managed: !/^(false|no|0|unmanaged)$/i.test(cellOf(columns, cells, 'managed')),
		})),
		decisions,
	};
}

/** A full domain name is called by its first part, where no other one has it; what files may not have becomes a hyphen. */
function hostNames(all: readonly string[]): (written: string) => string {
	const isFull = (written: string): boolean =>
		/^[^.\s]+(\.[^.\s]+)+$/.test(written) && normalAddress(written) === undefined;
	const first = (written: string): string => written.split('.')[0]!.toLowerCase();
	const whole = new Map<string, Set<string>>();
	for (const written of all) {
		const key = isFull(written) ? first(written) : written.toLowerCase();
		const domains = whole.get(key) ?? new Set();
		whole.set(key, domains);
		if (isFull(written)) domains.add(written.toLowerCase());
	}
	return written => {
		if (normalAddress(written) !== undefined) return plain(`host-${written.replaceAll(/[.:]+/g, '-')}`);
		return plain(isFull(written) && whole.get(first(written))!.size === 1 ? written.split('.')[0]! : written);
	};
}
