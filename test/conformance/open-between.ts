// What the product says is open between the peers of a case and the addresses beyond them, by both of its doors: whole
// sets of ports from reach, and at the borders of those sets single verdicts from the evaluator.
import type {Flow} from '../../core/model/flow.ts';
import type {Workload} from '../../core/model/topology.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {type EndClass, endOf} from '../../core/reach/end-class.ts';
import {hasPort, type PortSet, rangesOf} from '../../core/reach/port-set.ts';
import {createReach} from '../../core/reach/reach.ts';
import {holdsAll, parseSpan, type Span, toAddress} from './address-spans.ts';
import {type Transport, transportsOf} from './expected-lines.ts';
import type {Policed} from './subject.ts';

/** Workloads that have one name, or addresses beyond the cluster. */
export type Peer =
	| {readonly kind: 'workloads'; readonly workloads: readonly Workload[]}
	| {readonly kind: 'beyond'; readonly span: Span};

/** One of perhaps several answers between two peers; `where` is empty unless replicas differ. */
export interface Opening {
	readonly open: PortSet;
	/** Ends of which the answer is: one of each class of replicas, the first and the last of addresses. */
	readonly flows: readonly Pick<Flow, 'source' | 'destination' | 'family'>[];
}

export interface OpenBetween {
	/** Where the product's answer changes among addresses, and each address that a workload has. */
	readonly spans: readonly Span[];
	/** Whether a span is a workload's address, and so not beyond the cluster. */
	owned(span: Span): boolean;
	of(source: Peer, destination: Peer): readonly Opening[];
	/** `TCP 80` and the like where the evaluator does not say what it should at a border of `expected`. */
	disputed(opening: Opening, expected: PortSet): {readonly checked: number; readonly at: readonly string[]};
}

export function openBetween({topology, stack}: Policed): OpenBetween {
	const reach = createReach(topology, stack, {beyond: 'addresses'});
	const evaluator = createEvaluator(topology, stack);
	const addresses = new Set(
		topology.workloads.flatMap(one => one.addresses.filter(({family}) => family === 4).map(({address}) => address)),
	);
	const beyond = reach.classes.flatMap(({index, beyond: far}) =>
		far?.family === 4 ? far.ranges.map(({first, last}) => ({index, span: parseSpan(`${first}-${last}`)})) : [],
	);
	const ends = (peer: Peer): readonly {readonly index: number; readonly ends: readonly Flow['source'][]}[] => {
		if (peer.kind === 'workloads') {
			const classes = Map.groupBy(peer.workloads, ({name}) => reach.classOf(name));
			return [...classes.keys()].map(index => ({
				index,
				ends: [endpointOf(reach.classes[index]!, classes.get(index)!)],
			}));
		}
		const {span} = peer;
		const found = beyond.find(one => holdsAll(one.span, span))!;
		const both = [...new Set([span.first, span.last])].map(toAddress).filter(address => !addresses.has(address));
		return [{index: found.index, ends: both.map(address => ({workload: null, address}))}];
	};
	return {
		spans: [...beyond.map(({span}) => span), ...[...addresses].map(parseSpan)],
		owned: ({first, last}) => first === last && addresses.has(toAddress(first)),
		of: (source, destination) =>
			ends(source).flatMap(from =>
				ends(destination).map(to => ({
					open: transportsOf(reach.open(from.index, to.index, 4)),
					flows: from.ends.flatMap(one =>
						to.ends.map(other => ({source: one, destination: other, family: 4 as const})),
					),
				})),
			),
		disputed({open, flows}, expected) {
			const asked = borders([open, expected]);
			const at = flows.flatMap(ends =>
				asked
					.filter(({protocol, port}) => {
						const {action} = evaluator.verdict({...ends, protocol, port}, 'host');
						return (action === 'allow') !== hasPort(expected, protocol, port);
					})
					.map(({protocol, port}) => `${protocol.toUpperCase()} ${port}`),
			);
			return {checked: flows.length * asked.length, at};
		},
	};
}

/** A workload of its own peer, with an address of the class's family. */
function endpointOf(end: EndClass, members: readonly Workload[]): Flow['source'] {
	const [workload] = members;
	return {workload: workload!.name, address: endOf({...end, members: [workload!]}, 4)!.address};
}

/** The ports at the ends of each interval and beside them, and three that no policy has in mind. */
function borders(sets: readonly PortSet[]): readonly {readonly protocol: Transport; readonly port: number}[] {
	const asked = new Map<string, {protocol: Transport; port: number}>();
	const ask = (protocol: Transport, port: number): void => {
		if (port >= 1 && port <= 65_535) asked.set(`${protocol} ${port}`, {protocol, port});
	};
	for (const protocol of ['tcp', 'udp', 'sctp'] as const) for (const port of [1, 33_333, 65_535]) ask(protocol, port);
	for (const {protocol, first, last} of sets.flatMap(rangesOf))
		for (const port of [first - 1, first, last, last + 1]) ask(protocol as Transport, port);
	return [...asked.values()];
}
