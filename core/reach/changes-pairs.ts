// How many pairs of workloads a change is about.
import type {SharedClass} from './changes-classes.ts';

/** Pairs of workloads (source, destination), and workloads paired with addresses that none owns. */
export interface Pairs {
	readonly workloads: number;
	readonly beyond: number;
}

export const noPairs: Pairs = {workloads: 0, beyond: 0};

export const addPairs = (a: Pairs, b: Pairs): Pairs => ({
	workloads: a.workloads + b.workloads,
	beyond: a.beyond + b.beyond,
});

/** Every source with every destination, by numbers of classes; a workload and itself are no pair. */
export function pairsOf(
	sources: readonly number[],
	destinations: readonly number[],
	classes: readonly SharedClass[],
): Pairs {
	const size = (ends: readonly number[]) => ends.reduce((total, at) => total + classes[at]!.members.length, 0);
	const there = new Set(destinations);
	const itself = size(sources.filter(at => there.has(at)));
	const [from, to] = [size(sources), size(destinations)];
	const isBeyond = (at: number): boolean => classes[at]!.beyond !== null;
	return {
		workloads: from * to - itself,
		beyond: (sources.some(isBeyond) ? to : 0) + (destinations.some(isBeyond) ? from : 0),
	};
}
