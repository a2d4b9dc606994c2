// A simulation for programs.
import type {RunReport} from '../../core/contracts/report.ts';
import {formulas} from '../../core/measure/formulas.ts';
import type {SimulationReport} from '../../core/simulate/simulation-report.ts';
import {safe} from '../report/json.ts';

/** One object, schema `firebreak/simulation/v1`, with the formulas of its measures; ends in a newline. */
export const renderSimulationJson = (report: SimulationReport): string =>
	`${safe(
		JSON.stringify(
			{
				...report,
				runs: report.runs.map(run => asKnown(run, report)),
				formulas: Object.fromEntries(formulas.map(({name, formula}) => [name, formula])),
			},
			null,
			'\t',
		),
	)}\n`;

/** A line a foothold, the worst of a candidate and scenario first; then a line a simulation, then one a run; told apart by `event`. */
export const renderSimulationNdjson = (report: SimulationReport): string =>
	[
		...report.footholds.map(each => ({event: 'foothold', ...each})),
		...report.simulations.map(each => ({event: 'simulation', ...each})),
		...report.runs.map(run => ({event: 'run', ...asKnown(run, report)})),
	]
		.map(line => `${safe(JSON.stringify(line))}\n`)
		.join('');

/** A closure takes no actions: what only they could tell is null, not none. */
const asKnown = (run: RunReport, {computedBy}: SimulationReport): object =>
	computedBy === 'worm'
		? run
		: {...run, containment: {...run.containment, noise: null, deniedAttempts: null, firstDeniedAction: null}};
