// Which areas stand side by side and which below: the most generous way in which all of them fit, or else all of them
// squeezed, with what has no room counted in a last cell.
import {group, type Item, type MapArea} from './map-areas.ts';
import {
	type AreaNeeds,
	areaNeeds,
	type Comfort,
	heightOf,
	laneGap,
	lanesOf,
	most,
	type SizedArea,
	widthOfLanes,
} from './measure-area.ts';
import type {MapInput} from './plan-map.ts';

export interface Band {
	/** Rows below its heading. */
	readonly height: number;
	readonly areas: readonly SizedArea[];
}

const dense: Comfort = {spacing: 1, below: 0, room: 0, widestCells: 5, widestName: 16, note: 0};
const roomy: Comfort = {...dense, below: 1, widestCells: 15};
const comforts: readonly Comfort[] = [
	{...roomy, spacing: 2, below: 0, room: 5},
	{...roomy, spacing: 2, below: 0, room: 1},
	{...roomy, room: 3},
	roomy,
	{...roomy, below: 0},
	{...dense, below: 1},
	dense,
];
const close: readonly Comfort[] = [
	{...dense, spacing: 2, widestCells: 31, widestName: 32, note: 40},
	{...roomy, widestName: 24, note: 24},
	{...roomy, below: 0, widestName: 24, note: 12},
];

/** From here on there is room for the services of every kind. */
const veryWide = 150;

/** The bands, or undefined where not everything fits. The largest areas are the first whose kinds are folded into groups. */
export function bandsOf(areas: readonly MapArea[], input: MapInput): readonly Band[] | undefined {
	const isClose = (input.zoom !== null && areas.length === 1) || input.columns >= veryWide;
	const tried = isClose ? [...close, ...comforts] : comforts;
	const bySize = [...areas].sort((a, b) => b.kinds.length - a.kinds.length);
	for (const comfort of tried) {
		const bands = stacked(
			areas.map(area => areaNeeds(area, area.kinds, {...input, comfort})),
			comfort,
			input,
		);
		if (bands !== undefined) return bands;
	}
	for (let folded = 1; folded <= bySize.length; folded++) {
		const large = new Set(bySize.slice(0, folded));
		const needs = areas.map(area =>
			areaNeeds(area, large.has(area) ? grouped(area, input.opened) : area.kinds, {...input, comfort: dense}),
		);
		const bands = stacked(needs, dense, input);
		if (bands !== undefined) return bands;
	}
	return undefined;
}

/** Its groups, with the kinds of those that are opened. */
const grouped = ({kinds, groups}: MapArea, opened: ReadonlySet<string>): readonly Item[] =>
	groups.flatMap(one => {
		if (!opened.has(one.id)) return [one];
		const members = new Set(one.workloads.map(({kind}) => kind));
		return kinds.filter(({id}) => members.has(id));
	});

/** The fewest lanes an area with which all bands have their height. */
function stacked(
	needs: readonly AreaNeeds[],
	{spacing, below, room}: Comfort,
	{columns, rows}: MapInput,
): readonly Band[] | undefined {
	const highest = Math.min(rows - 1, most(needs.map(({items}) => items.reduce((sum, one) => sum + one.rows, 0))));
	for (let height = highest; height >= 1; height--) {
		if (needs.some(({items}) => items.some(one => one.rows > height))) return undefined;
		const sized = needs.map(need => {
			const lanes = lanesOf(need.items, height);
			return {...need, lanes, columns: Math.min(columns, widthOfLanes(need, lanes.length) + room)};
		});
		if (sized.some(one => widthOfLanes(one, one.lanes.length) > columns)) return undefined;
		const bands = broken(sized, columns).map(areas => ({
			height: spacing * most(areas.map(({lanes}) => heightOf(lanes))) + below,
			areas: stretched(areas, columns),
		}));
		if (bands.reduce((sum, band) => sum + 1 + band.height, 0) <= rows) return bands;
	}
	return undefined;
}

/** As many in each band as there is room for, in their order. */
function broken(areas: readonly SizedArea[], columns: number): readonly (readonly SizedArea[])[] {
	const bands: SizedArea[][] = [];
	let left = -1;
	for (const area of areas) {
		if (area.columns > left) {
			bands.push([]);
			left = columns;
		}
		bands.at(-1)!.push(area);
		left -= area.columns + 1;
	}
	return bands;
}

/** The columns that are left over, to each by its size. */
function stretched(areas: readonly SizedArea[], columns: number): readonly SizedArea[] {
	const wanted = areas.reduce((sum, one) => sum + one.columns, 0);
	let spare = columns - (areas.length - 1) - wanted;
	return areas.map((area, at) => {
		const more = at === areas.length - 1 ? spare : Math.floor((spare * area.columns) / Math.max(1, wanted));
		const own = Math.max(0, Math.min(spare, more));
		spare -= own;
		return {...area, columns: area.columns + own};
	});
}

const leastArea = 9;

/** Equal shares, kinds or groups as they fit, and the rest in one cell; areas without any room are left out. */
export function squeezed(areas: readonly MapArea[], input: MapInput): readonly Band[] {
	const {columns, rows} = input;
	const perBand = Math.max(1, Math.floor((columns + 1) / (leastArea + 1)));
	const count = Math.max(1, Math.min(Math.ceil(areas.length / perBand), Math.floor(rows / 2)));
	const shown = areas.slice(0, count * perBand);
	const height = Math.max(1, Math.floor(rows / count) - 1);
	const each = Math.ceil(shown.length / count);
	return Array.from({length: Math.ceil(shown.length / each)}, (_, at) => {
		const some = shown.slice(at * each, (at + 1) * each);
		const share = Math.max(1, Math.floor((columns - (some.length - 1)) / some.length));
		const sized = some.map(area => fittedInto(area, {columns: share, height}, input));
		return {height, areas: stretched(sized, columns)};
	});
}

function fittedInto(
	area: MapArea,
	{columns, height}: {readonly columns: number; readonly height: number},
	{widthOf}: MapInput,
): SizedArea {
	const comfort = {...dense, widestName: Math.max(3, Math.min(16, columns - 2 - 4))};
	const about = {comfort, opened: new Set<string>(), widthOf};
	for (const items of [area.kinds, area.groups]) {
		const need = areaNeeds(area, items, about);
		const lanes = lanesOf(need.items, height);
		if (widthOfLanes(need, lanes.length) <= columns) return {...need, columns, lanes};
	}
	const {lane} = areaNeeds(area, area.kinds, about);
	const places = Math.max(1, Math.floor((columns - 2 + laneGap) / (lane + laneGap))) * height;
	const rest = area.kinds.slice(places - 1);
	const kept = [...area.kinds.slice(0, places - 1), group(area.id, `${rest.length} more`, rest)];
	const need = areaNeeds(area, places === 1 ? [group(area.id, `${rest.length} kinds`, rest)] : kept, about);
	return {...need, columns, lanes: lanesOf(need.items, height)};
}
