// Where things stand on the screen, for the mouse and for whatever moves by pages. Who draws the frame knows.
import type {WidthOf} from '../line.ts';
import {rememberedWidths} from '../width-of.ts';
import {policyLength} from './policy/policy-lines.ts';
import {type ConsoleState, type PaneName, paneNames} from './state.ts';
import type {Box} from './view.ts';
import {workloadLines} from './workload/workload-lines.ts';

export interface Area extends Box {
	readonly column: number;
	readonly row: number;
}

export interface Ground {
	/** Of the map, and of the pane's lines. */
	readonly map: Area;
	readonly pane: Area;
	readonly tabs: readonly {
		readonly pane: PaneName;
		readonly column: number;
		readonly row: number;
		readonly columns: number;
	}[];
	/** How many lines that pane has in all. */
	lines(pane: PaneName): number;
}

const widthOf: WidthOf = rememberedWidths();

/** Side by side where there is room, else one above the other: two rows above, three below. */
export function plainGround(state: ConsoleState): Ground {
	const {columns, rows} = state.size;
	const inner = Math.max(0, rows - 5);
	const wide = columns >= 100;
	const mapColumns = wide ? Math.floor(columns * 0.6) : columns;
	const mapRows = wide ? inner : Math.floor(inner / 2);
	const area = (column: number, row: number, width: number, height: number): Area => ({
		...{column, row, columns: Math.max(0, width), rows: Math.max(0, height)},
		widthOf,
	});
	const map = area(0, 2, mapColumns, mapRows);
	const pane = wide
		? area(mapColumns + 1, 1, columns - mapColumns - 1, inner + 1)
		: area(0, 3 + mapRows, columns, inner - mapRows - 1);
	let column = pane.column;
	const tabs = paneNames.map(name => {
		const tab = {pane: name, column, row: pane.row - 1, columns: name.length + 2};
		column += tab.columns + 3;
		return tab;
	});
	return {map, pane, tabs, lines: name => linesOf(state, name, pane)};
}

function linesOf(state: ConsoleState, pane: PaneName, box: Box): number {
	const {world} = state;
	switch (pane) {
		case 'timeline':
			return world.timeline.length;
		case 'flows':
			return world.verdicts.length;
		case 'log':
			return world.log.length;
		case 'policy':
			return policyLength(state);
		case 'workload':
			return workloadLines(state, box).length;
		default:
			return unknownLines;
	}
}

/** Of a pane whose length only its view knows: it stops at its end by itself. */
const unknownLines = 200;
