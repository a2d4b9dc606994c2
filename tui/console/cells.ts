// Lines into the cells of a screen: text by graphemes, looks by the numbers that blessed packs attributes into.
import type {Line, Look, WidthOf} from '../line.ts';
import {graphemesOf, isNarrow} from './graphemes.ts';

/** A row of cells; dirty where something changed since it was drawn. */
export type CellRow = [attribute: number, character: string][] & {dirty: boolean};

export type Attributes = Readonly<Record<Look, number>>;

/** A grapheme of two columns has its cell, and an empty one behind it. */
export function putCells(row: CellRow, line: Line, attributes: Attributes, widthOf: WidthOf): void {
	let x = 0;
	const set = (attribute: number, character: string): void => {
		const cell = row[x++]!;
		if (cell[0] === attribute && cell[1] === character) return;
		cell[0] = attribute;
		cell[1] = character;
		row.dirty = true;
	};
	for (const {text, look} of line) {
		const attribute = attributes[look];
		for (const character of graphemesOf(text)) {
			const width = isNarrow(character) ? 1 : widthOf(character);
			if (width === 0) continue;
			if (x + width > row.length) break;
			set(attribute, character);
			if (width === 2) set(attribute, '');
		}
	}
	while (x < row.length) set(attributes.plain, ' ');
}

/**
 * @param colours - how many the terminal has: 8 have no grey, and less than that are bold and reverse alone
 * @param light - its background is: yellow cannot be read there
 */
export const attributesFor = (colours: number, light: boolean): Attributes =>
	colours < 8
		? plain
		: {
				...coloured,
				...(colours < 16 ? {dim: plain.dim} : {}),
				...(light ? {warn: packed(colours < 256 ? 4 : 130)} : {}),
			};

const none = 0x1ff;
const bold = 1;
const reverse = 8;
/** Flags, foreground and background. */
const packed = (foreground: number, flags = 0): number => (flags << 18) | (foreground << 9) | none;

const coloured: Attributes = {
	plain: packed(none),
	strong: packed(none, bold),
	good: packed(2),
	bad: packed(1, bold),
	warn: packed(3),
	accent: packed(5, bold),
	dim: packed(8),
	chosen: packed(none, reverse),
};
const plain: Attributes = {
	...coloured,
	good: packed(none),
	bad: packed(none, bold),
	warn: packed(none),
	accent: packed(none, bold),
	dim: packed(none),
};
