// The map: each workload a cell that shows its state, attempts drawn along their ways.

import {type CellState, glyphs} from '../../glyphs.ts';
import {clip, type Line, type Look, shown, span} from '../../line.ts';
import {across, down, drawBorders, type Stroke} from '../borders.ts';
import {type Canvas, createCanvas} from '../canvas.ts';
import type {ConsoleState} from '../state.ts';
import type {Box} from '../view.ts';
import {attemptMs} from '../world/fold-attack.ts';
import type {Attempt} from '../world/world.ts';
import {cellState, severity} from './cell-state.ts';
import {drawWay} from './draw-way.ts';
import {legendLines} from './legend-lines.ts';
import {type MapPlan, planMap, type Row, type Spot} from './plan-map.ts';
import {servicesNote} from './services-note.ts';
import {wayBetween} from './way.ts';

/** Ways drawn at once, the newest. */
const mostWays = 6;

/** What the map is drawn on. */
export interface Sheet {
	readonly canvas: Canvas;
	readonly state: ConsoleState;
	readonly box: Box;
	/** Where the map's box begins on the canvas. */
	readonly origin: {readonly column: number; readonly row: number};
}

/** The plan of the state's map in that box: where the mouse finds what it points at. */
export const mapPlan = ({world, opened, zoom}: ConsoleState, {columns, rows, widthOf}: Box): MapPlan =>
	planMap({topology: world.rehearsal.topology, columns, rows, widthOf, opened, zoom});

export function mapView(state: ConsoleState, box: Box): readonly Line[] {
	const sheet = {canvas: createCanvas(box.columns, box.rows, box.widthOf), state, box, origin: {column: 0, row: 0}};
	const plan = mapPlan(state, box);
	drawMap(sheet, plan);
	drawBorders(sheet.canvas, mapBorders(plan), state.ascii);
	drawTitles(sheet, plan);
	return sheet.canvas.lines();
}

/** The lines between areas. They reach one cell beyond the box on each side, where they meet the lines around it. */
export const mapBorders = ({columns, rows, areas, legend}: MapPlan): readonly Stroke[] => [
	across(-1, 0, columns + 2),
	...(legend === null ? [] : [across(-1, legend, columns + 2)]),
	...areas.flatMap(({column, row, height}) =>
		column === 0 ? [across(-1, row, columns + 2)] : [down(column - 1, row, Math.min(height + 2, rows - row + 1))],
	),
];

/** What lies between the borders. These come afterwards, so that ways may cross them, and the titles last. */
export function drawMap(sheet: Sheet, plan: MapPlan): void {
	const {canvas, state, box, origin} = sheet;
	const held = plan.areas.flatMap(({spots}) => spots).find(spot => isChosen(state, spot));
	for (const area of plan.areas) {
		for (const row of area.rows) writeRow(sheet, row, held?.workloads[0]?.kind);
		for (const spot of area.spots) writeSpot(sheet, spot);
	}
	if (plan.areas.length === 0) return;
	drawAttempts(sheet, plan);
	for (const area of plan.areas)
		for (const spot of area.spots) if (!spot.folded && isChosen(state, spot)) bracket(sheet, spot);
	if (plan.legend === null) return;
	for (const [at, line] of legendLines(plan.columns, state.ascii, box.widthOf).entries())
		canvas.write(origin.column + 1, origin.row + plan.legend + 1 + at, line);
}

/** The names of the areas, set into the lines above them. */
export function drawTitles({canvas, box, origin}: Sheet, {areas, hidden}: MapPlan): void {
	for (const [at, {title, column, row, columns}] of areas.entries()) {
		if (columns < 5) continue;
		const missing = at === areas.length - 1 && hidden > 0 ? ` and ${hidden} more areas` : '';
		const words = clip([span(shown(title), 'strong'), span(missing, 'warn')], columns - 3, box.widthOf);
		canvas.write(origin.column + column + 1, origin.row + row, [span(' '), ...words, span(' ')]);
	}
}

