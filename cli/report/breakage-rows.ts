// What a candidate costs, and whether the witnesses agree on it: the same, whoever attacks.

import type {RehearsalReport, RunReport} from '../../core/contracts/report.ts';
import {enoughCoverage} from '../../core/measure/coverage.ts';
import {marks} from '../../core/text/marks.ts';
import {isFlat} from './columns.ts';
import {count, countOf} from './lines.ts';
import {cell, flagged, row, when} from './rows.ts';
import {bar, type Cell, type Row} from './table.ts';

type Runs = readonly RunReport[];

/** Rows for one run of each candidate, the control first. */
export const breakageRows = (runs: Runs, measured: RehearsalReport['measured']): readonly Row[] => [
	row(runs, 'dependencies broken', broken, 'that are known'),
	...when(
		runs.some(run => brokenShare(run) >= shortestBar),
		row(runs, '', run => cell(bar(brokenShare(run), {full: '▓', half: '▒'}), 'warn')),
	),
	...when(
		runs.some(run => assumedBroken(run) > 0),
		row(runs, '  and assumed ones', run => (isFlat(run) ? cell('–') : flagged(assumedBroken(run)))),
	),
	row(runs, 'services orphaned', run => (isFlat(run) ? cell('–') : flagged(run.breakage.orphaned.length))),
	row(runs, 'looser than needed', ({looseness}) => percent(looseness.usableNow), 'of what is usable now'),
	...observedRows(runs),
	...when(
		runs.some(({outcomes}) => outcomes.inconclusive > 0),
		row(runs, 'flows inconclusive', ({outcomes: {inconclusive: some}}) =>
			some === 0 ? cell('none') : cell(`${count(some)} ?`, 'warn'),
		),
	),
	measured === 'model'
		? row(runs, 'flows agreed on', () => cell('not asked', 'warn'))
		: row(runs, 'flows agreed on', agree, 'by model, kernel, far end'),
];

/** A bar of half a cell says less than the figure above it. */
const shortestBar = 0.1;

const brokenShare = ({breakage: {broken, dependencies}}: RunReport): number =>
	dependencies === 0 ? 0 : broken / dependencies;

const assumedBroken = ({breakage}: RunReport): number =>
	breakage.flows.filter(({source}) => source === 'assumed').length;

/** `!` says broken, `?` that too little is known to say that nothing is. */
function broken(run: RunReport): Cell {
	if (isFlat(run)) return cell('–');
	const {broken: some, dependencies, coverage} = run.breakage;
	const text = countOf(some, dependencies);
	if (some > 0) return flagged(some, text);
	const known = coverage.share === null || coverage.share >= enoughCoverage;
	return known ? cell(text, 'good') : cell(`${text} ?`, 'warn');
}

const percent = (share: number | null): Cell => cell(share === null ? '–' : `${Math.round(share * 100)}%`);

const observedRows = (runs: Runs): readonly Row[] => [
	...observed(runs, 'would be denied', 'wouldDeny'),
	...observed(runs, 'would be allowed', 'wouldAllow'),
];

const observed = (runs: Runs, label: string, flows: 'wouldDeny' | 'wouldAllow'): readonly Row[] =>
	when(
		runs.some(({outcomes}) => outcomes[flows] > 0),
		row(
			runs,
			label,
			({outcomes}) => (outcomes[flows] === 0 ? cell('–') : cell(count(outcomes[flows]))),
			'flows, by what only observes',
		),
	);

const agree = ({fidelity: {checked, mismatches}}: RunReport): Cell =>
	mismatches === 0 ? cell(count(checked)) : cell(`all but ${count(mismatches)} ${marks.bad}`, 'bad');
