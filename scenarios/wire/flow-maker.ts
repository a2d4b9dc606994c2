import {sourceAddress} from '../../core/attack/source-address.ts';
import type {Attempt} from '../../core/contracts/network.ts';
import type {Flow} from '../../core/model/flow.ts';
import type {Topology} from '../../core/model/topology.ts';

/** Attempts as flows of this topology; undefined where the sender has no address of the destination's family. */
export function flowMaker(topology: Topology): (attempt: Attempt) => Flow | undefined {
	const byName = new Map(topology.workloads.map(workload => [workload.name, workload]));
	const owners = new Map(
		topology.workloads.flatMap(({name, addresses}) => addresses.map(({address}) => [address, name])),
	);
	return ({from, to, protocol, port}) => {
		const source = sourceAddress(byName.get(from)!, topology.segments, to);
		return source === undefined
			? undefined
			: {
					source: {workload: from, address: source.address},
					destination: {workload: owners.get(to) ?? null, address: to},
					family: source.family,
					protocol,
					port,
				};
	};
}
