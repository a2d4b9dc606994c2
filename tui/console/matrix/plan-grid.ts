// Where the rows and columns of the matrix stand in a box: narrow columns under turned names, and of what does not fit the
// part around the walked cell; in a box for a handful of cells, environments instead of kinds.
import type {WidthOf} from '../../line.ts';
import type {Axes, Entry} from './axes.ts';

/** Entries of an axis at one place: one, or an environment's. */
export interface Lane {
	readonly name: string;
	readonly section: string;
	/** Numbers of entries. */
	readonly entries: readonly number[];
}

export interface Placed extends Lane {
	/** Column or row of the box. */
	readonly at: number;
	/** It is the first of its section that is seen. */
	readonly first: boolean;
}

export interface GridPlan {
	/** Rows of the box above the sheet on which all of this stands. */
	readonly top: number;
	readonly rows: readonly Placed[];
	readonly columns: readonly Placed[];
	/** Columns of the box left of the cells: environment, name, and the mark of the walked row. */
	readonly section: number;
	readonly name: number;
	readonly left: number;
	/** Columns of a cell with the blank behind it: 1 or 2. */
	readonly cell: number;
	/** Rows of the box that a turned name has. */
	readonly turned: number;
	/** Rows of the box above the cells: environments, names, the mark of the walked column. */
	readonly above: number;
	/** The numbers of the walked cell's lanes, in `rows` and `columns`; -1 where there is none. */
	readonly walked: {readonly row: number; readonly column: number};
	/** Lanes that are not seen. */
	readonly hidden: {readonly rows: number; readonly columns: number};
}

export interface GridInput {
	readonly axes: Axes;
	readonly columns: number;
	readonly rows: number;
	readonly cell: {readonly from: number; readonly to: number};
	readonly widthOf: WidthOf;
}

const mostTurned = 8;
const widestName = 14;

/** The entry that a number of the state means: the nearest that there is. */
export const walkedEntry = (entries: readonly Entry[], wanted: number): number =>
	Math.max(0, Math.min(entries.length - 1, Number.isFinite(wanted) ? Math.floor(wanted) : 0));

export function planGrid(input: GridInput): GridPlan {
	const plan = planLanes(input, kindLanes);
	const few = plan.columns.length < 5 || plan.rows.length < 3;
	const {rows, columns, folded} = input.axes;
	if (!few || folded || (plan.columns.length === columns.length && plan.rows.length === rows.length)) return plan;
	const summary = planLanes(input, environmentLanes);
	return summary.hidden.rows + summary.hidden.columns < plan.hidden.rows + plan.hidden.columns ? summary : plan;
}

type LanesOf = (entries: readonly Entry[]) => readonly Lane[];

const kindLanes: LanesOf = entries => entries.map(({name, section}, at) => ({name, section, entries: [at]}));

const environmentLanes: LanesOf = entries =>
	[...Map.groupBy(entries.keys(), at => entries[at]!.section)].map(([section, numbers]) => ({
		name: section === '' ? 'none' : section,
		section: '',
		entries: numbers,
	}));

function planLanes({axes, columns, rows, cell, widthOf}: GridInput, lanesOf: LanesOf): GridPlan {
	const [down, across] = [lanesOf(axes.rows), lanesOf(axes.columns)];
	const widest = (lanes: readonly Lane[], of: (lane: Lane) => string, most: number): number =>
		Math.min(most, Math.max(0, ...lanes.map(lane => widthOf(of(lane)))));
	const room = Math.floor(columns / 3);
	const name = widest(down, lane => lane.name, Math.min(widestName, Math.max(3, room)));
	const sectionWanted = widest(down, lane => lane.section, 8);
	const section = sectionWanted === 0 ? 0 : Math.min(sectionWanted, Math.max(0, room - name)) + 1;
	const left = section + name + 3;
	const turned = Math.min(
		widest(across, lane => lane.name, mostTurned),
		Math.max(1, Math.floor(rows / 4)),
	);
	const above = turned + 1 + (across.some(lane => lane.section !== '') ? 1 : 0);
	const sections = new Set(across.map(lane => lane.section)).size - 1;
	const wide = columns - left;
	const width = across.length * 2 + sections <= wide ? 2 : 1;
	const walked = {from: walkedEntry(axes.rows, cell.from), to: walkedEntry(axes.columns, cell.to)};
	const laneAt = (lanes: readonly Lane[], entry: number): number =>
		lanes.findIndex(({entries}) => entries.includes(entry));
	const [row, column] = [laneAt(down, walked.from), laneAt(across, walked.to)];
	const placedRows = placed(down, {around: row, room: rows - above, start: above, size: 1, gap: 0});
	const placedColumns = placed(across, {around: column, room: wide, start: left, size: width, gap: 1});
	return {
		top: 0,
		rows: placedRows,
		columns: placedColumns,
		...{section, name, left, cell: width, turned, above},
		walked: {
			row: placedRows.findIndex(({entries}) => entries.includes(walked.from)),
			column: placedColumns.findIndex(({entries}) => entries.includes(walked.to)),
		},
		hidden: {rows: down.length - placedRows.length, columns: across.length - placedColumns.length},
	};
}

interface Stretch {
	/** The lane that has to be seen. */
	readonly around: number;
	readonly room: number;
	readonly start: number;
	readonly size: number;
	/** Between sections. */
	readonly gap: number;
}

/** As many lanes as there is room for, with the walked one as near to their middle as can be. */
function placed(lanes: readonly Lane[], {around, room, start, size, gap}: Stretch): readonly Placed[] {
	if (around === -1 || room < size) return [];
	const step = (at: number): number => size + (lanes[at]!.section === lanes[at - 1]?.section ? 0 : gap);
	let [first, last, used] = [around, around, size];
	for (let grown = true; grown; ) {
		grown = false;
		if (first > 0 && used + step(first) <= room && around - first <= last - around) {
			used += step(first--);
			grown = true;
		} else if (last + 1 < lanes.length && used + step(last + 1) <= room) {
			used += step(++last);
			grown = true;
		} else if (first > 0 && used + step(first) <= room) {
			used += step(first--);
			grown = true;
		}
	}
	let at = start;
	return lanes.slice(first, last + 1).map((lane, index) => {
		const isFirst = index === 0 || lane.section !== lanes[first + index - 1]!.section;
		if (isFirst && index > 0) at += gap;
		const here = {...lane, at, first: isFirst};
		at += size;
		return here;
	});
}
