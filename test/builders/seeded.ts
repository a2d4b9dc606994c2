// Chance by a seed, for tests that can be repeated.

export interface Chance {
	/** An integer of `0..below-1`. */
	below(below: number): number;
	/** True in `share` of all cases, 0..1. */
	often(share: number): boolean;
	/** @throws Error for an empty list */
	pick<T>(list: readonly T[]): T;
	/** Each member with the same chance, in their order. */
	some<T>(list: readonly T[], share: number): readonly T[];
}

/** Mulberry32: the same numbers for the same seed, on every machine. */
export function seeded(seed: number): Chance {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	return {
		below: below => Math.floor(next() * below),
		often: share => next() < share,
		pick: list => {
			if (list.length === 0) throw new Error('nothing to pick from');
			return list[Math.floor(next() * list.length)]!;
		},
		some: (list, share) => list.filter(() => next() < share),
	};
}
