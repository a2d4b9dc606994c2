// Workloads that differ in name and addresses alone: what is asked of labels is asked once for all of them.
import type {Topology, Workload} from '../model/topology.ts';

/** Replicas of one kind, in the order of the topology. */
export interface Alike {
	/** Position in the list. */
	readonly index: number;
	readonly members: readonly Workload[];
}

const known = new WeakMap<readonly Workload[], readonly Alike[]>();

/** Groups of equal workloads, in the order of their first members; remembered for the list of workloads. */
export function alikeWorkloads({workloads}: Pick<Topology, 'workloads'>): readonly Alike[] {
	const found = known.get(workloads) ?? grouped(workloads);
	known.set(workloads, found);
	return found;
}

function grouped(workloads: readonly Workload[]): readonly Alike[] {
	const groups: {index: number; members: Workload[]}[] = [];
	const byKind = new Map<string, {index: number; members: Workload[]}[]>();
	for (const workload of workloads) {
		let ofKind = byKind.get(workload.kind);
		if (ofKind === undefined) byKind.set(workload.kind, (ofKind = []));
		const group = ofKind.find(({members}) => isAlike(members[0]!, workload));
		if (group !== undefined) {
			group.members.push(workload);
			continue;
		}
		const made = {index: groups.length, members: [workload]};
		ofKind.push(made);
		groups.push(made);
	}
	return groups;
}

/** By identity where that is cheap: equal values that are not the same object only make more groups. */
const isAlike = (one: Workload, other: Workload): boolean =>
	one.labels === other.labels &&
	one.services === other.services &&
	one.base === other.base &&
	one.environment === other.environment &&
	one.namespace === other.namespace &&
	sameLabels(one.namespaceLabels, other.namespaceLabels) &&
	one.outside === other.outside &&
	one.managed === other.managed &&
	one.segments.length === other.segments.length &&
	one.segments.every((segment, at) => segment === other.segments[at]);

function sameLabels(one: Workload['labels'], other: Workload['labels']): boolean {
	if (one === other) return true;
	const keys = Object.keys(one);
	return keys.length === Object.keys(other).length && keys.every(key => one[key] === other[key]);
}
