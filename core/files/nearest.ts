// The nearest known word to one that was misspelt, for every message that says `did you mean`.

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
	let best: string | undefined;
	let bestDistance = limit + 1;
	for (const candidate of known) {
		if (candidate.length > longestWord || Math.abs(candidate.length - word.length) > limit) continue;
		const distance = edits(word.toLowerCase(), candidate.toLowerCase());
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
	if (near !== undefined) return `did you mean ${near}?`;
	if (words.length === 0) return '';
	const rest = words.length - listed;
	return `known: ${words.slice(0, listed).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Insertions, deletions, substitutions and swaps of neighbours that make `a` into `b`. */
function edits(a: string, b: string): number {
	let twoAbove: number[] = [];
	let above = Array.from({length: b.length + 1}, (_, column) => column);
	for (let row = 1; row <= a.length; row++) {
		const line = [row];
		for (let column = 1; column <= b.length; column++) {
			const same = a[row - 1] === b[column - 1];
			let least = Math.min(above[column]! + 1, line[column - 1]! + 1, above[column - 1]! + (same ? 0 : 1));
			const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
			if (swapped) least = Math.min(least, twoAbove[column - 2]! + 1);
			line.push(least);
		}
		twoAbove = above;
		above = line;
	}
	return above[b.length]!;
}
