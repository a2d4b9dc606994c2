// An inventory as a topology, in one go, with all that it leaves open: what was assumed, and how to say it otherwise.
import {aliasesOf, reservedLabels} from '../files/name.ts';
import {type Parsed, sortProblems} from '../model/problem.ts';
import type {Address, Topology, Workload} from '../model/topology.ts';
import {parseAddress, renderAddress} from '../policy/address.ts';
import {parseCsv} from './csv-text.ts';
import {columnsOf} from './headings.ts';
import {mergeHosts} from './hosts.ts';
import {inventoryHeadings} from './known-headings.ts';
import {type Host, readRows} from './rows.ts';

export interface Inventory {
	readonly topology: Topology;
	/** What each workload is called elsewhere: by its name in the topology, as the rows have it. */
	readonly aliases: ReadonlyMap<string, readonly string[]>;
}

/**
 * @param file - what decisions call it
 * @param said - `name=Hostname`: a column for a field; a field that is not known is a label
 * @returns with a warning for everything that is to be decided; wrong where no topology can be made
 */
export function parseInventory(
	{file, text}: {readonly file: string; readonly text: string},
	{name, said}: {readonly name: string; readonly said: readonly string[]},
): Parsed<Inventory> {
	const table = parseCsv(file, text);
	if (table.kind === 'wrong') return table;
	const columns = columnsOf(table.value, {
		known: inventoryHeadings,
		said,
		needed: ['name', 'address'],
		open: 'any field',
	});
	if (columns.kind === 'wrong') return columns;
	const wrong = (what: string, mend: string): Parsed<Inventory> => ({
		kind: 'wrong',
		problems: [{where: {file, line: 1, column: 1}, what, mend}],
	});
	const reserved = [...columns.value.keys()].find(field => field !== 'env' && reservedLabels.includes(field));
	if (reserved !== undefined) return wrong(`no label can be called ${reserved}`, 'give the field another name');
	const read = readRows(table.value, columns.value);
	const {hosts, decisions} = mergeHosts(file, read.hosts);
	if (hosts.length === 0) return wrong('no row names a host', 'fill in a name or an address');
	const rows = Map.groupBy(read.hosts, one => one.name.toLowerCase());
	const writtenOf = (host: Host): readonly string[] =>
		(rows.get(host.name.toLowerCase()) ?? []).map(one => one.written);
	const byName = new Map(hosts.map(host => [fullName(host), writtenOf(host)]));
	const workloads = hosts
		.map((host, at) => workloadOf(host, {file, at, written: writtenOf(host)}))
		.sort((a, b) => (a.name < b.name ? -1 : 1));
	const warnings = sortProblems([...read.decisions, ...decisions]);
	return {
		kind: 'ok',
		warnings,
		value: {
			aliases: byName,
			topology: {
				name,
				environments: environmentsOf(workloads),
				segments: [],
				workloads,
				dependencies: [],
				secrets: [],
				assumptions: [],
				weakByDefault: 'all',
				files: [],
			},
		},
	};
}

/** Those with most workloads first. */
const environmentsOf = (workloads: readonly Workload[]): readonly string[] =>
	[
		...Map.groupBy(
			workloads.flatMap(({environment}) => environment ?? []),
			one => one,
		),
	]
		.sort(([a, many], [b, more]) => more.length - many.length || (a < b ? -1 : 1))
		.map(([environment]) => environment);

const fullName = ({name, labels}: Host): string => (labels.env === undefined ? name : `${name}.${labels.env}`);

function workloadOf(
	host: Host,
	{file, at, written}: {readonly file: string; readonly at: number; readonly written: readonly string[]},
): Workload {
	const name = fullName(host);
	const aliases = aliasesOf(
		written.map(one => one.toLowerCase()),
		[name, host.name],
	);
	return {
		name,
		kind: name,
		base: host.name,
		environment: host.labels.env ?? null,
		labels: host.labels,
		namespace: null,
		namespaceLabels: {},
		addresses: host.addresses.length > 0 ? host.addresses.map(addressOf) : [unused(at)],
		segments: [],
		services: [],
		holds: [],
		jewel: false,
		outside: false,
		managed: host.managed,
		assumed: false,
		knows: [],
		...(aliases.length > 0 && {aliases}),
		run: null,
		image: null,
		command: null,
		variables: {},
		where: {file, line: host.line, column: 1},
	};
}

const addressOf = (address: string): Address => ({family: address.includes(':') ? 6 : 4, address, segment: null});

/** For a host without one: the next address of 198.18.0.0/15, which is nobody's (RFC 2544) and has room for any inventory. */
const unused = (at: number): Address => addressOf(renderAddress(4, parseAddress('198.18.0.0').first + BigInt(at)));
