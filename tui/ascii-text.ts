// Text without a character beyond ASCII, of the same width, for where no others are shown.
import {asciiForm} from './ascii-form.ts';
import type {WidthOf} from './line.ts';
import {rememberedWidths} from './width-of.ts';

/** What moves a cursor or paints stays as it is. */
export const asciiText = (text: string): string =>
	isAscii.test(text)
		? text
		: Array.from(graphemes.segment(text), ({segment}) => {
				if (isAscii.test(segment)) return segment;
				const form = asciiForm(segment);
				return form === '?' ? '?'.repeat(widthOf(segment)) : form;
			}).join('');

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are ASCII
const isAscii = /^[\u0000-\u007f]*$/;
const widthOf: WidthOf = rememberedWidths();
const graphemes = new Intl.Segmenter();
