// How sure a figure of many runs is.

/** Both ends of an interval that covers the truth in 95 of 100 experiments. */
export interface Interval {
	readonly low: number;
	readonly high: number;
}

/** The 97.5th percentile of the normal distribution. */
const z = 1.959963984540054;

/**
 * Of a share, from `hits` in `runs` > 0 trials: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n), which also holds near
 * 0 and 1. Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference", JASA 22.
 */
export function wilson(hits: number, runs: number): Interval {
	const share = hits / runs;
	const centre = share + z ** 2 / (2 * runs);
	const spread = z * Math.sqrt((share * (1 - share)) / runs + z ** 2 / (4 * runs ** 2));
	const scale = 1 + z ** 2 / runs;
	return {
		low: hits === 0 ? 0 : (centre - spread) / scale,
		high: hits === runs ? 1 : (centre + spread) / scale,
	};
}

export interface MeanEstimate extends Interval {
	readonly mean: number;
}

/**
 * Of a mean: m ± z·s/√n, with s² = Σ(x−m)² ÷ (n−1), by the central limit theorem; n is hundreds here. With one value the
 * interval is that value. Source: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.2.
 *
 * @param values - at least one
 */
export function meanEstimate(values: readonly number[]): MeanEstimate {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	const half = values.length < 2 ? 0 : z * Math.sqrt(squares / (values.length - 1) / values.length);
	return {mean, low: mean - half, high: mean + half};
}
