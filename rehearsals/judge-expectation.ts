// One expectation of one candidate: judged in each scenario it speaks of, on every foothold, so that the worst one decides.
import type {ExpectationReport, RunReport} from '../core/contracts/report.ts';
import {parseFlowText} from '../core/files/flow-text.ts';
import {enoughCoverage} from '../core/measure/coverage.ts';
import {dependencyText} from '../core/measure/dependency-text.ts';
import {kindsOf} from '../core/measure/kinds.ts';
import {placeText} from '../core/measure/rule-text.ts';
import {type MeasureName, measureNamed} from '../core/model/measure-names.ts';
import type {Expectation} from '../core/model/rehearsal.ts';
import type {Topology} from '../core/model/topology.ts';
import {boundText, foundText, isCeiling, keeps} from './bounds.ts';
import {type Column, columnName, controlOf, type JudgeInput} from './column.ts';
import {measuredValue} from './measured-value.ts';

interface Answer {
	readonly held: boolean | null;
	readonly found: string;
}

/** A row for each scenario (and placement) that it speaks of. */
export function judgeExpectation(expectation: Expectation, input: JudgeInput): readonly ExpectationReport[] {
	const measure = measureNamed(expectation.measure);
	if (measure === undefined) throw new Error(`no measure is named ${expectation.measure}`);
	return input.columns
		.filter(({candidate}) => candidate.name === expectation.candidate)
		.flatMap(column => {
			const scenarios = Map.groupBy(
				column.runs.filter(({scenario}) => expectation.scenario === null || expectation.scenario === scenario),
				({scenario}) => scenario,
			);
			const rows = [...scenarios].map(([scenario, runs]) => ({scenario, runs, goal: runs.every(isGoalDirected)}));
			const asked = measure.name === 'saved' && rows.some(({goal}) => !goal) ? rows.filter(({goal}) => !goal) : rows;
			return merged(measure, asked).map(({scenario, runs}) => {
				const {held, found} = worst(runs.map(run => answer(run, {expectation, measure, input})));
				const name = expectation.environment === null ? measure.name : `${measure.name}.${expectation.environment}`;
				return {
					where: placeText(expectation.where),
					what: [columnName(column, input.columns), ...(scenario === null ? [] : [scenario]), name].join(' · '),
					expected: boundText(expectation.bound),
					found,
					held,
				};
			});
		});
}

const isGoalDirected = ({containment}: RunReport): boolean => containment.savedReason === 'goal-directed';

/** Breakage, outcomes and looseness are the candidate's and no attacker's: one row, not one for each scenario. */
function merged(
	{part}: MeasureName,
	rows: readonly {readonly scenario: string; readonly runs: readonly RunReport[]}[],
): readonly {readonly scenario: string | null; readonly runs: readonly RunReport[]}[] {
	if (part === 'containment' || part === 'fidelity' || rows.length === 0) return rows;
	return [{scenario: null, runs: rows.slice(0, 1).flatMap(({runs}) => runs.slice(0, 1))}];
}

/** The failure, else the doubt, else the headline run's; the foothold is named where there are several. */
function worst(answers: readonly (Answer & {readonly run: RunReport})[]): Answer {
	const sorted = answers.toSorted((a, b) => rank(a.held) - rank(b.held) || Number(b.run.worst) - Number(a.run.worst));
	const first = sorted[0]!;
	const from = answers.length > 1 ? ` from ${first.run.foothold}` : '';
	return {held: first.held, found: `${first.found}${from}`};
}

const rank = (held: boolean | null): number => (held === false ? 0 : held === null ? 1 : 2);

function answer(
	run: RunReport,
	{expectation, measure, input}: {expectation: Expectation; measure: MeasureName; input: JudgeInput},
): Answer & {readonly run: RunReport} {
	const {bound, environment} = expectation;
	const value = measuredValue(run, measure, environment);
	const held = keeps(bound, value, nameMatcher(input.rehearsal.topology));
	const doubt = held === true ? doubtOf(run, {expectation, measure, columns: input.columns}) : null;
	const found = foundText(bound, value);
	return {run, held: doubt === null ? held : null, found: doubt === null ? found : `${found}, but ${doubt}`};
}

/** Measures that only grow while an attacker goes on: a ceiling that held is sure only where nothing was left to try. */
const growing = new Set(['compromised', 'blastRadius', 'lost', 'jewelsReached', 'noise', 'deniedAttempts']);

/** Why an expectation that held shows nothing; null where it does. */
function doubtOf(
	run: RunReport,
	{expectation, measure, columns}: {expectation: Expectation; measure: MeasureName; columns: readonly Column[]},
): string | null {
	const ceiling = isCeiling(expectation.bound);
	const {coverage} = run.breakage;
	if (measure.part === 'breakage' && ceiling && coverage.share !== null && coverage.share < enoughCoverage)
		return `callers are known for ${coverage.covered} of ${coverage.services} services`;
	if ((measure.name === 'broken' || measure.name === 'orphaned') && ceiling && run.outcomes.inconclusive > 0)
		return `${run.outcomes.inconclusive} flows are inconclusive`;
	if (measure.part !== 'containment') return null;
	const endless = growing.has(measure.name) ? ceiling : !ceiling;
	if (run.containment.ended === 'limit' && endless) return 'a limit ended the run';
	return ceiling ? vacuous(run, {expectation, measure, columns}) : null;
}

/** Lost measures that hold because nothing falls even with no policy in force. */
function vacuous(
	run: RunReport,
	{expectation, measure, columns}: {expectation: Expectation; measure: MeasureName; columns: readonly Column[]},
): string | null {
	if (!growing.has(measure.name) || ['noise', 'deniedAttempts'].includes(measure.name)) return null;
	const control = controlOf(columns)?.runs.find(
		({scenario, foothold}) => scenario === run.scenario && foothold === run.foothold,
	);
	if (control === undefined || control === run) return null;
	const environment = isGoalDirected(run) ? null : expectation.environment;
	const {value} = measuredValue(control, measure, environment);
	return value === 0 ? 'with no policy in force nothing is lost there either' : null;
}

/** Is this name, as somebody wrote or pasted it, that one? `worker.prod ▸ queue.prod:amqp` is `worker.prod -> queue.prod:5672/tcp`. */
function nameMatcher(topology: Topology): (written: string, name: string) => boolean {
	const kinds = kindsOf(topology);
	const known = new Set(topology.dependencies.map(dependencyText));
	return (written, name) => {
		if (written.trim() === name) return true;
		if (!known.has(name)) return false;
		const parsed = parseFlowText(written, topology);
		if (parsed.kind === 'wrong') return false;
		return parsed.flows.some(
			({source, destination, port, protocol}) =>
				`${kinds.of(source.workload)} -> ${kinds.of(destination.workload)}:${port}/${protocol}` === name,
		);
	};
}
