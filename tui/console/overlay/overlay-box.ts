// What lies over the screen for a moment, and how large it is.
import {type Line, span, textOf, type WidthOf} from '../../line.ts';
import {across, down, drawBorders} from '../borders.ts';
import type {Canvas} from '../canvas.ts';
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
	const {columns, rows} = state.size;
	const sheet = sheetOf(state, {columns: columns - 6, rows: rows - 4, widthOf});
	if (sheet === null) return;
	const [width, height] = [Math.min(columns - 6, sheet.columns), Math.min(rows - 4, sheet.rows)];
	const [left, top] = [Math.floor((columns - width) / 2) - 1, Math.floor((rows - height) / 2) - 1];
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
	const lines = sheet.view(state, {columns: width, rows: height, widthOf});
	for (const [at, line] of lines.entries()) canvas.write(left + 1, top + 1 + at, line);
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
