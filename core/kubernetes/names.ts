// What workloads are called: as their objects, with more only where that would not be unique.
import type {PodGroup} from './pod-groups.ts';

export interface GroupNames {
	readonly kind: string;
	/** One a pod, in their order. */
	readonly workloads: readonly string[];
}

/**
 * Names of each group, in their order: `web`, `web.shop` where pods are in several namespaces, `web-deployment` where two
 * kinds of object share a name, `web-1`, `web-2` for what a controller makes. Real pods keep their names. Unique over all.
 */
export function nameGroups(groups: readonly PodGroup[]): readonly GroupNames[] {
	const several = new Set(groups.map(group => group.namespace)).size > 1;
	const suffixOf = ({namespace}: PodGroup): string => (several ? `.${namespace}` : '');
	const sharing = new Map<string, number>();
	for (const group of groups) {
		const plain = group.name + suffixOf(group);
		sharing.set(plain, (sharing.get(plain) ?? 0) + 1);
	}
	const taken = new Set<string>();
	return groups.map(group => {
		const suffix = suffixOf(group);
		const withKind = `${group.name}-${group.objectKind.toLowerCase()}`;
		const stems = sharing.get(group.name + suffix) === 1 ? [group.name, withKind] : [withKind];
		for (let attempt = 0; ; attempt++) {
			const stem = stems[attempt] ?? `${withKind}-${attempt}`;
			const names = namesOf(group, stem, suffix);
			const all = new Set([names.kind, ...names.workloads]);
			const unique = new Set(names.workloads).size === names.workloads.length;
			if (!unique || [...all].some(name => taken.has(name))) continue;
			for (const name of all) taken.add(name);
			return names;
		}
	});
}

function namesOf({pods, name}: PodGroup, stem: string, suffix: string): GroupNames {
	const only = pods.length === 1;
	const workloads = pods.map((pod, at) =>
		// A pod's own name, as long as the group has its own.
		pod.name !== null && stem === name ? pod.name + suffix : only ? stem + suffix : `${stem}-${at + 1}${suffix}`,
	);
	return {kind: stem + suffix, workloads};
}
