// How far the attacker of one scenario came under each candidate.
import type {RunReport} from '../../core/contracts/report.ts';
import {isFlat} from './columns.ts';
import {count, countOf, oneLine, plural} from './lines.ts';
import {cell, lost, row, when} from './rows.ts';
import {bar, type Cell, type Row} from './table.ts';

type Runs = readonly RunReport[];

/** Rows for the runs of one scenario, the control first. */
export const containmentRows = (runs: Runs): readonly Row[] => [
	...when(
		new Set(runs.map(({foothold}) => foothold)).size > 1,
		row(runs, 'worst foothold', ({foothold}) => cell(oneLine(foothold))),
	),
	...(isGoalDirected(runs) ? goalRows(runs) : wormRows(runs)),
	row(runs, 'reached in one hop', exposed, 'services'),
	...when(denialsDiffer(runs), row(runs, 'first denied action', firstDenied)),
];

/** An attacker that stops when it has what it came for: what else it took on its way says little of the policy. */
const isGoalDirected = (runs: Runs): boolean =>
	runs.some(({containment: {savedReason, ended}}) => savedReason === 'goal-directed' || ended === 'goal');

const wormRows = (runs: Runs): readonly Row[] => [
	row(runs, 'lost', run => lost(run, run.containment), 'kinds of workload'),
	row(runs, '', ({containment}) => cell(bar(containment.blastRadius, {full: '█', half: '▌'}), 'bad')),
	...when(
		runs.some(({containment}) => containment.workloads.others !== containment.others),
		row(runs, '  in workloads', run => lost(run, run.containment.workloads)),
	),
	...jewelEnvironments(runs).map(environment =>
		row(runs, `  in ${oneLine(environment)}`, run =>
			lost(run, run.containment.byEnvironment[environment] ?? {compromised: 0, others: 0}),
		),
	),
	...medianRows(runs),
	...jewelRows(runs),
	row(runs, 'saved by the policy', saved),
];

/** Fewer lost on the way is no better where the way was short. */
const goalRows = (runs: Runs): readonly Row[] => [
	row(runs, 'goal reached', goal),
	...jewelRows(runs),
	...medianRows(runs),
	row(runs, 'lost on the way', run => ({...lost(run, run.containment), style: 'plain'}), 'kinds of workload'),
];

/** The number of the action that reached it. */
function goal({containment: {ended}, timeline}: RunReport): Cell {
	if (ended === 'exhausted') return cell('no', 'good');
	if (ended === 'limit') return cell('unknown ?', 'warn');
	return cell(`action ${count(timeline.reduce((last, {action}) => Math.max(last, action), 0))}`, 'bad');
}

const medianRows = (runs: Runs): readonly Row[] =>
	when(
		runs.some(({footholds}) => footholds.count > 1),
		row(
			runs,
			'  median foothold',
			({footholds}) => cell(`${footholds.median}`),
			`of ${runs[0]?.footholds.count} footholds`,
		),
	);

const jewelEnvironments = (runs: Runs): readonly string[] => [
	...new Set(
		runs.flatMap(({containment: {byEnvironment}}) =>
			Object.entries(byEnvironment).flatMap(([environment, {jewels}]) => (jewels > 0 ? [environment] : [])),
		),
	),
];

const jewelRows = (runs: Runs): readonly Row[] =>
	when(
		runs.some(({containment}) => containment.jewels > 0),
		row(runs, 'crown jewels lost', run =>
			lost(run, {compromised: run.containment.jewelsReached, others: run.containment.jewels}),
		),
		...when(
			runs.some(({containment}) => containment.jewelsReached > 0),
			row(runs, '  first at action', firstJewel),
		),
	);

function firstJewel({containment: {actionsToFirstJewel: action, hopsToFirstJewel: hops}}: RunReport): Cell {
	if (action === null) return cell('–');
	return cell(hops === null ? count(action) : `${count(action)}, ${plural(hops, 'hop')}`);
}

const reasons: Readonly<Record<string, Cell>> = {
	'the control': cell('control', 'dim'),
	'nothing to contain': cell('nothing to ?', 'warn'),
	'a limit ended the run': cell('unknown ?', 'warn'),
};

function saved({containment: {saved, savable, savedReason}}: RunReport): Cell {
	if (saved === null || savable === null) return reasons[savedReason ?? ''] ?? cell('–');
	return cell(`${count(saved)} of ${count(savable)}`, saved === savable ? 'good' : saved === 0 ? 'bad' : 'plain');
}

const exposed = ({containment: {exposedServices, servicesOfOthers}}: RunReport): Cell =>
	servicesOfOthers === 0 ? cell('–') : cell(countOf(exposedServices, servicesOfOthers));

/** Where every candidate denies the same action first, that tells nothing of any of them. */
const denialsDiffer = (runs: Runs): boolean =>
	new Set(runs.filter(run => !isFlat(run)).map(({containment}) => containment.firstDeniedAction)).size > 1;

const firstDenied = ({containment: {firstDeniedAction: action}}: RunReport): Cell =>
	cell(action === null ? 'never' : count(action));
