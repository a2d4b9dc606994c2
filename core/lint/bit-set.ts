// Sets of ends as bits, so that what a rule means is compared for thousands of ends at once.

/** Bit n is member n; all sets that meet have the same number of words. */
export type BitSet = Uint32Array;

export const bitSet = (size: number, members: Iterable<number> = []): BitSet => {
	const set = new Uint32Array((size + 31) >>> 5);
	for (const member of members) addBit(set, member);
	return set;
};

export const addBit = (set: BitSet, member: number): void => {
	set[member >>> 5]! |= 1 << (member & 31);
};

export const hasBit = (set: BitSet, member: number): boolean => ((set[member >>> 5]! >>> (member & 31)) & 1) === 1;

// Loops, since these are asked millions of times and a callback a word is most of their cost.

export function bothBits(a: BitSet, b: BitSet): BitSet {
	const set = new Uint32Array(a.length);
	for (let at = 0; at < a.length; at++) set[at] = a[at]! & b[at]!;
	return set;
}

export function eitherBits(a: BitSet, b: BitSet): BitSet {
	const set = new Uint32Array(a.length);
	for (let at = 0; at < a.length; at++) set[at] = a[at]! | b[at]!;
	return set;
}

/** What is in `a` and not in `b`. */
export function withoutBits(a: BitSet, b: BitSet): BitSet {
	const set = new Uint32Array(a.length);
	for (let at = 0; at < a.length; at++) set[at] = a[at]! & ~b[at]!;
	return set;
}

/** As `bothBits`, where nothing of `b` lies outside the span. */
export function bothWithin(a: BitSet, b: BitSet, {first, last}: Span): BitSet {
	const set = new Uint32Array(a.length);
	for (let at = first; at <= last; at++) set[at] = a[at]! & b[at]!;
	return set;
}

/** As `withoutBits`, where nothing of `b` lies outside the span. */
export function withoutWithin(a: BitSet, b: BitSet, {first, last}: Span): BitSet {
	const set = a.slice();
	for (let at = first; at <= last; at++) set[at] = a[at]! & ~b[at]!;
	return set;
}

export function isNone(set: BitSet): boolean {
	for (let at = 0; at < set.length; at++) if (set[at] !== 0) return false;
	return true;
}

export function meet(a: BitSet, b: BitSet, {first, last}: Span = {first: 0, last: a.length - 1}): boolean {
	for (let at = first; at <= last; at++) if ((a[at]! & b[at]!) !== 0) return true;
	return false;
}

/** Numbers of the first and the last word that hold a member; the last is before the first where none does. */
export interface Span {
	readonly first: number;
	readonly last: number;
}

export const spanOf = (set: BitSet): Span => ({
	first: set.findIndex(word => word !== 0),
	last: set.findLastIndex(word => word !== 0),
});

export function countBits(set: BitSet): number {
	let count = 0;
	for (let word of set) for (; word !== 0; word &= word - 1) count++;
	return count;
}

/** Members in their order. */
export function* membersOf(set: BitSet): Generator<number> {
	for (let at = 0; at < set.length; at++)
		for (let word = set[at]!; word !== 0; word &= word - 1) yield at * 32 + 31 - Math.clz32(word & -word);
}
