// Where each workload stands on the map: environments side by side, in each a row a kind with its replicas. What does not
// fit is folded into one cell with a count. It follows from the topology and the box alone, so that nothing jumps.
import type {Topology, Workload} from '../../../core/model/topology.ts';
import type {WidthOf} from '../../line.ts';

/** One glyph, or a folded group with its count. */
export interface Spot {
	readonly workloads: readonly Workload[];
	readonly column: number;
	readonly row: number;
	/** Columns it may take: 1 for a glyph. */
	readonly width: number;
	readonly folded: boolean;
}

export interface Row {
	readonly name: string;
	/** The kind, or null where several are folded. */
	readonly kind: string | null;
	readonly column: number;
	readonly row: number;
	readonly width: number;
}

export interface Area {
	/** Null: workloads in no environment. */
	readonly environment: string | null;
	readonly column: number;
	readonly columns: number;
	readonly rows: readonly Row[];
	readonly spots: readonly Spot[];
	/** Kinds that found no room. */
	readonly hidden: number;
}

export interface MapPlan {
	readonly columns: number;
	readonly rows: number;
	readonly areas: readonly Area[];
}

export interface MapInput {
	readonly topology: Topology;
	readonly columns: number;
	/** The first is the areas' heading. */
	readonly rows: number;
	readonly widthOf: WidthOf;
	readonly opened: ReadonlySet<string>;
	readonly zoom: string | null;
}

const widestName = 16;
const leastArea = 12;

export function planMap(input: MapInput): MapPlan {
	const {topology, columns, rows, zoom} = input;
	const groups = [...topology.environments, null]
		.map(environment => ({environment, members: topology.workloads.filter(one => one.environment === environment)}))
		.filter(({environment, members}) => members.length > 0 && (zoom === null || (environment ?? '') === zoom));
	const shown = groups.slice(0, Math.max(1, Math.floor((columns + 1) / (leastArea + 1))));
	const wants = shown.map(({members}) => wanted(members, input));
	const widths = shares(wants, columns - (shown.length - 1));
	let column = 0;
	const areas = shown.map(({environment, members}, at) => {
		const area = planArea(environment, members, {...input, column, columns: widths[at]!, rows: Math.max(0, rows - 1)});
		column += widths[at]! + 1;
		return area;
	});
	return {columns, rows, areas};
}

/** How wide it would like to be: its longest row, twice if it has many. */
function wanted(members: readonly Workload[], {widthOf, rows}: MapInput): number {
	const kinds = [...Map.groupBy(members, ({kind}) => kind).values()];
	const longest = Math.max(...kinds.map(some => Math.min(widestName, widthOf(some[0]!.base)) + 1 + 2 * some.length));
	return Math.min(longest, 60) * Math.max(1, Math.ceil(kinds.length / Math.max(1, rows - 1)));
}

/** So many columns for each, at least a few, in all as many as there are. */
function shares(wants: readonly number[], columns: number): readonly number[] {
	const total = wants.reduce((sum, one) => sum + one, 0);
	const widths = wants.map(want =>
		Math.max(Math.min(leastArea, Math.floor(columns / wants.length)), Math.floor((want / total) * columns)),
	);
	let rest = columns - widths.reduce((sum, one) => sum + one, 0);
	for (let at = 0; rest !== 0 && widths.length > 0; at = (at + 1) % widths.length) {
		if (rest < 0 && widths[at]! <= 1) break;
		widths[at]! += Math.sign(rest);
		rest -= Math.sign(rest);
	}
	return widths;
}

function planArea(
	environment: string | null,
	members: readonly Workload[],
	{widthOf, opened, column, columns, rows}: MapInput & {readonly column: number},
): Area {
	const kinds = [...Map.groupBy(members, ({kind}) => kind)].sort(([, [a]], [, [b]]) => before(a!, b!));
	const label = Math.min(widestName, Math.max(...members.map(({base}) => widthOf(base))), Math.max(3, columns - 4));
	const inner = columns - 2;
	const needed = Math.max(...kinds.map(([, some]) => label + 1 + 2 * Math.min(some.length, 4)));
	const lanes = Math.max(
		1,
		Math.min(Math.ceil(kinds.length / Math.max(1, rows)), Math.floor((inner + 1) / (needed + 1))),
	);
	const lane = Math.max(1, Math.floor((inner - (lanes - 1)) / lanes));
	const rowList: Row[] = [];
	const spots: Spot[] = [];
	let hidden = 0;
	for (const [at, [kind, some]] of kinds.entries()) {
		const place = {column: column + 1 + Math.floor(at / Math.max(1, rows)) * (lane + 1), row: at % Math.max(1, rows)};
		if (rows === 0 || Math.floor(at / rows) >= lanes) {
			hidden++;
			continue;
		}
		const room = Math.max(1, lane - label - 1);
		rowList.push({name: some[0]!.base, kind, ...place, width: Math.min(label, lane)});
		const start = place.column + label + 1;
		const fits = some.length * 2 - 1 <= room || (opened.has(kind) && some.length <= room);
		const step = some.length * 2 - 1 <= room ? 2 : 1;
		if (fits)
			for (const [index, workload] of some.entries())
				spots.push({workloads: [workload], column: start + index * step, row: place.row, width: 1, folded: false});
		else spots.push({workloads: some, column: start, row: place.row, width: room, folded: true});
	}
	return {environment, column, columns, rows: rowList, spots, hidden};
}

/** By network, then by name. */
const before = (a: Workload, b: Workload): number =>
	compare(a.segments[0] ?? '', b.segments[0] ?? '') || compare(a.base, b.base);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
