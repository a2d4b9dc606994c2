// Whose an end of a flow is: by name, by address, by labels; else the world's, or nobody's that is known.
import ipaddr from 'ipaddr.js';
import type {Topology, Workload} from '../model/topology.ts';
import type {SeenEnd} from './seen-flow.ts';

export type Resolved =
	| {readonly kind: 'workload'; readonly workload: Workload}
	/** An address that is on the internet, or what the log says is beyond. */
	| {readonly kind: 'world'}
	/** Multicast and broadcast: no policy is about it. */
	| {readonly kind: 'everyone'}
	| {readonly kind: 'unknown'; readonly text: string};

/** Ranges, as the library calls them, that are nobody's on the internet (RFC 1918, RFC 4193, RFC 6598). */
const own = new Set(['private', 'uniqueLocal', 'carrierGradeNat', 'linkLocal', 'loopback']);

/** Other names of workloads, by the name in the topology. */
export type Aliases = ReadonlyMap<string, readonly string[]>;

export function endResolver({workloads}: Topology, aliases: Aliases = new Map()): (end: SeenEnd) => Resolved {
	const byName = new Map<string, Workload | null>();
	const mean = (name: string, workload: Workload): void => {
		const key = name.toLowerCase();
		const known = byName.get(key);
		// Of a name that two kinds have, neither is meant.
		byName.set(key, known === undefined || known?.kind === workload.kind ? (known ?? workload) : null);
	};
	for (const workload of workloads) {
		const {name, kind, base, namespace} = workload;
		for (const word of new Set([name, kind, base, ...(aliases.get(name) ?? [])])) {
			mean(word, workload);
			if (namespace !== null) mean(`${namespace}/${word}`, workload);
		}
	}
	const byAddress = new Map(workloads.flatMap(one => one.addresses.map(({address}) => [address, one] as const)));
	const known = new Map<string, Resolved>();
	const resolve = (end: SeenEnd): Resolved => {
		const found =
			namesOf(end)
				.map(name => byName.get(name.toLowerCase()) ?? undefined)
				.find(one => one !== undefined && fitsNamespace(one, end)) ??
			(end.address === null ? undefined : byAddress.get(end.address)) ??
			byLabels(workloads, end);
		if (found !== undefined) return {kind: 'workload', workload: found};
		if (end.world) return {kind: 'world'};
		const text = end.names[0] ?? end.address ?? 'an end without name and address';
		if (end.address === null) return {kind: 'unknown', text};
		const range = ipaddr.parse(end.address).range();
		if (range === 'multicast' || range === 'broadcast' || end.address === '0.0.0.0') return {kind: 'everyone'};
		// Of whatever subnet: no host of a /24 or a wider one has it.
		if (range === 'private' && /\.255$/.test(end.address)) return {kind: 'everyone'};
		return end.namespace === null && !own.has(range) ? {kind: 'world'} : {kind: 'unknown', text};
	};
	return end => {
		const key = JSON.stringify(end);
		const before = known.get(key);
		if (before !== undefined) return before;
		const found = resolve(end);
		known.set(key, found);
		return found;
	};
}

/** With its namespace first; a full domain name also by its first part, a pod also by what it was made from. */
const namesOf = ({names, namespace}: SeenEnd): readonly string[] => {
	const all = names.flatMap(name => {
		const made = [/-[a-z0-9]{6,10}-[a-z0-9]{5}$/, /-[a-z0-9]{5}$/, /-\d+$/].flatMap(end =>
			end.test(name) ? [name.replace(end, '')] : [],
		);
		return [name, ...(name.includes('.') ? [name.split('.')[0]!] : []), ...(namespace === null ? [] : made)];
	});
	return namespace === null
		? all
		: [...all.map(name => `${namespace}/${name}`), ...all.map(name => `${name}.${namespace}`), ...all];
};

/** A workload that knows no namespaces may be in any. */
const fitsNamespace = (workload: Workload, {namespace}: SeenEnd): boolean =>
	namespace === null || workload.namespace === null || workload.namespace === namespace;

/** The one kind that has all the labels which the topology knows of, in that namespace. */
function byLabels(workloads: readonly Workload[], end: SeenEnd): Workload | undefined {
	const {labels} = end;
	if (labels.length === 0) return undefined;
	const said = new Map(labels.map(label => label.split(/=(.*)/s, 2) as [string, string]));
	const fitting = workloads.filter(
		one =>
			!one.outside &&
			Object.keys(one.labels).length > 0 &&
			fitsNamespace(one, end) &&
			Object.entries(one.labels).every(([key, value]) => said.get(key) === value),
	);
	return new Set(fitting.map(({kind}) => kind)).size === 1 ? fitting[0] : undefined;
}
