import type {Topology, Workload} from '../../../core/model/topology.ts';

const known = new WeakMap<Topology, ReadonlyMap<string, Workload>>();

/** The workload of that name; undefined where nobody has it. */
export function workloadNamed(topology: Topology, name: string): Workload | undefined {
	let workloads = known.get(topology);
	if (workloads === undefined) {
		workloads = new Map(topology.workloads.map(workload => [workload.name, workload]));
		known.set(topology, workloads);
	}
	return workloads.get(name);
}
