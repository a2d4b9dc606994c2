import {type Line, span, type WidthOf} from '../line.ts';
import {rememberedWidths} from '../width-of.ts';
import {asciiForm} from './ascii-form.ts';
import type {ConsoleState} from './state.ts';

/** Lines without a character beyond ASCII, of the same widths, where the terminal shows no others. */
export const inAscii = ({ascii}: Pick<ConsoleState, 'ascii'>, lines: readonly Line[]): readonly Line[] =>
	ascii ? lines.map(line => line.map(one => (isAscii.test(one.text) ? one : span(plain(one.text), one.look)))) : lines;

const isAscii = /^[ -~]*$/;
const widthOf: WidthOf = rememberedWidths();
const graphemes = new Intl.Segmenter();

const plain = (text: string): string =>
	Array.from(graphemes.segment(text), ({segment}) => {
		if (isAscii.test(segment)) return segment;
		const form = asciiForm(segment);
		return form === '?' ? '?'.repeat(widthOf(segment)) : form;
	}).join('');
