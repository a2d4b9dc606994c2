// Asks the evaluator whatever a case of the corpora says, at every port and address next to which an answer could change.
import type {Endpoint} from '../../core/model/flow.ts';
import type {Rule, Stack} from '../../core/model/policy.ts';
import type {Protocol, Topology, Workload} from '../../core/model/topology.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {type Case, covers, isRange, type Line, type Transport, toAddress, toNumber, transports} from './corpus.ts';

export interface Comparison {
	readonly checked: number;
	/** `SRC => DST TCP 80 should allow`. */
	readonly wrong: readonly string[];
}

interface Question {
	readonly names: readonly [source: string, destination: string];
	readonly ends: readonly [source: Endpoint, destination: Endpoint];
	readonly protocol: Transport;
	readonly port: number;
	readonly open: boolean;
}

/** The verdicts of `stack` against the lines that the case expects. */
export function compare(
	one: Case,
	lines: readonly Line[],
	{topology, stack}: {topology: Topology; stack: Stack},
): Comparison {
	const evaluator = createEvaluator(topology, stack);
	const wrong: string[] = [];
	let checked = 0;
	for (const {names, ends, protocol, port, open} of questionsOf(one, lines, topology, stack)) {
		const [source, destination] = ends;
		const flow = {source, destination, family: 4 as const, protocol: protocol.toLowerCase() as Protocol, port};
		checked++;
		if ((evaluator.verdict(flow, 'host').action === 'allow') === open) continue;
		wrong.push(`${names.join(' => ')} ${protocol} ${port} should ${open ? 'allow' : 'deny'}`);
	}
	return {checked, wrong};
}

function* questionsOf(one: Case, lines: readonly Line[], topology: Topology, stack: Stack): Generator<Question> {
	const peers = peersByName(topology, lines);
	if (one.expected_format === 'probe-lines') yield* askedLines(lines, peers);
	else if (one.expected_format === 'probe-matrix') yield* matrix(lines, peers, one.probes ?? []);
	else {
		const ports = edgePorts(topology, stack, lines);
		yield* betweenPeers(lines, peers, ports);
		const owned = new Set(topology.workloads.flatMap(workload => workload.addresses.map(({address}) => address)));
		const beyond = one.features.includes('pod-level')
			? []
			: edgeAddresses(stack, lines).filter(address => !owned.has(address));
		yield* withBeyond(lines, peers, ports, beyond);
	}
}

type Peers = ReadonlyMap<string, readonly Workload[]>;
type Ports = readonly (readonly [Transport, number])[];

function endpoints(peers: Peers, peer: string): readonly Endpoint[] {
	if (isRange(peer)) return [{workload: null, address: peer.split('-')[0]!}];
	const found = peers.get(peer);
	if (found === undefined) throw new Error(`no workload is ${peer}; there are ${[...peers.keys()].join(', ')}`);
	return found.map(({name, addresses}) => ({workload: name, address: addresses[0]!.address}));
}

function* askedLines(lines: readonly Line[], peers: Peers): Generator<Question> {
	for (const {source, destination, open, asked} of lines)
		for (const from of endpoints(peers, source))
			for (const to of endpoints(peers, destination)) {
				const {protocol, first: port} = asked!;
				yield {names: [source, destination], ends: [from, to], protocol, port, open: open.length > 0};
			}
}

function* matrix(lines: readonly Line[], peers: Peers, probes: readonly string[]): Generator<Question> {
	for (const {source, destination, open} of lines)
		for (const probe of probes) {
			const [protocol, digits] = probe.split(' ') as [Transport, string];
			const port = Number(digits);
			const ends = [endpoints(peers, source)[0]!, endpoints(peers, destination)[0]!] as const;
			yield {names: [source, destination], ends, protocol, port, open: covers(open, protocol, port)};
		}
}

