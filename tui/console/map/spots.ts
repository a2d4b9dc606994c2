// Which spot of the map is meant: by the mouse, and by an arrow from the one before.
import type {MapPlan, Spot} from './plan-map.ts';

export type Heading = 'up' | 'down' | 'left' | 'right';

const spotsOf = ({areas}: MapPlan): readonly Spot[] => areas.flatMap(({spots}) => spots);

/** What a spot stands for: its workload, or the kind that is folded in it. */
export const nameOf = ({workloads: [first], folded}: Spot): string => (folded ? first!.kind : first!.name);

/** The spot at a column and row of the map; a name leads to the first of its row. */
export function spotAt(plan: MapPlan, column: number, row: number): Spot | null {
	const here = spotsOf(plan).find(
		spot => spot.row + 1 === row && spot.column <= column && column < spot.column + spot.width,
	);
	if (here !== undefined) return here;
	const named = plan.areas
		.flatMap(({rows}) => rows)
		.find(one => one.row + 1 === row && one.column <= column && column <= one.column + one.width);
	return spotsOf(plan).find(({workloads}) => workloads[0]!.kind === named?.kind && named !== undefined) ?? null;
}

/** The spot that shows what is chosen: a workload, or (of a kind) the first. */
export const spotOf = (plan: MapPlan, chosen: string | null): Spot | null =>
	spotsOf(plan).find(({workloads}) => workloads.some(({name}) => name === chosen)) ??
	spotsOf(plan).find(({workloads}) => workloads[0]!.kind === chosen) ??
	null;

/** The nearest spot in that direction, straight ahead before aside; the same where there is none, the first from nowhere. */
export function nextSpot(plan: MapPlan, from: Spot | null, heading: Heading): Spot | null {
	const spots = spotsOf(plan);
	if (from === null) return spots[0] ?? null;
	let best: Spot = from;
	let least = Number.POSITIVE_INFINITY;
	for (const spot of spots) {
		const cost = costOf(spot.column - from.column, spot.row - from.row, heading);
		if (cost < least) [best, least] = [spot, cost];
	}
	return best;
}

/** A row is as far as two columns; aside costs more than ahead. */
function costOf(columns: number, rows: number, heading: Heading): number {
	const ahead = {up: -rows, down: rows, left: -columns, right: columns}[heading];
	if (ahead <= 0) return Number.POSITIVE_INFINITY;
	return heading === 'up' || heading === 'down' ? 2 * ahead + 3 * Math.abs(columns) : ahead + 20 * Math.abs(rows);
}
