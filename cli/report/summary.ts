// The first thing that people see: what each candidate contained, and right below it what it broke.
import type {RehearsalReport, RunReport} from '../../core/contracts/report.ts';
import {breakageRows} from './breakage-rows.ts';
import {type Column, isFlat} from './columns.ts';
import {containmentRows} from './containment-rows.ts';
import {oneLine} from './lines.ts';
import {cell, row, when} from './rows.ts';
import type {Block, Row} from './table.ts';

/**
 * One block where there is one scenario; else one for each of them, and at the end one for what does not depend on who
 * attacks. They are one table: containment and breakage are never in two.
 */
export function summaryBlocks(columns: readonly Column[], measured: RehearsalReport['measured']): readonly Block[] {
	const scenarios = [...new Set(columns.flatMap(({runs}) => runs.map(({scenario}) => scenario)))];
	const runsOf = (scenario: string): readonly RunReport[] =>
		columns.map(({runs}) => runs.find(each => each.scenario === scenario)!);
	const common = columns.map(({run}) => run);
	const costs = breakageRows(common, measured);
	if (scenarios.length === 1)
		return [{title: '', rows: [...placementRows(common), ...containmentRows(runsOf(scenarios[0]!)), ...costs]}];
	return [
		...scenarios.map(scenario => ({
			title: oneLine(scenario),
			rows: [...placementRows(common), ...containmentRows(runsOf(scenario))],
		})),
		{title: 'whoever attacks', rows: [...placementRows(common), ...costs]},
	];
}

/** Only where columns differ in it, or one of them enforces nothing. */
function placementRows(runs: readonly RunReport[]): readonly Row[] {
	const places = new Set(runs.filter(run => !isFlat(run)).map(({placement}) => placement));
	return when(
		places.size > 1 || runs.some(({mode}) => mode === 'observe'),
		row(runs, 'enforced at', run =>
			cell(isFlat(run) ? '–' : run.mode === 'observe' ? 'observes' : run.placement, 'dim'),
		),
	);
}
