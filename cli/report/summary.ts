// The first thing that people see: what each candidate contained, and right below it what it broke.
import type {RunReport} from '../../core/contracts/report.ts';
import {enoughCoverage} from '../../core/measure/coverage.ts';
import {count, countOf, oneLine, plural} from './lines.ts';
import type {Style} from './paint.ts';
import {bar, type Cell, type Row} from './table.ts';

const cell = (text: string, style: Style = 'plain'): Cell => ({text, style});

/** The control is the run of `flat`. */
export const isFlat = ({candidate}: RunReport): boolean => candidate === 'flat';

type Draw = (run: RunReport) => Cell;

const row = (runs: readonly RunReport[], label: string, draw: Draw, unit = ''): Row => ({
	label,
	cells: runs.map(draw),
	unit,
});

/** Rows for the headline runs of one scenario, the control first. Containment and breakage are never in two tables. */
export const summaryRows = (runs: readonly RunReport[], measured: 'packets' | 'model'): readonly Row[] => [
	...placementRows(runs),
	...containmentRows(runs),
	...breakageRows(runs),
	row(runs, 'looser than needed', ({looseness}) => percent(looseness.usableNow), 'of what is usable now'),
	row(runs, 'first denied step', firstDenied),
	...observedRows(runs),
	...witnessRows(runs, measured),
];

function placementRows(runs: readonly RunReport[]): readonly Row[] {
	const several = new Set(runs.filter(run => !isFlat(run)).map(({placement}) => placement)).size > 1;
	const observing = runs.some(({mode}) => mode === 'observe');
	if (!several && !observing) return [];
	return [
		row(runs, 'enforced at', run =>
			cell(isFlat(run) ? '–' : run.mode === 'observe' ? 'observes' : run.placement, 'dim'),
		),
	];
}

function containmentRows(runs: readonly RunReport[]): readonly Row[] {
	const environments = [...new Set(runs.flatMap(({containment}) => jewelEnvironments(containment)))];
	const asWorkloads = runs.some(({containment}) => containment.workloads.others !== containment.others);
	const several = runs.some(({footholds}) => footholds.count > 1);
	const goal = runs.some(({containment}) => containment.savedReason === 'goal-directed');
	return [
		...(new Set(runs.map(({foothold}) => foothold)).size > 1
			? [row(runs, 'worst foothold', ({foothold}) => cell(oneLine(foothold)))]
			: []),
		row(runs, 'lost', ({containment}) => lost(containment, containment), 'kinds of workload'),
		row(runs, '', ({containment}) => cell(bar(containment.blastRadius, {full: '█', half: '▌'}), 'bad')),
		...(asWorkloads ? [row(runs, '  in workloads', ({containment}) => lost(containment, containment.workloads))] : []),
		...environments.map(environment =>
			row(runs, `  of which ${oneLine(environment)}`, ({containment}) =>
				lost(containment, containment.byEnvironment[environment] ?? {compromised: 0, others: 0}),
			),
		),
		...(several
			? [
					row(
						runs,
						'  median foothold',
						({footholds}) => cell(`${footholds.median}`),
						`of ${runs[0]?.footholds.count} footholds`,
					),
				]
			: []),
		...jewelRows(runs, goal),
		...(goal ? [] : [row(runs, 'saved by the policy', saved)]),
		row(runs, 'answers the foothold', exposed, 'services in one hop'),
	];
}

const jewelEnvironments = ({byEnvironment}: RunReport['containment']): readonly string[] =>
	Object.entries(byEnvironment).flatMap(([environment, {jewels}]) => (jewels > 0 ? [environment] : []));

function jewelRows(runs: readonly RunReport[], goal: boolean): readonly Row[] {
	if (runs.every(({containment}) => containment.jewels === 0)) return [];
	return [
		row(runs, 'crown jewels lost', ({containment}) =>
			lost(containment, {compromised: containment.jewelsReached, others: containment.jewels}),
		),
		row(runs, 'first jewel after', ({containment: {actionsToFirstJewel: actions}}) =>
			actions === null ? cell('–') : cell(plural(actions, 'action')),
		),
		...(goal
			? [
					row(runs, '  and hops', ({containment: {hopsToFirstJewel: hops}}) =>
						cell(hops === null ? '–' : plural(hops, 'hop')),
					),
				]
			: []),
	];
}