function writeRow(
	{canvas, state, box, origin}: Sheet,
	{id, name, column, row, width, note}: Row,
	chosenKind: string | undefined,
): void {
	const look = state.chosen !== null && (state.chosen === id || chosenKind === id) ? 'chosen' : 'plain';
	canvas.write(origin.column + column, origin.row + row, clip([span(shown(name), look)], width, box.widthOf));
	if (note === null) return;
	const services = clip(servicesNote(state.world.rehearsal.topology, id), note.width, box.widthOf);
	canvas.write(origin.column + note.column, origin.row + row, services);
}

function writeSpot({canvas, state, origin}: Sheet, {id, workloads, width, folded, ...place}: Spot): void {
	const [column, row] = [origin.column + place.column, origin.row + place.row];
	const chosen = isChosen(state, {id, workloads});
	if (!folded) {
		canvas.write(column, row, [glyph(cellState(state.world, workloads[0]!), state.ascii, chosen)]);
		return;
	}
	const counts = new Map<CellState, number>();
	for (const workload of workloads) {
		const one = cellState(state.world, workload);
		counts.set(one, (counts.get(one) ?? 0) + 1);
	}
	let at = 0;
	for (const one of worstFirst) {
		const count = counts.get(one);
		if (count === undefined) continue;
		const text = `${count}`;
		if (at > 0 && at + 1 + text.length > width) break;
		canvas.write(column + at, row, [
			glyph(one, state.ascii, chosen),
			span(text.slice(0, Math.max(0, width - 1)), chosen ? 'chosen' : countLook(one)),
		]);
		at += text.length + 2;
	}
}

const isChosen = ({chosen}: ConsoleState, {id, workloads}: Pick<Spot, 'id' | 'workloads'>): boolean =>
	chosen !== null && (chosen === id || workloads.some(({name, kind}) => name === chosen || kind === chosen));

/** What is chosen is told from its neighbours without reverse video too. */
function bracket({canvas, origin}: Sheet, {column, row}: Spot): void {
	canvas.draw(origin.column + column - 1, origin.row + row, '[', 'strong');
	canvas.draw(origin.column + column + 1, origin.row + row, ']', 'strong');
}

const worstFirst = severity.toReversed();

const glyph = (state: CellState, ascii: boolean, chosen: boolean) => {
	const {text, ascii: plain, look} = glyphs[state];
	return span(ascii ? plain : text, chosen ? 'chosen' : look);
};
const countLook = (state: CellState): Look => (state === 'healthy' ? 'dim' : glyphs[state].look);

/** The newest are drawn first: nothing is drawn over. */
function drawAttempts({canvas, state: {world, ascii}, origin}: Sheet, plan: MapPlan): void {
	const spots = spotsOf(plan);
	for (const {from, to, port, result} of lastAttempts(world.attempts, world.clockMs)) {
		const [source, target] = [spots.get(from), spots.get(to)];
		if (target === undefined || source === target) continue;
		const steps = source === undefined ? [] : wayBetween(plan, source, target);
		drawWay(canvas, {steps, result, word: port === null ? '' : `:${port}`, ascii}, origin);
	}
}

const knownSpots = new WeakMap<MapPlan, ReadonlyMap<string, Spot>>();

/** By workload. */
function spotsOf(plan: MapPlan): ReadonlyMap<string, Spot> {
	let spots = knownSpots.get(plan);
	if (spots === undefined) {
		spots = new Map(
			plan.areas.flatMap(({spots: own}) => own.flatMap(spot => spot.workloads.map(({name}) => [name, spot] as const))),
		);
		knownSpots.set(plan, spots);
	}
	return spots;
}

/** Of each pair of ends the last, newest first. */
function lastAttempts(attempts: readonly Attempt[], nowMs: number): readonly Attempt[] {
	const pairs = new Map<string, Attempt>();
	for (let at = attempts.length - 1; at >= 0 && pairs.size < mostWays; at--) {
		const attempt = attempts[at]!;
		const pair = `${attempt.from}>${attempt.to}`;
		if (nowMs - attempt.atMs <= attemptMs && !pairs.has(pair)) pairs.set(pair, attempt);
	}
	return [...pairs.values()];
}
