import {wrap} from '../../../core/text/lines.ts';
import {type Line, type Look, shown, span} from '../../line.ts';
import type {Box} from '../view.ts';

export interface Paragraph {
	readonly text: string;
	readonly look: Look;
}

/** Sentences on as many lines as they need, a blank before each. */
export const wordsLines = (paragraphs: readonly Paragraph[], {columns}: Pick<Box, 'columns'>): readonly Line[] =>
	paragraphs.flatMap(({text, look}) => wrap(shown(text), columns, 1, 1).map((line): Line => [span(line, look)]));
