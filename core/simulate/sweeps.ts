// Whom a sweep of a pivot's own subnets can meet.
import {isIPv4, isSwept, sweepPrefix} from '../attack/sweep-addresses.ts';
import type {Topology, Workload} from '../model/topology.ts';

export interface Sweeps {
	/** The IPv4 prefixes that somebody inside sweeps, sorted. */
	prefixesOf(workload: Workload): readonly string[];
	/** Of all prefixes that anybody sweeps, those that an address lies in, sorted; none for IPv6. */
	coverOf(address: string): readonly string[];
}

export function sweepsOf({segments, workloads}: Topology): Sweeps {
	const prefixes = new Map(segments.map(({name, prefixes: own}) => [name, own]));
	const own = new Map(workloads.map(workload => [workload.name, prefixesIn(workload)]));
	const all = [...new Set([...own.values()].flat())].sort();
	const known = new Map<string, readonly string[]>();

	function prefixesIn({addresses}: Workload): readonly string[] {
		const texts = addresses.map(({address}) => address);
		const found = addresses.flatMap(({segment, family}) =>
			(prefixes.get(segment ?? '') ?? [])
				.filter(prefix => prefix.family === family)
				.flatMap(({cidr}) => sweepPrefix(cidr, texts) ?? []),
		);
		return [...new Set(found)].sort();
	}
	return {
		prefixesOf: ({name}) => own.get(name) ?? [],
		coverOf(address) {
			if (!isIPv4(address)) return [];
			const found = known.get(address) ?? all.filter(prefix => isSwept(prefix, address));
			known.set(address, found);
			return found;
		},
	};
}
