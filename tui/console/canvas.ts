// A sheet that several write on: text first, and then what only runs where nothing stands.

import {asciiForm} from '../ascii-form.ts';
import {type Line, type Look, type Span, span, type WidthOf} from '../line.ts';
import {graphemesOf, isNarrow} from './graphemes.ts';

export interface Canvas {
	/** Writes from there to the right; what leaves the sheet is left out. */
	write(column: number, row: number, line: Line): void;
	/** Writes one character where the sheet is blank, and tells whether it did. */
	draw(column: number, row: number, text: string, look: Look): boolean;
	/** Blanks so many columns and rows from there. */
	wipe(column: number, row: number, columns: number, rows: number): void;
	/** As many as the sheet has rows, each as wide as it is; `ascii` without a character beyond that. */
	lines(form?: 'text' | 'ascii'): readonly Line[];
}

interface Row {
	/** Graphemes; empty behind one of two columns. */
	readonly texts: string[];
	readonly looks: Look[];
}

export function createCanvas(columns: number, rows: number, widthOf: WidthOf): Canvas {
	const sheet: Row[] = Array.from({length: Math.max(0, rows)}, () => ({
		texts: new Array<string>(Math.max(0, columns)).fill(' '),
		looks: new Array<Look>(Math.max(0, columns)).fill('plain'),
	}));
	return {
		write(column, row, line) {
			const target = sheet[row];
			if (target === undefined) return;
			let at = column;
			for (const {text, look} of line) {
				for (const segment of graphemesOf(text)) {
					const width = isNarrow(segment) ? 1 : widthOf(segment);
					if (width === 0) continue;
					if (at + width > target.texts.length) return;
					if (at >= 0) {
						// Of what takes more than two columns no two terminals think alike.
						put(target, at, width > 2 ? '?' : segment, look);
						for (let more = 1; more < width; more++) put(target, at + more, width > 2 ? ' ' : '', look, false);
					}
					at += width;
				}
			}
		},
		draw(column, row, text, look) {
			const target = sheet[row];
			if (target?.texts[column] !== ' ') return false;
			put(target, column, text, look);
			return true;
		},
		wipe(column, row, width, height) {
			for (const target of sheet.slice(Math.max(0, row), Math.max(0, row + height)))
				for (let at = Math.max(0, column); at < Math.min(columns, column + width); at++) put(target, at, ' ', 'plain');
		},
		lines: form => sheet.map(row => spansOf(form === 'ascii' ? {...row, texts: row.texts.map(asciiCell)} : row)),
	};
}

/** What is left of a grapheme of two columns, half of which is written over, is a blank. */
function put({texts, looks}: Row, at: number, text: string, look: Look, first = true): void {
	if (first && texts[at] === '' && at > 0) texts[at - 1] = ' ';
	if (texts[at + 1] === '') texts[at + 1] = ' ';
	texts[at] = text;
	looks[at] = look;
}

/** As wide as it was: behind a grapheme of two columns stands a blank. */
const asciiCell = (text: string): string => (text === '' ? ' ' : isAscii.test(text) ? text : asciiForm(text));
const isAscii = /^[ -~]$/;

function spansOf({texts, looks}: Row): Line {
	if (texts.length === 0) return [];
	const spans: Span[] = [];
	let [text, look] = [texts[0]!, looks[0]!];
	for (let at = 1; at < texts.length; at++) {
		if (looks[at] === look) text += texts[at]!;
		else {
			spans.push(span(text, look));
			[text, look] = [texts[at]!, looks[at]!];
		}
	}
	return [...spans, span(text, look)];
}
