// What is expected of every rehearsal, whatever its file says: no mismatch, no vital dependency broken, and no green
// that knows nothing.
import type {ExpectationReport, RunReport} from '../core/contracts/report.ts';
import {enoughCoverage} from '../core/measure/coverage.ts';
import {dependencyText} from '../core/measure/dependency-text.ts';
import {placeText} from '../core/measure/rule-text.ts';
import {measureNamed} from '../core/model/measure-names.ts';
import {type Column, columnName, type JudgeInput, underTest, worstAnswer} from './column.ts';

/** All of them, the sure ones first. Doubts are rows with `held: null`, and only where there is one. */
export const judgeAlways = (input: JudgeInput): readonly ExpectationReport[] => [
	...(input.measured === 'model' ? [] : input.columns.map(column => mismatches(column, input))),
	...underTest(input.columns).flatMap(column => vital(column, input)),
	...input.columns.filter(({candidate}) => candidate.name !== 'flat').flatMap(column => inconclusive(column, input)),
	...underTest(input.columns).flatMap(column => [
		...unknownBreakage(column, input),
		...unknownContainment(column, input),
	]),
];

function mismatches(column: Column, {columns}: JudgeInput): ExpectationReport {
	const most = Math.max(0, ...column.runs.map(({fidelity}) => fidelity.mismatches));
	return {
		where: placeText(column.candidate.where),
		what: `${columnName(column, columns)} · mismatches`,
		expected: '0',
		found: `${most}`,
		held: most === 0,
	};
}

/** A row for each vital dependency: broken fails, and one that could not be tried is a doubt. */
function vital(column: Column, {rehearsal: {topology}, columns}: JudgeInput): readonly ExpectationReport[] {
	const [run] = column.runs;
	if (run === undefined) return [];
	return topology.dependencies
		.filter(need => need.vital)
		.map(need => {
			const name = dependencyText(need);
			const broken = run.breakage.flows.find(({dependency}) => dependency === name);
			const untried = need.dangling || run.breakage.untestable.includes(name);
			return {
				where: placeText(need.where),
				what: `${columnName(column, columns)} · vital: ${name}`,
				expected: 'works',
				found:
					broken !== undefined
						? `broken, ${broken.failing} of ${broken.of} flows`
						: untried
							? 'it does not answer with no policy either'
							: 'works',
				held: broken !== undefined ? false : untried ? null : true,
			};
		});
}

/** Denials that could not have arrived, and flows without witnesses, unless the rehearsal bounds their number itself. */
function inconclusive(column: Column, {rehearsal, columns}: JudgeInput): readonly ExpectationReport[] {
	const [run] = column.runs;
	if (run === undefined || run.outcomes.inconclusive === 0) return [];
	if (expects(column, rehearsal, name => name === 'inconclusive')) return [];
	const [first] = run.outcomes.inconclusiveFlows;
	return [
		doubt(column, columns, {
			what: 'inconclusive',
			expected: '0',
			found: `${run.outcomes.inconclusive} of ${run.outcomes.checked} flows${first === undefined ? '' : `, such as ${first.flow}: ${first.reason}`}`,
		}),
	];
}

function unknownBreakage(column: Column, {rehearsal, columns}: JudgeInput): readonly ExpectationReport[] {
	const coverage = column.runs[0]?.breakage.coverage;
	if (coverage === undefined || coverage.share === null || coverage.share >= enoughCoverage) return [];
	if (expects(column, rehearsal, name => name === 'broken')) return [];
	return [
		doubt(column, columns, {
			what: 'coverage',
			expected: 'callers known for half of the services',
			found: `for ${coverage.covered} of ${coverage.services}, so that little is known of what breaks`,
		}),
	];
}

/** Attacks that show nothing of a candidate of which no containment is expected; where it is, that row says so. */
function unknownContainment(column: Column, {rehearsal, columns}: JudgeInput): readonly ExpectationReport[] {
	if (expects(column, rehearsal, name => measureNamed(name)?.part === 'containment')) return [];
	return column.runs
		.filter(({worst}) => worst)
		.flatMap(run => {
			const why = nothingShown(run);
			return why === null
				? []
				: [
						doubt(column, columns, {
							what: `${run.scenario} · containment`,
							expected: 'something to contain',
							found: why,
						}),
					];
		});
}

function nothingShown({containment: {ended, savedReason}}: RunReport): string | null {
	if (ended === 'limit' || savedReason === 'a limit ended the run') return 'a limit ended the run';
	return savedReason === 'nothing to contain' ? 'with no policy in force nothing is lost either' : null;
}

const expects = (
	{candidate}: Column,
	{expectations}: JudgeInput['rehearsal'],
	wanted: (measure: string) => boolean,
): boolean => expectations.some(each => each.candidate === candidate.name && wanted(each.measure));

const doubt = (
	column: Column,
	columns: readonly Column[],
	{what, expected, found}: {what: string; expected: string; found: string},
): ExpectationReport => ({
	where: placeText(column.candidate.where),
	what: `${columnName(column, columns)} · ${what}`,
	expected,
	found,
	held: null,
});

/** Of all rows: false where one failed, else null where one is in doubt, else true. */
export const passedOf = (rows: readonly ExpectationReport[]): boolean | null => worstAnswer(rows.map(({held}) => held));
