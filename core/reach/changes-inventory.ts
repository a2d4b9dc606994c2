// Which workloads and services appear or go.
import {kindsOf, serviceText} from '../measure/kinds.ts';
import type {Topology, Workload} from '../model/topology.ts';

/** What is there on one side alone, by kind: `api.prod`, `api.prod:9090/tcp`. Sorted. */
export interface InventoryChanges {
	readonly workloads: {readonly added: readonly KindCount[]; readonly gone: readonly KindCount[]};
	/** Of kinds that are on both sides. */
	readonly services: {readonly added: readonly string[]; readonly gone: readonly string[]};
}

export interface KindCount {
	readonly kind: string;
	readonly workloads: number;
	/** False where other workloads of the kind are on both sides. */
	readonly whole: boolean;
}

export function inventoryChanges(before: Topology, after: Topology): InventoryChanges {
	const [left, right] = [kindsOf(before).all, kindsOf(after).all];
	const missing = (from: readonly Workload[], there: readonly Workload[]): readonly KindCount[] => {
		const names = new Set(there.map(({name}) => name));
		const kinds = new Set(there.map(({kind}) => kind));
		const only = Map.groupBy(
			from.filter(({name}) => !names.has(name)),
			({kind}) => kind,
		);
		return [...only]
			.map(([kind, all]) => ({kind, workloads: all.length, whole: !kinds.has(kind)}))
			.sort((a, b) => (a.kind < b.kind ? -1 : 1));
	};
	const services = (from: typeof left, there: typeof left): readonly string[] =>
		[...from].flatMap(([name, kind]) => {
			const known = there.get(name)?.services.map(one => serviceText(name, one));
			return known === undefined
				? []
				: kind.services.map(one => serviceText(name, one)).filter(text => !known.includes(text));
		});
	return {
		workloads: {
			added: missing(after.workloads, before.workloads),
			gone: missing(before.workloads, after.workloads),
		},
		services: {added: services(right, left), gone: services(left, right)},
	};
}
