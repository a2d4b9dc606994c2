import type {Topology, Workload} from '../../../core/model/topology.ts';

const known = new WeakMap<Topology, ReadonlyMap<string, Workload>>();

/** Workloads by name, in the topology's order. */
export function workloadsOf(topology: Topology): ReadonlyMap<string, Workload> {
	let workloads = known.get(topology);
	if (workloads === undefined) {
		workloads = new Map(topology.workloads.map(workload => [workload.name, workload]));
		known.set(topology, workloads);
	}
	return workloads;
}
