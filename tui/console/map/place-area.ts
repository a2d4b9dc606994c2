// An area whose size is known: each of its rows and spots gets its place.
import {laneGap, type SizedArea, type SizedItem} from './measure-area.ts';
import type {Area, MapInput, Row, Spot} from './plan-map.ts';

interface Corner {
	readonly column: number;
	readonly row: number;
	readonly height: number;
}

export function placeArea({area, columns, lanes, label, comfort}: SizedArea, at: Corner, {widthOf}: MapInput): Area {
	const inner = Math.max(1, columns - 2);
	// What is left over lies between the lanes and behind the last, alike.
	const stride = Math.max(1, Math.floor((inner + laneGap) / Math.max(1, lanes.length)));
	const rows: Row[] = [];
	const spots: Spot[] = [];
	for (const [number, lane] of lanes.entries()) {
		let row = at.row + 1;
		const column = at.column + 1 + number * stride;
		const end = Math.min(at.column + 1 + inner, column + stride - laneGap);
		for (const item of lane) {
			if (row > at.row + at.height) break;
			const start = Math.min(column + label + 1, Math.max(column, end - 1));
			const cells = placeCells(item, {column: start, row, end, last: at.row + at.height});
			const notes = start + item.cells + 2;
			rows.push({
				...{id: item.id, name: item.name, kind: item.kind, column, row},
				width: Math.max(0, Math.min(label, widthOf(item.name), start - column)),
				note: comfort.note > 0 && end - notes >= 4 ? {column: notes, width: end - notes} : null,
			});
			spots.push(...cells);
			row += item.rows * comfort.spacing;
		}
	}
	return {id: area.id, title: area.title, column: at.column, row: at.row, columns, height: at.height, rows, spots};
}

function placeCells(
	{id, kind, workloads, folded, perRow}: SizedItem,
	{
		column,
		row,
		end,
		last,
	}: {readonly column: number; readonly row: number; readonly end: number; readonly last: number},
): readonly Spot[] {
	if (folded) return [{id: kind ?? id, workloads, column, row, width: Math.max(1, end - column), folded: true}];
	return workloads.flatMap((workload, at) => {
		const place = {column: column + 2 * (at % perRow), row: row + Math.floor(at / perRow)};
		return place.column >= end || place.row > last
			? []
			: [{id: workload.name, workloads: [workload], ...place, width: 1, folded: false}];
	});
}
