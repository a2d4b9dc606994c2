// Who may reach whom under the policy in force, as a map that can be walked: what the model expects, and what was measured.
import {type Line, type Span, shown, span} from '../../line.ts';
import type {Axes} from '../matrix/axes.ts';
import {type CellState, cellGlyphs, cellStates, joined, outcomesOf} from '../matrix/cell-state.ts';
import {detailLines} from '../matrix/detail-lines.ts';
import {type Expected, expectedOf} from '../matrix/expected.ts';
import {gridLines} from '../matrix/grid-lines.ts';
import {type GridPlan, type Lane, planGrid, walkedEntry} from '../matrix/plan-grid.ts';
import type {ConsoleState} from '../state.ts';
import {type Box, filled, ruled} from '../view.ts';

const expectedIn = ({world}: ConsoleState): Expected =>
	expectedOf(world.rehearsal.topology, world.policy.stack, world.policy.placement);

/** The rows and columns that `state.cell` counts: for whoever walks it. */
export const matrixAxes = (state: ConsoleState): Axes => expectedIn(state).axes;

/** The grid of the state's matrix in that box: where the mouse finds what it points at, one row above. */
export function matrixPlan(state: ConsoleState, {columns, rows, widthOf}: Box): GridPlan {
	const {head, grid} = share(rows);
	const plan = planGrid({axes: expectedIn(state).axes, cell: state.cell, columns, rows: grid, widthOf});
	return {...plan, top: head};
}

/** Rows of each part, the same for every cell, so that nothing jumps. What the grid leaves is the detail's. */
function share(rows: number): {readonly head: number; readonly grid: number; readonly legend: number} {
	const head = rows >= 5 ? 1 : 0;
	const legend = rows >= 14 ? 1 : 0;
	const rest = rows - head - legend;
	return {head, legend, grid: rest - (rest < 9 ? 0 : Math.min(5, Math.floor(rest / 3)))};
}

export function matrixView(state: ConsoleState, box: Box): readonly Line[] {
	const {columns, rows} = box;
	if (rows <= 0 || columns <= 0) return [];
	const {ascii, world} = state;
	const {axes} = expectedIn(state);
	if (axes.rows.length === 0 || axes.columns.length === 0)
		return filled([[span(' nobody here has a service to reach', 'dim')]], box);
	const expected = expectedIn(state);
	const outcome = outcomesOf(world.measured, expected);
	const stateAt = cellStates(expected, world.measured);
	const stateOf = (row: Lane, column: Lane): CellState | null =>
		row.entries.length === 1 && column.entries.length === 1
			? stateAt(row.entries[0]!, column.entries[0]!)
			: joined(row.entries.flatMap(from => column.entries.flatMap(to => stateAt(from, to) ?? [])));
	const parts = share(rows);
	const plan = matrixPlan(state, box);
	// A grid that needs less leaves the rest to the detail.
	const used = Math.min(parts.grid, (plan.rows.at(-1)?.at ?? 0) + 1);
	const rest = rows - parts.head - parts.legend;
	const detail = parts.grid === rest ? 0 : rest - used;
	const [row, column] = [walkedEntry(axes.rows, state.cell.from), walkedEntry(axes.columns, state.cell.to)];
	const lines = [
		...(parts.head === 0 ? [] : [headLine(state, plan)]),
		...gridLines({plan, state: stateOf, ascii}, {...box, rows: used}),
		...(detail === 0
			? []
			: [
					ruled(
						[span(`${shown(axes.rows[row]!.fullName)} ▸ ${shown(axes.columns[column]!.fullName)}`, 'strong')],
						columns,
						{...box, ascii},
					),
					...fitting(detailLines({expected, outcome, row, column, policy: world.policy}, columns), detail - 1),
				]),
	];
	const above = filled(lines, {...box, rows: rows - parts.legend});
	return filled([...above, ...(parts.legend === 0 ? [] : [legendLine(columns, box, ascii)])], box);
}

function headLine({world: {policy, measured}}: ConsoleState, {hidden}: GridPlan): Line {
	const parts = [
		policy.observed ? 'it observes: nothing is denied' : 'by the model',
		measured.size === 0 ? 'nothing measured yet' : 'and measured',
		...(hidden.rows > 0 ? [`${hidden.rows} more rows`] : []),
		...(hidden.columns > 0 ? [`${hidden.columns} more columns`] : []),
	];
	return [span(` ${shown(policy.name)}`, 'strong'), span(`  from ▸ to: ${parts.join(', ')}`, 'dim')];
}

/** As many lines as there are rows for, and a word on the others. */
const fitting = (lines: readonly Line[], rows: number): readonly Line[] =>
	lines.length <= rows || rows < 1
		? lines.slice(0, Math.max(0, rows))
		: [...lines.slice(0, rows - 1), [span(`  … ${lines.length - rows + 1} more lines: x explains the cell`, 'dim')]];

/** As much of the legend as fits, the rare glyphs last. */
function legendLine(columns: number, {widthOf}: Box, ascii: boolean): Line {
	const {sure, unsure, breaks, differs} = cellGlyphs;
	const words: readonly (readonly [text: string, ascii: string, look: Span['look'], means: string])[] = [
		[sure.all.text, sure.all.ascii, sure.all.look, 'all services'],
		[sure.some.text, sure.some.ascii, sure.some.look, 'some'],
		[sure.none.text, sure.none.ascii, sure.none.look, 'none'],
		[breaks.text, breaks.ascii, breaks.look, 'denies what is needed'],
		[differs.text, differs.ascii, differs.look, 'measured otherwise'],
		[
			`${unsure.all.text}${unsure.some.text}${unsure.none.text}`,
			`${unsure.all.ascii}${unsure.some.ascii}${unsure.none.ascii}`,
			'dim',
			'not measured yet',
		],
	];
	const line: Span[] = [];
	let width = 0;
	for (const [glyph, plain, look, means] of words) {
		const text = ` ${means}  `;
		width += widthOf(glyph) + widthOf(text);
		if (width > columns) break;
		line.push(span(line.length === 0 ? ' ' : ''), span(ascii ? plain : glyph, look), span(text, 'dim'));
		if (line.length === 3) width++;
	}
	return line;
}
