// Sets of small numbers as words of 32 bits.

/** Bit n is bit `n & 31` of word `n >>> 5`; bits beyond the size of the set are 0. */
export type Bits = Int32Array;

/** The empty set of numbers below `size`. */
export const noBits = (size: number): Bits => new Int32Array((size + 31) >>> 5);

/** All numbers below `size`. */
export function everyBit(size: number): Bits {
	const bits = noBits(size).fill(-1);
	if ((size & 31) !== 0) bits[bits.length - 1] = (1 << (size & 31)) - 1;
	return bits;
}

export function bitsWhere(size: number, holds: (at: number) => boolean): Bits {
	const bits = noBits(size);
	for (let at = 0; at < size; at++) if (holds(at)) setBit(bits, at);
	return bits;
}

export const setBit = (bits: Bits, at: number): void => void (bits[at >>> 5]! |= 1 << (at & 31));

export const hasBit = (bits: Bits, at: number): boolean => ((bits[at >>> 5]! >>> (at & 31)) & 1) === 1;

/** Adds what is in `other`. */
export function addBits(bits: Bits, other: Bits): void {
	for (let at = 0; at < bits.length; at++) bits[at]! |= other[at]!;
}

/** Keeps what is in `other` too. */
export function keepBits(bits: Bits, other: Bits): void {
	for (let at = 0; at < bits.length; at++) bits[at]! &= other[at]!;
}

/** Takes away what is in `other`. */
export function dropBits(bits: Bits, other: Bits): void {
	for (let at = 0; at < bits.length; at++) bits[at]! &= ~other[at]!;
}

/** Calls `visit` with each number of the set, ascending. */
export function eachBit(bits: Bits, visit: (at: number) => void): void {
	for (let word = 0; word < bits.length; word++)
		for (let rest = bits[word]!; rest !== 0; rest &= rest - 1) visit((word << 5) + lowestBit(rest));
}

/** Place of the lowest bit of a word that is not 0. */
export const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);
