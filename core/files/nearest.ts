// The nearest known word to one that was misspelt, for every message that says `did you mean`.
import {printable} from './wording.ts';

const longestWord = 64;
const listed = 8;

/**
 * The known word that `word` was most likely meant to be, or undefined when none is near. Near is at most one edit for
 * every three characters, and one for short words; a swap of neighbours is one edit; upper and lower case count as equal.
 * Among equally near ones the first in the alphabet. Words over 64 characters have no neighbours.
 *
 * Source: Damerau 1964, as optimal string alignment.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
	if (word.length > longestWord) return undefined;
	const limit = Math.max(1, Math.floor(word.length / 3));
	const lower = word.toLowerCase();
	let best: string | undefined;
	let bestDistance = limit + 1;
	for (const candidate of known) {
		if (candidate.length > longestWord || Math.abs(candidate.length - word.length) > limit) continue;
		const distance = edits(lower, candidate.toLowerCase(), bestDistance);
		if (distance >= Math.max(word.length, candidate.length)) continue;
		if (distance < bestDistance || (distance === bestDistance && best !== undefined && candidate < best)) {
			best = candidate;
			bestDistance = distance;
		}
	}
	return best;
}

/**
 * What to tell someone who wrote `word` where one of `known` was wanted: `did you mean db?`, else what is known, at most
 * eight of them: `known: http, ssh`, else (nothing is known) ''.
 */
export function didYouMean(word: string, known: Iterable<string>): string {
	const words = [...new Set(known)];
	const near = nearest(word, words);
	if (near !== undefined) return `did you mean ${printable(near)}?`;
	if (words.length === 0) return '';
	const rest = words.length - listed;
	return `known: ${printable(words.slice(0, listed).join(', '))}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Three rows of the table of distances, reused from word to word. */
const rows = [0, 1, 2].map(() => new Uint8Array(longestWord + 1));

/** Insertions, deletions, substitutions and swaps of neighbours that make `a` into `b`; more than `most` where it is more. */
function edits(a: string, b: string, most: number): number {
	let [twoAbove, above, line] = rows as [Uint8Array, Uint8Array, Uint8Array];
	for (let column = 0; column <= b.length; column++) above[column] = column;
	let leastAbove = 0;
	for (let row = 1; row <= a.length; row++) {
		let leastHere = (line[0] = row);
		for (let column = 1; column <= b.length; column++) {
			const same = a.charCodeAt(row - 1) === b.charCodeAt(column - 1);
			let least = Math.min(above[column]! + 1, line[column - 1]! + 1, above[column - 1]! + (same ? 0 : 1));
			if (row > 1 && column > 1 && isSwap(a, b, row, column)) least = Math.min(least, twoAbove[column - 2]! + 1);
			line[column] = least;
			if (least < leastHere) leastHere = least;
		}
		// A swap reaches back two rows, so one row beyond the limit proves nothing.
		if (leastHere > most && leastAbove > most) return leastHere;
		leastAbove = leastHere;
		[twoAbove, above, line] = [above, line, twoAbove];
	}
	return above[b.length]!;
}

const isSwap = (a: string, b: string, row: number, column: number): boolean =>
	a.charCodeAt(row - 1) === b.charCodeAt(column - 2) && a.charCodeAt(row - 2) === b.charCodeAt(column - 1);
