/** A copy in an order that follows from the seed: Fisher and Yates with mulberry32 (32 bits of state). */
export function shuffled<T>(list: readonly T[], seed: number): readonly T[] {
	const copy = [...list];
	let state = seed | 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	for (let at = copy.length - 1; at > 0; at--) {
		const other = Math.floor(next() * (at + 1));
		[copy[at], copy[other]] = [copy[other]!, copy[at]!];
	}
	return copy;
}