/** A run that a limit ended lost at least so much. */
function lost({ended}: RunReport['containment'], {compromised, others}: {compromised: number; others: number}): Cell {
	if (others === 0) return cell('–');
	const least = ended === 'limit' ? '≥ ' : '';
	if (compromised === 0)
		return cell(
			ended === 'limit' ? `≥ 0 of ${count(others)}` : `none of ${count(others)}`,
			ended === 'limit' ? 'warn' : 'good',
		);
	return cell(`${least}${countOf(compromised, others)}`, 'bad');
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

function breakageRows(runs: readonly RunReport[]): readonly Row[] {
	const assumed = (run: RunReport): number => run.breakage.flows.filter(({source}) => source === 'assumed').length;
	return [
		row(runs, 'dependencies broken', broken, 'that are known'),
		...(runs.some(({breakage}) => breakage.broken > 0)
			? [
					row(runs, '', ({breakage: {broken: some, dependencies}}) =>
						cell(bar(dependencies === 0 ? null : some / dependencies, {full: '▓', half: '▒'}), 'warn'),
					),
				]
			: []),
		...(runs.some(run => assumed(run) > 0)
			? [
					row(runs, '  and assumed ones', run =>
						isFlat(run) ? cell('–') : flagged(assumed(run), `${count(assumed(run))}`),
					),
				]
			: []),
		row(runs, 'services orphaned', run =>
			isFlat(run) ? cell('–') : flagged(run.breakage.orphaned.length, count(run.breakage.orphaned.length)),
		),
	];
}

/** `!` says broken, `?` that too little is known to say that nothing is. */
function broken(run: RunReport): Cell {
	if (isFlat(run)) return cell('–');
	const {broken: some, dependencies, coverage} = run.breakage;
	const text = countOf(some, dependencies);
	if (some > 0) return flagged(some, text);
	const known = coverage.share === null || coverage.share >= enoughCoverage;
	return known ? cell(text, 'good') : cell(`${text} ?`, 'warn');
}

const flagged = (value: number, text: string): Cell =>
	value === 0 ? cell(text === '0' ? 'none' : text, 'good') : cell(`${text} !`, 'warn');

const percent = (share: number | null): Cell => cell(share === null ? '–' : `${Math.round(share * 100)}%`);

const firstDenied = ({containment: {firstDeniedAction: action}}: RunReport): Cell =>
	cell(action === null ? 'never' : `action ${count(action)}`);

function observedRows(runs: readonly RunReport[]): readonly Row[] {
	const would = (label: string, flows: 'wouldDeny' | 'wouldAllow'): readonly Row[] =>
		runs.every(({outcomes}) => outcomes[flows] === 0)
			? []
			: [
					row(
						runs,
						label,
						({outcomes}) => (outcomes[flows] === 0 ? cell('–') : cell(count(outcomes[flows]))),
						'flows, by what only observes',
					),
				];
	return [...would('would be denied', 'wouldDeny'), ...would('would be allowed', 'wouldAllow')];
}

function witnessRows(runs: readonly RunReport[], measured: 'packets' | 'model'): readonly Row[] {
	const doubts = runs.some(({outcomes}) => outcomes.inconclusive > 0)
		? [
				row(runs, 'flows inconclusive', ({outcomes: {inconclusive: some}}) =>
					some === 0 ? cell('none') : cell(`${count(some)} ?`, 'warn'),
				),
			]
		: [];
	if (measured === 'model') return [...doubts, row(runs, 'three witnesses agree', () => cell('not asked', 'warn'))];
	return [
		...doubts,
		row(
			runs,
			'three witnesses agree',
			({fidelity: {checked, mismatches}}) =>
				mismatches === 0 ? cell(count(checked)) : cell(`${count(mismatches)} do not ✗`, 'bad'),
			'flows: model, kernel, far end',
		),
	];
}
