// The whole screen from the state.
import {type Line, span, textOf, type WidthOf} from '../line.ts';
import {drawBorders, type Stroke} from './borders.ts';
import {brokenAtBlanks} from './broken-at-blanks.ts';
import {type Canvas, createCanvas} from './canvas.ts';
import {chosenLine} from './frame/chosen-line.ts';
import {gaugesLine} from './frame/gauges-line.ts';
import {keysLine} from './frame/keys-line.ts';
import {type Layout, layoutOf, leastColumns, leastRows, type Place} from './frame/layout.ts';
import {tabsOf} from './frame/tabs.ts';
import {topWords} from './frame/top-line.ts';
import {drawMap, drawTitles, mapBorders, mapPlan} from './map/map-view.ts';
import {drawOverlay} from './overlay/overlay-box.ts';
import {panes} from './panes/panes.ts';
import type {ConsoleState} from './state.ts';
import {filled} from './view.ts';

/** Exactly `size.rows` lines of `size.columns`. */
export function frame(state: ConsoleState, widthOf: WidthOf): readonly Line[] {
	const {columns, rows} = state.size;
	if (columns < leastColumns || rows < leastRows) return tooSmall(state, widthOf);
	const canvas = createCanvas(columns, rows, widthOf);
	const layout = layoutOf(state, widthOf);
	const {map} = layout;
	const plan = mapPlan(state, map);
	const sheet = {canvas, state, box: map, origin: map};
	if (map.rows > 0) drawMap(sheet, plan);
	const shifted = ({column, row, ...stroke}: Stroke): Stroke => ({
		...stroke,
		column: column + map.column,
		row: row + map.row,
	});
	drawBorders(canvas, [...layout.borders, ...(map.rows > 0 ? mapBorders(plan).map(shifted) : [])], state.ascii);
	if (map.rows > 0) drawTitles(sheet, plan);
	drawWords(canvas, state, layout);
	put(canvas, layout.pane, panes[state.pane](state, layout.pane));
	drawOverlay(canvas, state, widthOf);
	return canvas.lines(state.ascii ? 'ascii' : 'text');
}

function drawWords(canvas: Canvas, state: ConsoleState, {top, gauges, tabs, chosen, keys}: Layout): void {
	const {widthOf} = top;
	const {left, right} = topWords(state, top.columns - 2, widthOf);
	canvas.write(top.column + 1, top.row, left);
	canvas.write(top.column + top.columns - 1 - widthOf(textOf(right)), top.row, right);
	put(canvas, gauges, [gaugesLine(state, gauges)]);
	for (const {column, line} of tabsOf(state, tabs.columns, widthOf)) canvas.write(tabs.column + column, tabs.row, line);
	put(canvas, chosen, [chosenLine(state, chosen)]);
	put(canvas, keys, [keysLine(state, keys)]);
}

function put(canvas: Canvas, place: Place, lines: readonly Line[]): void {
	for (const [at, line] of filled(lines, place).entries()) canvas.write(place.column, place.row + at, line);
}

/** As much as there is room for, the figures first. */
function tooSmall({size: {columns, rows}, ascii}: ConsoleState, widthOf: WidthOf): readonly Line[] {
	const canvas = createCanvas(columns, rows, widthOf);
	const words = `${leastColumns} × ${leastRows} at least, please: this terminal is too small`;
	const lines = brokenAtBlanks(words, Math.max(1, columns - 2), widthOf);
	const top = Math.max(0, Math.floor((rows - lines.length) / 2));
	for (const [at, text] of lines.entries())
		canvas.write(Math.max(0, Math.floor((columns - widthOf(text)) / 2)), top + at, [span(text)]);
	return canvas.lines(ascii ? 'ascii' : 'text');
}
