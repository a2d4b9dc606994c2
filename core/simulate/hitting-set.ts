// The fewest elements of which every set of a family has one. It is NP-hard (Karp 1972, problem 15), and small here.

export interface Hit {
	/** Sorted by cost, then as text. */
	readonly elements: readonly string[];
	/** True where none smaller exists; else `atLeast` is a bound from below. */
	readonly smallest: boolean;
	readonly atLeast: number;
}

export interface HittingLimits {
	/** Beyond so many elements the search is not exact. */
	readonly most: number;
	/** Branches to look at before it gives up being exact. */
	readonly branches: number;
	/** What taking an element costs: of equally many, cheap ones are tried first. */
	readonly cost: (element: string) => number;
}

/** Exact by branch and bound, one size after the other; else by the element that hits most. Null where a set is empty. */
export function hittingSet(family: readonly ReadonlySet<string>[], limits: HittingLimits): Hit | null {
	if (family.some(set => set.size === 0)) return null;
	const sets = family.map(set => [...set].sort((a, b) => limits.cost(a) - limits.cost(b) || (a < b ? -1 : 1)));
	const atLeast = disjoint(sets);
	const left = {branches: limits.branches};
	for (let size = atLeast; size <= limits.most; size++) {
		const found = search(sets, size, left);
		if (found === 'given up') return {elements: greedy(sets), smallest: false, atLeast: size};
		if (found !== null) return {elements: found.sort(), smallest: true, atLeast: size};
	}
	return {elements: greedy(sets), smallest: false, atLeast: limits.most + 1};
}

/** So many sets share nothing with one another: each needs an element of its own. */
function disjoint(sets: readonly (readonly string[])[]): number {
	const used = new Set<string>();
	let count = 0;
	for (const set of sets.toSorted((a, b) => a.length - b.length)) {
		if (set.some(element => used.has(element))) continue;
		for (const element of set) used.add(element);
		count++;
	}
	return count;
}

function search(
	sets: readonly (readonly string[])[],
	size: number,
	left: {branches: number},
): string[] | null | 'given up' {
	if (sets.length === 0) return [];
	if (disjoint(sets) > size) return null;
	if (left.branches-- <= 0) return 'given up';
	const smallest = sets.reduce((best, set) => (set.length < best.length ? set : best));
	for (const element of smallest) {
		const rest = search(
			sets.filter(set => !set.includes(element)),
			size - 1,
			left,
		);
		if (rest === 'given up') return rest;
		if (rest !== null) return [element, ...rest];
	}
	return null;
}

function greedy(sets: readonly (readonly string[])[]): string[] {
	const chosen: string[] = [];
	for (let rest = sets; rest.length > 0; ) {
		const hits = new Map<string, number>();
		for (const set of rest) for (const element of set) hits.set(element, (hits.get(element) ?? 0) + 1);
		const [best] = [...hits].reduce((most, each) => (each[1] > most[1] ? each : most));
		chosen.push(best);
		rest = rest.filter(set => !set.includes(best));
	}
	return chosen.sort();
}
