// Suggestions that stay cheap in a file of thousands of wrong words, on a topology of thousands of names.
import {didYouMean, nearest} from './nearest.ts';
import type {Reading} from './reading.ts';

type Words = readonly string[] | ReadonlySet<string> | ReadonlyMap<string, unknown>;

/** Words compared in one reading before the problems are told without suggestions: some tenths of a second. */
const mostComparisons = 200_000;

const tooMany = ({problems}: Pick<Reading, 'problems'>, words: Words): boolean =>
	problems.length * ('size' in words ? words.size : words.length) > mostComparisons;

const listOf = (words: Words): readonly string[] => ('size' in words ? [...words.keys()] : words);

/** `did you mean db?`, else what is known; '' where too many words were wrong already. */
export const suggest = (reading: Pick<Reading, 'problems'>, word: string, words: Words): string =>
	tooMany(reading, words) ? '' : didYouMean(word, [...listOf(words)].sort());

/** `did you mean db?`, else ''. */
export function suggestNear(reading: Pick<Reading, 'problems'>, word: string, words: Words): string {
	const near = tooMany(reading, words) ? undefined : nearest(word, listOf(words));
	return near === undefined ? '' : `did you mean ${near}?`;
}
