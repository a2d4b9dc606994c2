// Sets of numbers by the words that are not empty: most sets of destinations that a rule means are small.
import {type Bits, dropBits, noBits} from '../policy/bits.ts';

/** Words of a set, ascending by their places; none of them is 0. */
export interface Words {
	readonly at: readonly number[];
	readonly words: readonly number[];
}

/** A set in both forms. */
export interface Indexed extends Words {
	readonly bits: Bits;
}

export function indexed(bits: Bits): Indexed {
	const [at, words]: [number[], number[]] = [[], []];
	for (let place = 0; place < bits.length; place++) push(at, words, place, bits[place]!);
	return {bits, at, words};
}

/** What is in all of them. */
export function within(set: Words, ...others: readonly Bits[]): Words {
	const [at, words]: [number[], number[]] = [[], []];
	for (let place = 0; place < set.at.length; place++) {
		let word = set.words[place]!;
		for (const bits of others) word &= bits[set.at[place]!]!;
		push(at, words, set.at[place]!, word);
	}
	return {at, words};
}

/** What is in the first and, as `keep` says, in the other or not in it. */
function merged(one: Words, other: Words, keep: 'both' | 'first alone'): Words {
	const [at, words]: [number[], number[]] = [[], []];
	let far = 0;
	for (let near = 0; near < one.at.length; near++) {
		const place = one.at[near]!;
		while (far < other.at.length && other.at[far]! < place) far++;
		const its = far < other.at.length && other.at[far] === place ? other.words[far]! : 0;
		push(at, words, place, one.words[near]! & (keep === 'both' ? its : ~its));
	}
	return {at, words};
}

export const shared = (one: Words, other: Words): Words => merged(one, other, 'both');

export const apart = (one: Words, other: Words): Words => merged(one, other, 'first alone');

/** Takes what is in a set out of `bits`, into `taken`, which is empty. */
export function takeOut(bits: Bits, {at, words}: Words, taken: Bits): Bits {
	for (let near = 0; near < at.length; near++) {
		const place = at[near]!;
		taken[place] = bits[place]! & words[near]!;
		bits[place]! &= ~words[near]!;
	}
	return taken;
}

/** Sets to use again: there are a few dozen at a time, and millions one after the other. */
export interface SetPool {
	/** An empty set. */
	take(): Bits;
	/** The same as another. */
	takeAs(bits: Bits): Bits;
	/** Back, by whoever took it. */
	give(bits: Bits): void;
}

export function setPool(size: number): SetPool {
	const free: Bits[] = [];
	return {
		take: () => free.pop()?.fill(0) ?? noBits(size),
		takeAs(bits) {
			const copy = free.pop() ?? noBits(size);
			copy.set(bits);
			return copy;
		},
		give: bits => void free.push(bits),
	};
}

export function without(one: Bits, other: Bits): Bits {
	const rest = one.slice();
	dropBits(rest, other);
	return rest;
}

export function meets(bits: Bits, {at, words}: Words): boolean {
	for (let near = 0; near < at.length; near++) if ((bits[at[near]!]! & words[near]!) !== 0) return true;
	return false;
}

function push(at: number[], words: number[], place: number, word: number): void {
	if (word === 0) return;
	at.push(place);
	words.push(word);
}
