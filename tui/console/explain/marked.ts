// Lines of core, painted with marks instead of colours, as spans.
import type {Painter, Style} from '../../../core/text/painter.ts';
import {type Line, type Look, type Span, shown, span} from '../../line.ts';

/** On a wider one a place would stand too far from its rule to be read with it. */
export const widestPage = 120;

const begin = '\u0001';
const end = '\u0002';
const styles: readonly Style[] = ['plain', 'title', 'good', 'bad', 'warn', 'dim'];
const looks: Readonly<Record<Style, Look>> = {
	plain: 'plain',
	title: 'strong',
	good: 'good',
	bad: 'bad',
	warn: 'warn',
	dim: 'dim',
};

/** Puts marks around the text that no user's word has: all of them were made printable before. */
export const marks: Painter = (style, text) => `${begin}${styles.indexOf(style)}${text}${end}`;

/** The line that was painted with `marks`; of marks within marks the inner ones count. */
export function unmarked(line: string): Line {
	const spans: Span[] = [];
	const open: Look[] = ['plain'];
	for (const part of line.split(edges)) {
		if (part === '') continue;
		if (part === end) open.pop();
		else if (part.startsWith(begin)) open.push(looks[styles[Number(part[1])]!]);
		else spans.push(span(shown(part), open.at(-1) ?? 'plain'));
	}
	return spans;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the marks
const edges = /(\u0001\d|\u0002)/;
