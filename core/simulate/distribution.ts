// One figure for each foothold, summed up.

export interface Distribution {
	readonly count: number;
	readonly worst: number;
	readonly median: number;
	readonly p95: number;
	readonly mean: number;
}

/**
 * Of at least one value. The median of an even number is the mean of the two in the middle; the 95th percentile is the
 * smallest value that at least 95 of 100 do not exceed (nearest rank: Hyndman and Fan 1996, definition 1).
 */
export function distribution(values: readonly number[]): Distribution {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length / 2;
	return {
		count: sorted.length,
		worst: sorted.at(-1)!,
		median: (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2,
		p95: sorted[Math.ceil(sorted.length * 0.95) - 1]!,
		mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
	};
}

export interface Bin {
	/** Inclusive, in the unit of the values. */
	readonly first: number;
	readonly last: number;
	readonly count: number;
}

/** How many values lie where, in at most `bins` stretches of equal width from 0 to `highest`. */
export function histogram(values: readonly number[], highest: number, bins: number): readonly Bin[] {
	const width = Math.max(1, Math.ceil((highest + 1) / bins));
	return Array.from({length: Math.ceil((highest + 1) / width)}, (_, at) => {
		const [first, last] = [at * width, Math.min(highest, (at + 1) * width - 1)];
		return {first, last, count: values.filter(value => first <= value && value <= last).length};
	});
}
