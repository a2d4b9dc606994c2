// Ports of rules, so that a verdict looks only at the rules that may mean its port.
import type {PortMatch} from '../model/policy.ts';
import type {Protocol, Workload} from '../model/topology.ts';
import {type Bits, bitsWhere} from './bits.ts';
import {type PortRange, portRanges, serviceNames} from './port.ts';

/** Whether the protocol and port (0 for icmp) is among those of a rule at that destination. */
export type PortCheck = (
	flow: {readonly protocol: Protocol; readonly port: number},
	destination: {readonly workload: Workload | null},
) => boolean;

/** A check that answers as `portsInclude` does, and resolves services once for each list of them. */
export function portCheck(on: readonly PortMatch[] | null): PortCheck {
	if (on === null) return () => true;
	const resolved = new Map<unknown, readonly PortRange[]>();
	const namesServices = on.some(({kind}) => kind === 'service');
	return ({protocol, port}, {workload}) => {
		const key = namesServices ? workload?.services : undefined;
		let ranges = resolved.get(key);
		if (ranges === undefined) {
			ranges = on.flatMap(match => portRanges(match, workload));
			resolved.set(key, ranges);
		}
		for (const range of ranges)
			if (range.protocol === protocol && range.first <= port && port <= range.last) return true;
		return false;
	};
}

const bases: Readonly<Record<Protocol, number>> = {sctp: 0, tcp: 65_536, udp: 131_072, icmp: 196_608};

/** A cut of all protocols and ports into cells that no rule tells apart, but at one destination by a service's name. */
export interface PortCells {
	/** Of each cell, words of the rules that may mean it, by number, one cell after the other. */
	readonly may: Bits;
	cell(protocol: Protocol, port: number): number;
}

/** The cells of some rules' `on`, where any of these workloads may be the destination. */
export function portCells(
	rules: readonly (readonly PortMatch[] | null)[],
	destinations: Iterable<Workload | null>,
): PortCells {
	const lists = new Map([...destinations].map(workload => [workload?.services, workload]));
	const named = [...lists.values()]
		.flatMap(workload => workload?.services ?? [])
		.flatMap(service => serviceNames(service).map(name => ({name, service})));
	const byName = Map.groupBy(named, ({name}) => name);
	const rangesOf = (match: PortMatch): readonly PortRange[] =>
		match.kind === 'service'
			? (byName.get(match.name) ?? []).map(({service: {protocol, port, lastPort}}) => ({
					protocol,
					first: port,
					last: lastPort,
				}))
			: portRanges(match, null);
	const spans = rules.map(on =>
		on === null
			? null
			: unique(on.flatMap(rangesOf)).map(({protocol, first, last}): [number, number] => [
					bases[protocol] + first,
					bases[protocol] + last,
				]),
	);
	const cuts = [...new Set([0, ...spans.flatMap(span => (span ?? []).flatMap(([first, last]) => [first, last + 1]))])];
	const borders = Int32Array.from(cuts.sort((a, b) => a - b));
	const words = (rules.length + 31) >>> 5;
	const may = new Int32Array(borders.length * words);
	for (const [cell, first] of borders.entries()) {
		const its = bitsWhere(rules.length, at => spans[at]?.some(([low, high]) => low <= first && first <= high) ?? true);
		may.set(its, cell * words);
	}
	return {
		may,
		cell(protocol, port) {
			const wanted = bases[protocol] + port;
			let [low, high] = [0, borders.length];
			while (high - low > 1) {
				const middle = (low + high) >>> 1;
				if (borders[middle]! <= wanted) low = middle;
				else high = middle;
			}
			return low;
		},
	};
}

const unique = (ranges: readonly PortRange[]): readonly PortRange[] => [
	...new Map(ranges.map(range => [`${range.protocol} ${range.first} ${range.last}`, range])).values(),
];
