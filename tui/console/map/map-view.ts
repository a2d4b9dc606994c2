// The map: environments side by side, each workload a cell that shows its state, attempts drawn along their way.

import {type Line, shown, span} from '../../line.ts';
import {type Canvas, createCanvas} from '../canvas.ts';
import {type CellState, glyphs} from '../glyphs.ts';
import type {ConsoleState} from '../state.ts';
import {type Box, ruled} from '../view.ts';
import {attemptMs} from '../world/fold-attack.ts';
import {cellState, severity} from './cell-state.ts';
import {type MapPlan, planMap, type Spot} from './plan-map.ts';
import {drawWay} from './way.ts';

/** The plan of the state's map in that box: where the mouse finds what it points at. */
export const mapPlan = ({world, opened, zoom}: ConsoleState, {columns, rows, widthOf}: Box): MapPlan =>
	planMap({topology: world.rehearsal.topology, columns, rows, widthOf, opened, zoom});

export function mapView(state: ConsoleState, box: Box): readonly Line[] {
	const plan = mapPlan(state, box);
	const canvas = createCanvas(box.columns, box.rows, box.widthOf);
	for (const [at, area] of plan.areas.entries()) {
		const name = area.environment === null ? '' : shown(area.environment);
		const more = area.hidden > 0 ? [span(` ${area.hidden} more`, 'warn')] : [];
		canvas.write(
			area.column,
			0,
			ruled([...(name === '' ? [] : [span(name, 'strong')]), ...more], area.columns, {...box, ascii: state.ascii}),
		);
		if (at > 0)
			for (let row = 1; row < box.rows; row++)
				canvas.write(area.column - 1, row, [span(state.ascii ? '|' : '│', 'dim')]);
		for (const {name: label, kind, column, row, width} of area.rows) {
			const look = isChosen(state, kind) ? 'chosen' : 'dim';
			canvas.write(column, row + 1, clipped(shown(label), width, look, box));
		}
		for (const spot of area.spots) writeSpot(canvas, state, spot);
	}
	drawAttempts(canvas, state, plan);
	return canvas.lines();
}

const clipped = (text: string, width: number, look: 'chosen' | 'dim', {widthOf}: Box): Line => {
	let kept = '';
	for (const character of text) {
		if (widthOf(kept + character) > width) return [span(kept.slice(0, -1), look), span('…', look)];
		kept += character;
	}
	return [span(kept, look)];
};

const isChosen = ({chosen}: ConsoleState, kind: string | null): boolean => chosen !== null && chosen === kind;

function writeSpot(canvas: Canvas, state: ConsoleState, {workloads, column, row, width, folded}: Spot): void {
	const states = workloads.map(workload => cellState(state.world, workload));
	const chosen = workloads.some(({name}) => name === state.chosen);
	if (!folded) {
		canvas.write(column, row + 1, [glyph(states[0]!, state.ascii, chosen)]);
		return;
	}
	// The worst first, each with its count.
	const counts = [...Map.groupBy(states, one => one)].sort(([a], [b]) => severity.indexOf(b) - severity.indexOf(a));
	let at = column;
	for (const [one, some] of counts) {
		const text = `${some.length}`;
		if (at + 1 + text.length > column + width) break;
		canvas.write(at, row + 1, [glyph(one, state.ascii, chosen), span(text, glyphs[one].look)]);
		at += text.length + 2;
	}
}

const glyph = (state: CellState, ascii: boolean, chosen: boolean) => {
	const {text, ascii: plain, look} = glyphs[state];
	return span(ascii ? plain : text, chosen ? 'chosen' : look);
};

/** Newest last, so that what is drawn first is what is newest: nothing is drawn over. */
function drawAttempts(canvas: Canvas, {world, ascii}: ConsoleState, plan: MapPlan): void {
	const spots = new Map(
		plan.areas.flatMap(({spots: own}) => own.flatMap(spot => spot.workloads.map(({name}) => [name, spot] as const))),
	);
	for (const {from, to, result, atMs} of [...world.attempts].reverse()) {
		const [source, target] = [spots.get(from), spots.get(to)];
		if (source === undefined || target === undefined || source === target || world.clockMs - atMs > attemptMs) continue;
		drawWay(canvas, {from: at(source), to: at(target), result, ascii});
	}
}

const at = ({column, row, folded, width}: Spot) => ({column, row: row + 1, end: column + (folded ? width : 1)});
