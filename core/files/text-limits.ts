// What is refused before a parser sees it: files that are too big, not text, or nested so deep that a parser hangs on them.
import type {Place, Problem} from '../model/problem.ts';

/** Characters that a file may have, and levels that brackets and `- - -` may nest. */
export const textLimits = {characters: 1_000_000, depth: 64} as const;

/** The first reason not to parse `text`, or undefined where there is none. Linear in its length, with no recursion. */
export function checkText(file: string, text: string): Problem | undefined {
	if (text.length > textLimits.characters)
		return {
			where: {file, line: 1, column: 1},
			what: `the file has ${(text.length / 1e6).toFixed(1)} MB, the limit is ${textLimits.characters / 1e6} MB`,
			mend: 'use `replicas`, or split it: a rehearsal may name several files',
		};
	const binary = text.search(unprintable);
	if (binary >= 0)
		return {
			where: placeAt(file, text, binary),
			what: `this is not text: character U+${text.charCodeAt(binary).toString(16).toUpperCase().padStart(4, '0')}`,
			mend: 'save the file as UTF-8 without control characters',
		};
	const deep = firstTooDeep(text);
	if (deep < 0) return undefined;
	return {
		where: placeAt(file, text, deep),
		what: `nested more than ${textLimits.depth} levels deep`,
		mend: 'is a closing bracket missing?',
	};
}

/** YAML 1.2 section 5.1 without NEL; U+FFFD is what reading bytes that are not UTF-8 leaves behind. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is its purpose
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0080-\u009f\ufffd\ufffe\uffff]/;

/**
 * Offset of the bracket or dash that opens one level too many, or -1. Brackets in quotes and comments count too: no
 * file of ours has 64 of them open.
 */
function firstTooDeep(text: string): number {
	let brackets = 0;
	let dashes = 0;
	for (let at = 0; at < text.length; at++) {
		const character = text.charCodeAt(at);
		if (character === 0x5b || character === 0x7b) brackets++;
		else if ((character === 0x5d || character === 0x7d) && brackets > 0) brackets--;
		if (character === 0x2d || character === 0x3f) dashes++;
		else if (character !== 0x20) dashes = 0;
		if (brackets > textLimits.depth) return at;
		// A run of dashes without blanks is one word, such as a `----` ruler in a comment.
		if (dashes > textLimits.depth && text[at - 1] === ' ') return at;
	}
	return -1;
}

/** Place of the character at `offset`; lines end at \n, as in the yaml library. */
function placeAt(file: string, text: string, offset: number): Place {
	const before = text.slice(0, offset);
	return {file, line: before.split('\n').length, column: offset - before.lastIndexOf('\n')};
}
