// The words of a topology: what the names in a policy, scenario or rehearsal can mean, gathered once for all files.
import type {Service, Topology, Workload} from '../model/topology.ts';
import {alikeWorkloads} from '../policy/alike.ts';

export interface Vocabulary {
	readonly topology: Topology;
	/** Label keys of workloads, each with its values. Outside hosts are kept apart: `{}` never means them. */
	readonly labels: ReadonlyMap<string, ReadonlySet<string>>;
	readonly outsideLabels: ReadonlyMap<string, ReadonlySet<string>>;
	/** Names, kinds and bases (`web-1.prod`, `web.prod`, `web`), each with the workloads it means. */
	readonly workloads: ReadonlyMap<string, readonly Workload[]>;
	/** Networks and segments (`app`, `app.prod`). */
	readonly networks: ReadonlySet<string>;
	/** Names of services, of all workloads. */
	readonly services: ReadonlySet<string>;
	/** Words of what is wrong in the topology itself, which nobody who names them is to hear of again; left out where nothing is. */
	readonly lost?: ReadonlySet<string>;
}

/** Linear in workloads, labels and services. */
export function vocabularyOf(topology: Topology): Vocabulary {
	const labels = new Map<string, Set<string>>();
	const outsideLabels = new Map<string, Set<string>>();
	const workloads = new Map<string, Workload[]>();
	const services = new Set<string>();
	for (const {members} of alikeWorkloads(topology)) {
		const [workload] = members as [Workload];
		const into = workload.outside ? outsideLabels : labels;
		for (const [key, value] of Object.entries(workload.labels)) entry(into, key, () => new Set<string>()).add(value);
		for (const service of workload.services) services.add(service.name);
	}
	const mean = (name: string, workload: Workload): void => {
		const its = workloads.get(name);
		if (its === undefined) workloads.set(name, [workload]);
		else its.push(workload);
	};
	for (const workload of topology.workloads) {
		const {name, kind, base} = workload;
		mean(name, workload);
		if (kind !== name) mean(kind, workload);
		if (base !== kind && base !== name) mean(base, workload);
	}
	const networks = new Set(topology.segments.flatMap(({name, network}) => [network, name]));
	for (const {members} of alikeWorkloads(topology)) for (const segment of members[0]!.segments) networks.add(segment);
	return {topology, labels, outsideLabels, workloads, networks, services};
}

/** Services of `workloads` by their name, each once, in the order in which they are declared. */
export const serviceNames = (workloads: readonly Workload[]): readonly string[] => [
	...new Set(workloads.flatMap(workload => workload.services.map((service: Service) => service.name))),
];

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
	let value = map.get(key);
	if (value === undefined) map.set(key, (value = make()));
	return value;
}
