import type {Topology} from '../../../core/model/topology.ts';

const known = new WeakMap<Topology, ReadonlyMap<string, string>>();

/** The workload that a name or an address is; null where it is none (a prefix, a stranger). */
export function ownerOf(topology: Topology, nameOrAddress: string): string | null {
	let owners = known.get(topology);
	if (owners === undefined) {
		owners = new Map(
			topology.workloads.flatMap(({name, addresses}) => [
				[name, name] as const,
				...addresses.map(({address}) => [address, name] as const),
			]),
		);
		known.set(topology, owners);
	}
	return owners.get(nameOrAddress) ?? null;
}
