// What lies over the screen for a moment, and how large it is.
import {type Line, span, textOf, type WidthOf} from '../../line.ts';
import {across, down, drawBorders} from '../borders.ts';
import type {Canvas} from '../canvas.ts';
import type {Place} from '../frame/layout.ts';
import {paletteView} from '../palette/palette-view.ts';
import type {ConsoleState} from '../state.ts';
import {type Box, filled, type View} from '../view.ts';
import {askLines} from './ask-lines.ts';
import {chooseLines} from './choose-lines.ts';
import {filterLines} from './filter-lines.ts';
import {helpView} from './help-view.ts';

interface Sheet {
	readonly title: string;
	readonly columns: number;
	readonly rows: number;
	readonly view: View;
}

const widestHelp = 96;
const widestBox = 84;
const paletteRows = 14;

/** Draws the state's overlay in the middle of the screen, if it has one. */
export function drawOverlay(canvas: Canvas, state: ConsoleState, widthOf: WidthOf): void {
	const laid = laidOut(state, widthOf);
	if (laid === null) return;
	const {sheet, place} = laid;
	const [left, top, width, height] = [place.column - 1, place.row - 1, place.columns, place.rows];
	canvas.wipe(left - 1, top, width + 4, height + 2);
	drawBorders(
		canvas,
		[
			...[across(left, top, width + 2), across(left, top + height + 1, width + 2)],
			...[down(left, top, height + 2), down(left + width + 1, top, height + 2)],
		],
		state.ascii,
	);
	canvas.write(left + 2, top, [span(` ${sheet.title} `, 'strong')]);
	for (const [at, line] of sheet.view(state, place).entries()) canvas.write(place.column, place.row + at, line);
}

/** Where the lines of the state's overlay stand; null where it has none. */
export const overlayPlace = (state: ConsoleState, widthOf: WidthOf): Place | null =>
	laidOut(state, widthOf)?.place ?? null;

function laidOut(state: ConsoleState, widthOf: WidthOf): {readonly sheet: Sheet; readonly place: Place} | null {
	const {columns, rows} = state.size;
	const sheet = sheetOf(state, {columns: columns - 6, rows: rows - 4, widthOf});
	if (sheet === null) return null;
	const [width, height] = [Math.min(columns - 6, sheet.columns), Math.min(rows - 4, sheet.rows)];
	const [column, row] = [Math.floor((columns - width) / 2), Math.floor((rows - height) / 2)];
	return {sheet, place: {column, row, columns: width, rows: height, widthOf}};
}

function sheetOf(state: ConsoleState, most: Box): Sheet | null {
	switch (state.overlay.kind) {
		case 'none':
			return null;
		case 'help':
			return {title: 'help', columns: widestHelp, rows: most.rows, view: helpView};
		case 'palette':
			return {title: 'command', columns: widestBox, rows: paletteRows, view: paletteView};
		case 'filter':
			return sized('filter the flows', filterLines(state, state.overlay.text), most);
		case 'choose':
			return sized(titles[state.overlay.what], chooseLines(state, state.overlay, most), most);
		case 'ask':
			return sized('really?', askLines(state.overlay.question, most), most);
		default:
			return state.overlay satisfies never;
	}
}

const titles = {scenario: 'which scenario', foothold: 'from where', candidate: 'which policy'} as const;

/** A box that is as wide as its lines. */
const sized = (title: string, lines: readonly Line[], {widthOf}: Box): Sheet => ({
	title,
	columns: Math.min(widestBox, Math.max(40, ...lines.map(line => widthOf(textOf(line)) + 1))),
	rows: lines.length,
	view: (_, box) => filled(lines, box),
});
