// A word of the user inside a sentence of ours.
import {quote} from './wording.ts';

/** `word` as it is where it can be taken for nothing else, in quotes and escaped where it has blanks or odd characters. */
export const plainWord = (word: string): string => (/^[\w.@/:-]{1,60}$/.test(word) ? word : quote(word));
