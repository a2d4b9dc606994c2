// The grid itself, drawn on a sheet.
import {clip, type Line, type Look, shown, span} from '../../line.ts';
import {type Canvas, createCanvas} from '../canvas.ts';
import type {Box} from '../view.ts';
import {type CellState, glyphOf} from './cell-state.ts';
import type {GridPlan, Lane, Placed} from './plan-grid.ts';

export interface Grid {
	readonly plan: GridPlan;
	/** Null where source and destination are no pair. */
	state(row: Lane, column: Lane): CellState | null;
	readonly ascii: boolean;
}

export function gridLines({plan, state, ascii}: Grid, box: Box): readonly Line[] {
	const canvas = createCanvas(box.columns, box.rows, box.widthOf);
	writeColumns(canvas, plan, box, ascii);
	for (const [at, row] of plan.rows.entries()) {
		const walked = at === plan.walked.row;
		if (row.first && plan.section > 0)
			canvas.write(0, row.at, clip([span(shown(row.section), 'dim')], plan.section - 1, box.widthOf));
		canvas.write(
			plan.section,
			row.at,
			clip([span(shown(row.name), walked ? 'chosen' : 'plain')], plan.name, box.widthOf),
		);
		if (walked) canvas.write(plan.left - 2, row.at, [span(ascii ? '>' : '▸', 'accent')]);
		for (const [index, column] of plan.columns.entries()) {
			const here = walked && index === plan.walked.column;
			writeCell(canvas, state(row, column), {row, column, look: here ? 'chosen' : null, ascii});
		}
	}
	return canvas.lines();
}

function writeCell(
	canvas: Canvas,
	state: CellState | null,
	{
		row,
		column,
		look,
		ascii,
	}: {readonly row: Placed; readonly column: Placed; readonly look: Look | null; readonly ascii: boolean},
): void {
	if (state === null) {
		if (look !== null) canvas.draw(column.at, row.at, ' ', look);
		return;
	}
	const glyph = glyphOf(state);
	canvas.draw(column.at, row.at, ascii ? glyph.ascii : glyph.text, look ?? glyph.look);
}

/** Environments, names turned so that they are read downwards, and the mark of the walked column. */
function writeColumns(canvas: Canvas, plan: GridPlan, {widthOf}: Box, ascii: boolean): void {
	const {columns, turned, above, cell, walked} = plan;
	const withSections = above > turned + 1;
	for (const [at, column] of columns.entries()) {
		const next = columns.slice(at + 1).find(({first}) => first);
		if (withSections && column.first) {
			const room = next === undefined ? Number.POSITIVE_INFINITY : next.at - column.at - 1;
			canvas.write(column.at, 0, clip([span(shown(column.section), 'dim')], Math.max(1, room), widthOf));
		}
		const letters = Array.from(graphemes.segment(shown(column.name)), ({segment}) => segment).filter(
			letter => widthOf(letter) > 0,
		);
		const kept = letters.slice(0, turned);
		const top = above - 1 - kept.length;
		const look = at === walked.column ? 'chosen' : 'plain';
		for (const [down, letter] of kept.entries()) {
			const width = widthOf(letter);
			if (width === 1) canvas.draw(column.at, top + down, letter, look);
			else canvas.write(column.at, top + down, [span(width <= cell ? letter : '?', look)]);
		}
		if (at === walked.column) canvas.write(column.at, above - 1, [span(ascii ? 'v' : '▾', 'accent')]);
	}
}

const graphemes = new Intl.Segmenter();
