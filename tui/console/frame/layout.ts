// What stands where on the screen: for whoever draws it, for the mouse, and for whatever moves by pages.
import type {WidthOf} from '../../line.ts';
import {across, down, type Stroke} from '../borders.ts';
import {mapPlan} from '../map/map-view.ts';
import type {ConsoleState} from '../state.ts';
import type {Box} from '../view.ts';

/** A box and where it begins on the screen. */
export interface Place extends Box {
	readonly column: number;
	readonly row: number;
}

export interface Layout {
	/** The words on the uppermost line. */
	readonly top: Place;
	readonly gauges: Place;
	/** Its first row is the line above its areas; without rows where there is no room for it. */
	readonly map: Place;
	/** One row, on a line. */
	readonly tabs: Place;
	readonly pane: Place;
	/** One row each. */
	readonly chosen: Place;
	readonly keys: Place;
	readonly borders: readonly Stroke[];
}

export const leastColumns = 40;
export const leastRows = 10;
/** From so many columns on map and pane stand side by side. */
const wide = 100;
const mapShare = 0.58;
/** Fewer rows of both leave the map out where they stand one above the other. */
const leastForBoth = 8;

/** The layout of a screen of at least 40 × 10. */
export function layoutOf(state: ConsoleState, widthOf: WidthOf): Layout {
	const {columns, rows} = state.size;
	const inner = columns - 2;
	const foot = rows - 4;
	const place = (column: number, row: number, width: number, height: number): Place => ({
		...{column, row, columns: Math.max(0, width), rows: Math.max(0, height), widthOf},
	});
	const shared = {
		gauges: place(1, 1, inner, 1),
		chosen: place(1, foot + 1, inner, 1),
		keys: place(1, foot + 2, inner, 1),
	};
	const around = [
		...[across(0, 0, columns), across(0, foot, columns), across(0, rows - 1, columns)],
		...[down(0, 0, rows), down(columns - 1, 0, rows)],
	];
	if (columns >= wide) {
		const left = Math.round(inner * mapShare);
		const wall = left + 1;
		return {
			...shared,
			top: place(1, 0, left, 1),
			gauges: place(1, 1, left, 1),
			map: place(1, 2, left, foot - 2),
			tabs: place(wall + 1, 0, columns - wall - 2, 1),
			pane: place(wall + 1, 1, columns - wall - 2, foot - 1),
			borders: [...around, down(wall, 0, foot + 1)],
		};
	}
	const room = foot - 3;
	const most = room < leastForBoth ? 0 : Math.max(3, Math.round(room * 0.55));
	const {used} = mapPlan(state, place(1, 2, inner, most));
	const height = most === 0 ? 0 : Math.max(3, Math.min(most, used));
	return {
		...shared,
		top: place(1, 0, inner, 1),
		map: place(1, 2, inner, height),
		tabs: place(1, 2 + height, inner, 1),
		pane: place(1, 3 + height, inner, room - height),
		borders: [...around, across(0, 2 + height, columns)],
	};
}
