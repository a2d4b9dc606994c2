// What the glyphs mean, where the map leaves room for it.
import {type Line, span} from '../../line.ts';
import {glyphs} from '../glyphs.ts';
import {strokes} from './draw-way.ts';
import type {Sheet} from './map-view.ts';
import type {MapPlan} from './plan-map.ts';

/** Writes it into the last rows, if at least one row above it stays blank. */
export function drawLegend({canvas, box, origin, state: {ascii}}: Sheet, {used, rows, columns}: MapPlan): void {
	const lines = wrapped([...glyphWords(ascii), ...wayWords(ascii)], columns - 2, box.widthOf);
	if (rows - used < lines.length + 1) return;
	for (const [at, line] of lines.entries())
		canvas.write(origin.column + 1, origin.row + rows - lines.length + at, line);
}

const glyphWords = (ascii: boolean): readonly Line[] =>
	(['healthy', 'tried', 'pivot', 'compromised', 'jewel', 'lost-jewel', 'quarantined', 'broken'] as const).map(state => {
		const {text, ascii: plain, look, short} = glyphs[state];
		return [span(ascii ? plain : text, look), span(` ${short}`, 'dim')];
	});

const wayWords = (ascii: boolean): readonly Line[] =>
	(['denied', 'allowed', 'fell'] as const).map(result => {
		const {across, heads, look} = strokes[result][ascii ? 'ascii' : 'text'];
		return [span(`${across}${across}${heads[0]!}`, look), span(` ${result}`, 'dim')];
	});

/** As many on each line as it holds. */
function wrapped(words: readonly Line[], columns: number, widthOf: Sheet['box']['widthOf']): readonly Line[] {
	const lines: Line[] = [];
	for (const word of words) {
		const longer = [...(lines.at(-1) ?? []), span('   '), ...word];
		if (lines.length > 0 && widthOf(longer.map(({text}) => text).join('')) <= columns) lines[lines.length - 1] = longer;
		else lines.push(word);
	}
	return lines;
}
