// A topology that takes the place of another in a running lab: who stays keeps its address, as a machine does.
import type {Address, Segment, Topology, Workload} from '../model/topology.ts';
import {parseAddress, parseCidr, renderAddress} from './address.ts';

/**
 * `after` with the addresses that its workloads have in `before` under the same name and in the same segments. Who is new
 * and whose address is taken has the lowest free one of its segment. Addresses outside every network, and those that an
 * import names, are as `after` has them; of who stays, one inside a network that a native file names anew is not known from
 * one that moved, and is kept as it was.
 */
export function keptAddresses(before: Topology, after: Topology): Topology {
	const old = new Map(before.workloads.map(workload => [workload.name, workload]));
	const keeps = (workload: Workload): Workload | undefined => {
		const known = old.get(workload.name);
		return known !== undefined && shapeOf(known, before) === shapeOf(workload, after) ? known : undefined;
	};
	const isNamed = ({segment, fixed}: Address): boolean => segment === null || fixed === true;
	const taken = new Set<string>();
	for (const workload of after.workloads)
		for (const [at, address] of workload.addresses.entries())
			if (isNamed(address)) taken.add(address.address);
			else if (keeps(workload) !== undefined) taken.add(keeps(workload)!.addresses[at]!.address);
	const settle = (workload: Workload): Workload => {
		const known = keeps(workload);
		const addresses = workload.addresses.map((address, at) => {
			if (isNamed(address)) return address;
			if (known !== undefined) return {...address, address: known.addresses[at]!.address};
			const free = taken.has(address.address) ? lowestFree(address, after.segments, taken) : address.address;
			taken.add(free);
			return {...address, address: free};
		});
		return {...workload, addresses};
	};
	return {...after, workloads: after.workloads.map(settle)};
}

/** Of what its addresses are: an address each of these segments and families, or one that the file names. */
const shapeOf = ({addresses}: Workload, {segments}: Topology): string =>
	JSON.stringify(
		addresses.map(({family, segment, address}) =>
			segment === null ? address : [family, segments.find(({name}) => name === segment)],
		),
	);

/** The first address of a network is nobody's, the second its gateway's in most. */
const firstHost = 2n;

function lowestFree(
	{family, segment, address}: Address,
	segments: readonly Segment[],
	taken: ReadonlySet<string>,
): string {
	const prefix = segments.find(({name}) => name === segment)?.prefixes.find(one => one.family === family);
	const {first, last} = prefix === undefined ? parseAddress(address) : parseCidr(prefix.cidr);
	for (let value = first + firstHost; value < last; value++) {
		const text = renderAddress(family, value);
		if (!taken.has(text)) return text;
	}
	return address;
}
