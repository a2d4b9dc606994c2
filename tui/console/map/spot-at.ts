// From a place on the map to a workload, and from one to the next: for the mouse and the arrow keys.
import type {MapPlan, Spot} from './plan-map.ts';

/** What lies there: a glyph with the blank behind it, or a row's name; null where nothing does. */
export function spotAt({areas}: MapPlan, column: number, row: number): Spot | null {
	for (const {spots, rows} of areas) {
		const hit = spots.find(
			spot => spot.row === row && spot.column <= column && column < spot.column + Math.max(2, spot.width),
		);
		if (hit !== undefined) return hit;
		const named = rows.findLast(one => one.row === row && one.column <= column);
		const first = named && spots.find(spot => spot.row === row && spot.column > named.column);
		if (first !== undefined && column < first.column) return first;
	}
	return null;
}

export type Direction = 'left' | 'right' | 'up' | 'down' | 'next' | 'previous';

/**
 * The id of the spot to choose next: the nearest in that direction, where a step sideways counts as several; `next` and
 * `previous` go through all of them, area by area, and around. At the edge it stays; the first where nothing on the map
 * is chosen. Null where the map is empty.
 */
export function nextSpot(plan: MapPlan, chosen: string | null, direction: Direction): string | null {
	const spots = plan.areas.flatMap(area => area.spots);
	const at = spots.findIndex(({id}) => id === chosen);
	const here = spots[at < 0 ? spots.findIndex(spot => holds(spot, chosen)) : at];
	if (here === undefined) return spots[0]?.id ?? null;
	if (direction === 'next' || direction === 'previous') {
		const step = direction === 'next' ? 1 : spots.length - 1;
		return spots[(spots.indexOf(here) + step) % spots.length]!.id;
	}
	let best = here;
	let least = Number.POSITIVE_INFINITY;
	for (const spot of spots) {
		const distance = distanceTo(here, spot, direction);
		if (distance < least) [best, least] = [spot, distance];
	}
	return best.id;
}

/** A spot that is folded holds workloads, and stands for their kinds. */
const holds = ({workloads}: Spot, chosen: string | null): boolean =>
	chosen !== null && workloads.some(({name, kind}) => name === chosen || kind === chosen);

/** Columns are half as wide as rows are high. */
function distanceTo(from: Spot, to: Spot, direction: 'left' | 'right' | 'up' | 'down'): number {
	const [columns, rows] = [to.column - from.column, to.row - from.row];
	const [ahead, aside] =
		direction === 'left'
			? [-columns, 2 * Math.abs(rows)]
			: direction === 'right'
				? [columns, 2 * Math.abs(rows)]
				: [direction === 'up' ? -2 * rows : 2 * rows, Math.abs(columns)];
	return ahead <= 0 ? Number.POSITIVE_INFINITY : ahead + 3 * aside;
}

/** The area of the map that a chosen workload, kind or group lies in: what a closer look would fill the map with. */
export const areaAround = ({areas}: MapPlan, chosen: string | null): string | null =>
	areas.find(({spots}) => spots.some(spot => spot.id === chosen || holds(spot, chosen)))?.id ?? null;
