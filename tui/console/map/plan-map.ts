// Where each workload stands on the map: areas side by side, and in further bands below where there is no room; in each a
// row a kind with its replicas. What does not fit is folded into a cell with counts. It follows from the topology and the
// box alone, so that nothing jumps.
import type {Topology, Workload} from '../../../core/model/topology.ts';
import type {WidthOf} from '../../line.ts';
import {legendLines} from './legend-lines.ts';
import {type MapArea, mapAreas} from './map-areas.ts';
import {bandsOf, squeezed} from './map-bands.ts';
import {placeArea} from './place-area.ts';

/** One glyph, or a folded cell with its counts. */
export interface Spot {
	/** What is chosen with it: a workload, a kind, or a group. */
	readonly id: string;
	readonly workloads: readonly Workload[];
	/** In the map's box. */
	readonly column: number;
	readonly row: number;
	/** Columns it may take: 1 for a glyph. */
	readonly width: number;
	readonly folded: boolean;
}

export interface Row {
	/** The kind or the group. */
	readonly id: string;
	readonly name: string;
	/** Null where several are folded. */
	readonly kind: string | null;
	readonly column: number;
	readonly row: number;
	readonly width: number;
	/** Where its services may stand; null where there is no room for them. */
	readonly note: {readonly column: number; readonly width: number} | null;
}

export interface Area {
	readonly id: string;
	readonly title: string;
	readonly column: number;
	/** Of its heading; its rows are below. */
	readonly row: number;
	readonly columns: number;
	/** Without the heading. */
	readonly height: number;
	readonly rows: readonly Row[];
	readonly spots: readonly Spot[];
}

export interface MapPlan {
	readonly columns: number;
	readonly rows: number;
	/** Rows up to the last that holds something; what is below is blank. */
	readonly used: number;
	readonly areas: readonly Area[];
	/** Of the line above the legend; null where that has no room. */
	readonly legend: number | null;
	/** Areas that found no room. */
	readonly hidden: number;
}

export interface MapInput {
	readonly topology: Topology;
	readonly columns: number;
	readonly rows: number;
	readonly widthOf: WidthOf;
	/** Kinds that show each replica, and groups that show each kind. */
	readonly opened: ReadonlySet<string>;
	/** The one area that fills the map, with its services; null, or what no area is called: all of them. */
	readonly zoom: string | null;
}

/** Of a topology the last few: a frame asks for the same again and again. */
const known = new WeakMap<Topology, Map<string, MapPlan>>();
const kept = 8;

export function planMap(input: MapInput): MapPlan {
	const {topology, columns, rows, opened, zoom} = input;
	const key = JSON.stringify([columns, rows, zoom, [...opened].sort()]);
	const plans = known.get(topology) ?? new Map<string, MapPlan>();
	known.set(topology, plans);
	const plan = plans.get(key) ?? made(input);
	plans.delete(key);
	plans.set(key, plan);
	if (plans.size > kept) plans.delete(plans.keys().next().value!);
	return plan;
}

function made(input: MapInput): MapPlan {
	const {columns, rows} = input;
	const shown = shownAreas(input);
	if (columns < 1 || rows < 2 || shown.length === 0)
		return {columns, rows, used: 0, areas: [], legend: null, hidden: shown.length};
	const bands = bandsOf(shown, input) ?? squeezed(shown, input);
	const used = bands.reduce((sum, {height}) => sum + 1 + height, 0);
	const legendRows = legendLines(columns, false, input.widthOf).length + 1;
	const legend = rows - used > legendRows ? rows - legendRows : null;
	const areas: Area[] = [];
	let row = 0;
	for (const [at, band] of bands.entries()) {
		let column = 0;
		const height = at === bands.length - 1 ? Math.max(0, (legend ?? rows) - row - 1) : band.height;
		for (const sized of band.areas) {
			areas.push(placeArea(sized, {column, row, height}, input));
			column += sized.columns + 1;
		}
		row += 1 + band.height;
	}
	return {columns, rows, used: Math.min(rows, used), areas, legend, hidden: shown.length - areas.length};
}

/** The areas that are shown: all, or the one that is looked at closely. */
function shownAreas({topology, zoom}: MapInput): readonly MapArea[] {
	const all = mapAreas(topology);
	const one = all.filter(({id}) => id === zoom);
	return one.length === 0 ? all : one;
}
