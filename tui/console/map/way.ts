// The way of one attempt over the map: from cell to cell with few turns, around names and glyphs, straight through walls.
// It follows from the plan alone and is remembered with it, so that it neither jumps nor costs anything the second time.
import {type Floor, floorOf} from './floor.ts';
import type {MapPlan, Spot} from './plan-map.ts';

/** A cell that a way runs through: whence it comes in and whither it leaves. */
export interface Step {
	readonly column: number;
	readonly row: number;
	readonly in: Heading;
	readonly out: Heading;
}

/** 0 right, 1 down, 2 left, 3 up. */
export type Heading = 0 | 1 | 2 | 3;

const dColumn = [1, 0, -1, 0] as const;
const dRow = [0, 1, 0, -1] as const;
const turn = 3;

const known = new WeakMap<MapPlan, Map<string, readonly Step[]>>();

/** The cells between the two, the last of them beside `to`; empty where there is no way. */
export function wayBetween(plan: MapPlan, from: Spot, to: Spot): readonly Step[] {
	const ways = known.get(plan) ?? new Map<string, readonly Step[]>();
	known.set(plan, ways);
	const key = `${from.column},${from.row}>${to.column},${to.row}`;
	let way = ways.get(key);
	if (way === undefined) {
		if (ways.size > 500) ways.clear();
		way = search(floorOf(plan), from, to);
		ways.set(key, way);
	}
	return way;
}

/** A* over cell and heading; its estimate is the distance, so the first arrival is the best. */
function search(floor: Floor, from: Spot, to: Spot): readonly Step[] {
	const {columns, rows, cost} = floor;
	const states = columns * rows * 4;
	const paid = new Int32Array(states).fill(-1);
	const before = new Int32Array(states).fill(-1);
	const buckets: number[][] = [];
	const goal = to.row * columns + to.column;
	const estimate = (cell: number): number =>
		Math.abs((cell % columns) - to.column) + Math.abs(Math.floor(cell / columns) - to.row);
	const open = (cell: number, heading: number, price: number, previous: number): void => {
		const state = cell * 4 + heading;
		if (paid[state]! >= 0 && paid[state]! <= price) return;
		paid[state] = price;
		before[state] = previous;
		(buckets[price + estimate(cell)] ??= []).push(state);
	};
	for (let heading = 0; heading < 4; heading++) open(from.row * columns + from.column, heading, 0, -1);
	for (let price = 0; price < buckets.length; price++) {
		// A bucket may grow while it is emptied.
		for (let at = 0; at < (buckets[price]?.length ?? 0); at++) {
			const state = buckets[price]![at]!;
			const [cell, heading] = [state >> 2, state & 3];
			if (cell === goal) return stepsOf(state, before, columns);
			if (paid[state]! + estimate(cell) !== price) continue;
			for (let next = 0; next < 4; next++) {
				if (next === (heading ^ 2)) continue;
				const column = (cell % columns) + dColumn[next]!;
				const row = Math.floor(cell / columns) + dRow[next]!;
				if (column < 0 || row < 0 || column >= columns || row >= rows) continue;
				const target = row * columns + column;
				const step = target === goal ? 1 : cost(target, next as Heading, heading as Heading);
				if (step > 0) open(target, next, paid[state]! + step + (next === heading ? 0 : turn), state);
			}
		}
	}
	return [];
}

function stepsOf(last: number, before: Int32Array, columns: number): readonly Step[] {
	const states = [last];
	for (let state = before[last]!; state >= 0; state = before[state]!) states.push(state);
	states.reverse();
	return states.slice(1, -1).map((state, at) => ({
		column: (state >> 2) % columns,
		row: Math.floor((state >> 2) / columns),
		in: (state & 3) as Heading,
		out: (states[at + 2]! & 3) as Heading,
	}));
}
