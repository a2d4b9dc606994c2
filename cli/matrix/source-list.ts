// The matrix as a list: a block a source, for when a table does not fit.
import type {Cell} from '../../core/reach/connections.ts';
import {count, type Page, padEnd, plural, widthOf, wrap} from '../report/lines.ts';
import {cut} from '../report/table.ts';
import type {Entry} from './grid.ts';
import {portWords} from './port-words.ts';

/** A source and what it reaches, in the order of the entries. */
export interface SourceRow {
	readonly source: Entry;
	readonly open: readonly {readonly destination: Entry; readonly cell: Cell}[];
	/** Destinations that it could reach. */
	readonly others: number;
}

const namedAtMost = 3;
const longestSource = 24;

/**
 * `web.prod ▸ api.prod  8080/tcp`, a line a destination; those of one section with the same ports are one line. Sources
 * that reach nobody come last, together.
 */
export function* sourceList(rows: Iterable<SourceRow>, page: Page): Generator<string> {
	const silent: string[] = [];
	for (const row of rows) {
		if (row.open.length > 0) yield `${blockLines(row, page).join('\n')}\n`;
		else silent.push(row.source.fullName);
	}
	if (silent.length > 0) yield `\n${wrap(`reach nobody: ${someOf(silent, 12)}`, page.width, 2, 6).join('\n')}\n`;
}

function blockLines({source, open, others}: SourceRow, page: Page): readonly string[] {
	const name = cut(source.fullName, longestSource);
	const blank = ' '.repeat(widthOf(name));
	const alike = [...Map.groupBy(open, ({destination, cell}) => `${destination.section}\0${portsOf(cell)}`).values()];
	const lines = alike.flatMap(group => {
		const ports = portsOf(group[0]!.cell);
		const places = group.length > namedAtMost ? [group] : group.map(one => [one]);
		return places.map(place => ({where: whereText(place), ports}));
	});
	const width = Math.min(44, Math.max(...lines.map(({where}) => widthOf(where))));
	const reached = open.reduce((sum, {destination}) => sum + destination.peers.length, 0);
	const rest = reached >= others ? 'and to everybody else nothing is closed' : 'and to nobody else';
	return [
		...lines.flatMap(({where, ports}, at) => {
			const start = `  ${at === 0 ? page.paint('title', name) : blank} ▸ `;
			const indent = widthOf(name) + 5;
			const line = `${padEnd(where, width)}  ${ports}`;
			if (indent + widthOf(line) <= page.width) return [start + line];
			const [first = '', ...more] = wrap(`${where}  ${ports}`, page.width, indent, indent + 2);
			return [start + first.trimStart(), ...more];
		}),
		page.paint('dim', `  ${blank}   ${rest}  (${count(reached)} of ${count(others)})`),
	];
}

const portsOf = ({open, byFamily, everywhere}: Cell): string => {
	const families = byFamily === null ? '' : `, IPv4 ${portWords(byFamily[4])}, IPv6 ${portWords(byFamily[6])}`;
	return `${portWords(open)}${families}${everywhere ? '' : ' (not every replica)'}`;
};

function whereText(place: SourceRow['open']): string {
	if (place.length === 1) return place[0]!.destination.fullName;
	const {section} = place[0]!.destination;
	const size = place.reduce((sum, {destination}) => sum + destination.peers.length, 0);
	const names = place.map(({destination}) => destination.name);
	return `${plural(size, 'owner')}${section === '' || section === 'outside' ? '' : ` of ${section}`}: ${someOf(names, namedAtMost)}`;
}

const someOf = (names: readonly string[], most: number): string =>
	names.length <= most + 1
		? names.join(', ')
		: `${names.slice(0, most).join(', ')} and ${count(names.length - most)} more`;