/** A pair without a line has no connection. */
function* betweenPeers(lines: readonly Line[], peers: Peers, ports: Ports): Generator<Question> {
	const expected = Map.groupBy(lines, line => `${line.source}>${line.destination}`);
	for (const from of peers.keys())
		for (const to of peers.keys()) {
			if (from === to) continue;
			const open = (expected.get(`${from}>${to}`) ?? []).flatMap(line => line.open);
			const ends = [endpoints(peers, from)[0]!, endpoints(peers, to)[0]!] as const;
			for (const [protocol, port] of ports)
				yield {names: [from, to], ends, protocol, port, open: covers(open, protocol, port)};
		}
}

function* withBeyond(
	lines: readonly Line[],
	peers: Peers,
	ports: Ports,
	beyond: readonly string[],
): Generator<Question> {
	const holds = (range: string, address: string): boolean => {
		const [first, last] = range.split('-').map(toNumber);
		return isRange(range) && first! <= toNumber(address) && toNumber(address) <= (last ?? first!);
	};
	for (const peer of peers.keys())
		for (const address of beyond) {
			const near = endpoints(peers, peer)[0]!;
			const far = {workload: null, address};
			const out = lines
				.filter(line => line.source === peer && holds(line.destination, address))
				.flatMap(line => line.open);
			const into = lines
				.filter(line => line.destination === peer && holds(line.source, address))
				.flatMap(line => line.open);
			for (const [protocol, port] of ports) {
				yield {names: [peer, address], ends: [near, far], protocol, port, open: covers(out, protocol, port)};
				yield {names: [address, peer], ends: [far, near], protocol, port, open: covers(into, protocol, port)};
			}
		}
}

/** Workloads by the name that the lines give them (`ns/pod[Pod]`, `ns/owner[Deployment]`), else by `ns/base`. */
function peersByName(topology: Topology, lines: readonly Line[]): Peers {
	const peers = lines.flatMap(line => [line.source, line.destination]);
	const written = new Map(peers.map(peer => [peer.replace(/\[\w+\]$/, ''), peer]));
	return Map.groupBy(topology.workloads, ({name, namespace, base}) => {
		const own = name.endsWith(`.${namespace}`) ? name.slice(0, -1 - namespace!.length) : name;
		return written.get(`${namespace}/${own}`) ?? written.get(`${namespace}/${base}`) ?? `${namespace}/${base}`;
	});
}

const neighbours = (edges: ReadonlySet<number>, least: number, most: number): readonly number[] => [
	...new Set([...edges].flatMap(edge => [edge - 1, edge, edge + 1]).filter(one => one >= least && one <= most)),
];

const rulesOf = (stack: Stack): readonly Rule[] =>
	stack.flatMap(({guardrails, rules, baseline}) => [...guardrails, ...rules, ...baseline]);

function edgePorts(topology: Topology, stack: Stack, lines: readonly Line[]): Ports {
	const edges = new Set([1, 65535, 33333]);
	for (const {first, last} of lines.flatMap(line => line.open)) edges.add(first).add(last);
	for (const {port} of topology.workloads.flatMap(workload => workload.services)) edges.add(port);
	for (const match of rulesOf(stack).flatMap(({on}) => on ?? []))
		if (match.kind === 'range') edges.add(match.first).add(match.last);
	return transports.flatMap(protocol => neighbours(edges, 1, 65535).map(port => [protocol, port] as const));
}

function edgeAddresses(stack: Stack, lines: readonly Line[]): readonly string[] {
	const edges = new Set([toNumber('203.0.113.77')]);
	for (const range of lines.flatMap(line => [line.source, line.destination]).filter(isRange))
		for (const address of range.split('-')) edges.add(toNumber(address));
	const terms = rulesOf(stack).flatMap(({from, to}) => [...from, ...to]);
	for (const one of terms.flatMap(term => term.requirements))
		for (const cidr of one.kind === 'cidr' ? [...one.cidrs, ...one.except] : []) {
			const [address, length] = cidr.split('/') as [string, string];
			if (!address.includes(':')) edges.add(toNumber(address)).add(toNumber(address) + 2 ** (32 - Number(length)) - 1);
		}
	return neighbours(edges, 0, 2 ** 32 - 1).map(toAddress);
}
