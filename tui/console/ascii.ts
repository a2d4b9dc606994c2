import {fitted, type Line, span, textOf, type WidthOf} from '../line.ts';
import type {Box} from './view.ts';

/** What stands for the glyphs of lines that were made for more than ASCII, of the same width. */
const plainly: Readonly<Record<string, string>> = {
	'✓': '+',
	'✗': 'x',
	'»': '>',
	'▸': '>',
	'▾': 'v',
	'▴': '^',
	'◂': '<',
	'≠': '!',
	'…': '~',
	'–': '-',
	'─': '-',
	'’': "'",
	'·': '.',
	'◆': '*',
	'█': '#',
	'▌': '=',
	'▓': '#',
	'▒': '=',
};

/** Whole lines of a box without a character beyond ASCII: known glyphs by their forms, what else a user wrote by `?`. */
export const inAscii = (
	lines: readonly Line[],
	{columns, widthOf}: Pick<Box, 'columns' | 'widthOf'>,
): readonly Line[] =>
	lines.map(line => {
		const plain = line.map(one => (isAscii.test(one.text) ? one : span(toAscii(one.text, widthOf), one.look)));
		if (textOf(plain).length === columns) return plain;
		// What was one character over the border of two spans is two now.
		return fitted(plain, columns, widthOf).map(one => ({...one, text: one.text.replace('…', '~')}));
	});

const isAscii = /^[ -~]*$/;

const toAscii = (text: string, widthOf: WidthOf): string =>
	Array.from(graphemes.segment(text), ({segment}) =>
		isAscii.test(segment) ? segment : (plainly[segment] ?? '?'.repeat(widthOf(segment))),
	).join('');

const graphemes = new Intl.Segmenter();
