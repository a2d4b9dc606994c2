// How much room an area wants, for so many rows of height.
import type {WidthOf} from '../../line.ts';
import type {Item, MapArea} from './map-areas.ts';

/** How generously it is drawn: tried from the first to the last, until all areas fit. */
export interface Comfort {
	/** Rows from one kind to the next. */
	readonly spacing: 1 | 2;
	/** Blank rows below the lowest kind of a band. */
	readonly below: 0 | 1;
	/** Columns left for the ways of attempts. */
	readonly room: number;
	/** Columns that replicas of a kind may take before they are folded. */
	readonly widestCells: number;
	/** Columns of a kind's name. */
	readonly widestName: number;
	/** Columns of a note on its services; 0: none. */
	readonly note: number;
}

/** A row that knows its size. */
export interface SizedItem extends Item {
	readonly folded: boolean;
	/** Glyphs in one row of it. */
	readonly perRow: number;
	readonly rows: number;
	readonly cells: number;
}

export interface AreaNeeds {
	readonly area: MapArea;
	readonly items: readonly SizedItem[];
	readonly label: number;
	/** Columns of one lane: name, cells and note. */
	readonly lane: number;
	readonly comfort: Comfort;
}

/** An area with its columns, in lanes of so many rows. */
export interface SizedArea extends AreaNeeds {
	readonly columns: number;
	readonly lanes: readonly (readonly SizedItem[])[];
}

export const laneGap = 2;

export function areaNeeds(
	area: MapArea,
	given: readonly Item[],
	{
		comfort,
		opened,
		widthOf,
	}: {readonly comfort: Comfort; readonly opened: ReadonlySet<string>; readonly widthOf: WidthOf},
): AreaNeeds {
	const items = given.map(item => sized(item, comfort, opened.has(item.id)));
	const label = Math.min(comfort.widestName, most(items.map(({name}) => Math.max(1, widthOf(name)))));
	const note = comfort.note === 0 ? 0 : comfort.note + 2;
	return {area, items, label, lane: label + 1 + most(items.map(({cells}) => cells)) + note, comfort};
}

function sized(item: Item, {widestCells}: Comfort, opened: boolean): SizedItem {
	const count = item.workloads.length;
	const perRow = Math.max(1, Math.min(count, Math.floor((widestCells + 1) / 2)));
	if (item.kind !== null && (opened || perRow === count))
		return {...item, folded: false, perRow, rows: Math.ceil(count / perRow), cells: perRow * 2 - 1};
	const digits = `${count}`.length;
	return {...item, folded: true, perRow: 1, rows: 1, cells: 2 * (1 + digits) + 1};
}

/** The items in lanes of at most so many rows; one that is higher has a lane to itself, and is cut. */
export function lanesOf(items: readonly SizedItem[], height: number): readonly (readonly SizedItem[])[] {
	const lanes: SizedItem[][] = [];
	let left = 0;
	for (const item of items) {
		if (lanes.length === 0 || item.rows > left) {
			lanes.push([]);
			left = height;
		}
		lanes.at(-1)!.push(item);
		left -= item.rows;
	}
	return lanes;
}

/** Rows of the highest lane. */
export const heightOf = (lanes: readonly (readonly SizedItem[])[]): number =>
	most(lanes.map(lane => lane.reduce((sum, {rows}) => sum + rows, 0)));

export const widthOfLanes = ({lane}: AreaNeeds, lanes: number): number => 2 + lanes * lane + (lanes - 1) * laneGap;

export const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), 0);
