// What a running lab has to do to become another topology.
import type {Topology, Workload} from './topology.ts';

/** Names of workloads, sorted. */
export interface TopologyChange {
	/** Not in the topology any more; also those whose machine is another now, which come again. */
	readonly gone: readonly string[];
	readonly added: readonly string[];
	/** The same machine, under other labels. */
	readonly relabelled: readonly string[];
}

export function topologyChange(before: Topology, after: Topology): TopologyChange {
	const [old, next] = [byName(before), byName(after)];
	const stays = (name: string): boolean => {
		const [one, other] = [old.get(name), next.get(name)];
		return one !== undefined && other !== undefined && machineOf(one, before) === machineOf(other, after);
	};
	const labels = ({labels: own, namespaceLabels}: Workload): string => sorted(own) + sorted(namespaceLabels);
	return {
		gone: [...old.keys()].filter(name => !stays(name)).sort(),
		added: [...next.keys()].filter(name => !stays(name)).sort(),
		relabelled: [...next.keys()]
			.filter(name => stays(name) && labels(old.get(name)!) !== labels(next.get(name)!))
			.sort(),
	};
}

const byName = ({workloads}: Topology): ReadonlyMap<string, Workload> =>
	new Map(workloads.map(workload => [workload.name, workload]));

const sorted = (labels: Workload['labels']): string => JSON.stringify(Object.entries(labels).sort());

/** All that its namespace, its services and its programs are made of; nothing that only a policy or an attacker asks for. */
function machineOf(workload: Workload, {segments}: Topology): string {
	const {addresses, services, environment, run, image, build, command, variables, volumes, healthCheck} = workload;
	const prefixes = segments.filter(({name}) => workload.segments.includes(name)).map(({prefixes: own}) => own);
	return JSON.stringify([
		...[addresses.map(({family, address}) => [family, address]), prefixes, services, environment],
		...[run, image, build, command, variables, volumes, healthCheck],
	]);
}
