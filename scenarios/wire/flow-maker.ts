import {sourceAddress} from '../../core/attack/source-address.ts';
import type {Attempt} from '../../core/contracts/network.ts';
import type {Flow} from '../../core/model/flow.ts';
import type {Topology} from '../../core/model/topology.ts';

export interface FlowMaker {
	/** Undefined where the sender has no address of the destination's family. */
	(attempt: Attempt): Flow | undefined;
	/** The workload that has the address, or null. */
	readonly owner: (address: string) => string | null;
}

/** Attempts as flows of this topology. */
export function flowMaker(topology: Topology): FlowMaker {
	const byName = new Map(topology.workloads.map(workload => [workload.name, workload]));
	const owners = new Map(
		topology.workloads.flatMap(({name, addresses}) => addresses.map(({address}) => [address, name])),
	);
	const owner = (address: string): string | null => owners.get(address) ?? null;
	const flowOf = ({from, to, protocol, port}: Attempt): Flow | undefined => {
		const source = sourceAddress(byName.get(from)!, topology.segments, to);
		return source === undefined
			? undefined
			: {
					source: {workload: from, address: source.address},
					destination: {workload: owner(to), address: to},
					family: source.family,
					protocol,
					port,
				};
	};
	return Object.assign(flowOf, {owner});
}
