// What the glyphs of the map mean, for where it leaves room.

import {glyphs} from '../../glyphs.ts';
import {type Line, span, textOf, type WidthOf} from '../../line.ts';
import {strokes} from './draw-way.ts';

/** As many on each line as it holds; as many lines in ASCII. */
export function legendLines(columns: number, ascii: boolean, widthOf: WidthOf): readonly Line[] {
	const lines: Line[] = [];
	for (const word of [...glyphWords(ascii), ...wayWords(ascii)]) {
		const longer = [...(lines.at(-1) ?? []), span('   '), ...word];
		if (lines.length > 0 && widthOf(textOf(longer)) <= columns - 2) lines[lines.length - 1] = longer;
		else lines.push(word);
	}
	return lines;
}

const told = ['healthy', 'tried', 'pivot', 'compromised', 'jewel', 'lost-jewel', 'quarantined', 'broken'] as const;

const glyphWords = (ascii: boolean): readonly Line[] =>
	told.map(state => {
		const {text, ascii: plain, look, short} = glyphs[state];
		return [span(ascii ? plain : text, look), span(` ${short}`, 'dim')];
	});

const wayWords = (ascii: boolean): readonly Line[] =>
	(['denied', 'allowed', 'fell'] as const).map(result => {
		const {across, heads, look} = strokes[result][ascii ? 'ascii' : 'text'];
		return [span(`${across}${across}${heads[0]!}`, look), span(` ${result}`, 'dim')];
	});
