// A sheet that several write on: text first, and then what only runs where nothing stands.
import {type Line, type Look, type Span, span, type WidthOf} from '../line.ts';

interface Cell {
	/** A grapheme; empty behind one of two columns. */
	text: string;
	look: Look;
}

export interface Canvas {
	/** Writes from there to the right; what leaves the sheet is left out. */
	write(column: number, row: number, line: Line): void;
	/** Writes one character where the sheet is blank, and tells whether it did. */
	draw(column: number, row: number, text: string, look: Look): boolean;
	/** Blanks so many columns and rows from there. */
	wipe(column: number, row: number, columns: number, rows: number): void;
	lines(): readonly Line[];
}

export function createCanvas(columns: number, rows: number, widthOf: WidthOf): Canvas {
	const cells: Cell[][] = Array.from({length: Math.max(0, rows)}, () =>
		Array.from({length: Math.max(0, columns)}, () => ({text: ' ', look: 'plain' as const})),
	);
	return {
		write(column, row, line) {
			const target = cells[row];
			if (target === undefined) return;
			let at = column;
			for (const {text, look} of line) {
				for (const segment of graphemesOf(text)) {
					const width = segment.length === 1 && segment <= '~' ? 1 : widthOf(segment);
					if (width === 0) continue;
					if (at < 0 || at + width > target.length) return;
					target[at++] = {text: segment, look};
					if (width === 2) target[at++] = {text: '', look};
				}
			}
		},
		draw(column, row, text, look) {
			const cell = cells[row]?.[column];
			if (cell === undefined || cell.text !== ' ') return false;
			[cell.text, cell.look] = [text, look];
			return true;
		},
		wipe(column, row, width, height) {
			for (const line of cells.slice(Math.max(0, row), Math.max(0, row + height)))
				for (let at = Math.max(0, column); at < Math.min(line.length, column + width); at++)
					line[at] = {text: ' ', look: 'plain'};
		},
		lines: () => cells.map(spansOf),
	};
}

const graphemes = new Intl.Segmenter();
/** No two of these make one grapheme. */
const single = /^[ -~\u00b7\u00d7\u2013\u2016\u2026\u2500-\u25ff\u2713\u2715\u2717]*$/;
const graphemesOf = (text: string): Iterable<string> =>
	single.test(text) ? text : Array.from(graphemes.segment(text), ({segment}) => segment);

function spansOf(row: readonly Cell[]): Line {
	const spans: Span[] = [];
	let [text, look]: [string, Look] = ['', 'plain'];
	for (const cell of row) {
		if (cell.look !== look && text !== '') {
			spans.push(span(text, look));
			text = '';
		}
		look = cell.look;
		text += cell.text;
	}
	return text === '' ? spans : [...spans, span(text, look)];
}
