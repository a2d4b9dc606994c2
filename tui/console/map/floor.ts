// Which cells of the map a way may run through, and what that costs.
import type {MapPlan, Spot} from './plan-map.ts';
import type {Heading} from './way.ts';

export interface Floor {
	readonly columns: number;
	readonly rows: number;
	/** Of entering the cell with that heading after another; 0: not at all. */
	cost(cell: number, heading: Heading, before: Heading): number;
}

const [free, name, wall, rule, glyph, title] = [0, 1, 2, 3, 4, 5] as const;
/** Where there is no other way it runs behind a name, and at worst behind a glyph. */
const behind = {name: 6, glyph: 30, title: 12} as const;
const known = new WeakMap<MapPlan, Floor>();

export function floorOf(plan: MapPlan): Floor {
	let floor = known.get(plan);
	if (floor === undefined) {
		const cells = cellsOf(plan);
		floor = {
			columns: plan.columns,
			rows: plan.rows,
			cost(cell, heading, before) {
				switch (cells[cell]) {
					case free:
						return 1;
					// Straight through, never along.
					case wall:
						return heading % 2 === 0 ? 2 : 0;
					case rule:
						return heading % 2 === 1 && heading === before ? 2 : 0;
					case name:
						return behind.name;
					case glyph:
						return behind.glyph;
					case title:
						return heading % 2 === 1 && heading === before ? behind.title : 0;
					default:
						return 0;
				}
			},
		};
		known.set(plan, floor);
	}
	return floor;
}

function cellsOf({columns, rows, areas}: MapPlan): Uint8Array {
	const cells = new Uint8Array(columns * rows);
	const fill = (column: number, row: number, width: number, what: number): void => {
		for (let at = Math.max(0, column); at < Math.min(columns, column + width); at++)
			if (row >= 0 && row < rows) cells[row * columns + at] = what;
	};
	for (const area of areas) {
		fill(area.column - 1, area.row, area.columns + 2, rule);
		fill(area.column + 1, area.row, area.title.length + 3, title);
		for (let row = area.row + 1; row <= area.row + area.height; row++) fill(area.column - 1, row, 1, wall);
	}
	for (const {rows: own, spots} of areas) {
		for (const {column, row, width, note} of own) {
			fill(column, row, width, name);
			if (note !== null) fill(note.column, row, note.width, name);
		}
		for (const spot of spots) fill(spot.column, spot.row, textWidth(spot), glyph);
	}
	return cells;
}

/** Columns of a cell that a way goes around: of a folded one those of two counts. */
const textWidth = ({workloads, width, folded}: Spot): number =>
	folded ? Math.min(width, 2 * (1 + `${workloads.length}`.length) + 1) : 1;
