// The figures that only a simulation has, as rows of the table: every foothold, and exploits that do not always work. Each
// block ends with what the candidate breaks, so that no figure of containment stands alone.
import type {RunReport} from '../../core/contracts/report.ts';
import type {FootholdDistribution, ProbabilityReport, Simulated} from '../../core/simulate/simulation-report.ts';
import {count, countOf, oneLine} from '../report/lines.ts';
import {cell, flagged} from '../report/rows.ts';
import {type Block, bar, type Cell, type Row} from '../report/table.ts';

/** One for each candidate, in the order of the columns. */
type Columns = readonly {readonly simulated: Simulated; readonly run: RunReport}[];

const row = (columns: Columns, label: string, draw: (column: Columns[number]) => Cell, unit = ''): Row => ({
	label,
	cells: columns.map(draw),
	unit,
});

const loss = (value: number, text: string): Cell => cell(text, value === 0 ? 'good' : 'bad');

const brokenRow = (columns: Columns): Row =>
	row(columns, 'dependencies broken', ({run: {candidate, breakage}}) =>
		candidate === 'flat' ? cell('–') : flagged(breakage.broken, countOf(breakage.broken, breakage.dependencies)),
	);

/** Empty where there is one foothold. */
export function footholdBlocks(columns: Columns, title: string): readonly Block[] {
	const [first] = columns;
	if (first?.simulated.distribution == null) return [];
	const {count: many} = first.simulated.distribution;
	const of =
		(draw: (distribution: FootholdDistribution, others: number) => Cell) =>
		({simulated}: Columns[number]) =>
			draw(simulated.distribution!, simulated.others);
	const environments = Object.keys(first.simulated.distribution.byEnvironment);
	const summary: readonly Row[] = [
		row(
			columns,
			'worst foothold',
			of(({worstFootholds}) => cell(oneLine(worstFootholds[0]!.kind))),
		),
		row(
			columns,
			'  loses',
			of(({worst}, others) => loss(worst, countOf(worst, others))),
			'kinds of workload',
		),
		row(
			columns,
			'  95 in 100 at most',
			of(({p95}) => loss(p95, count(p95))),
		),
		row(
			columns,
			'  median',
			of(({median}) => loss(median, number(median))),
		),
		row(
			columns,
			'  mean',
			of(({mean}) => loss(mean, number(mean))),
		),
		...(environments.length < 2
			? []
			: environments.map(environment =>
					row(
						columns,
						`  worst from ${environment === '' ? 'elsewhere' : oneLine(environment)}`,
						of(({byEnvironment}) => loss(byEnvironment[environment]!.worst, count(byEnvironment[environment]!.worst))),
					),
				)),
		row(
			columns,
			'reach a crown jewel',
			of(({jewelFootholds}) => loss(jewelFootholds, countOf(jewelFootholds, many))),
			'footholds',
		),
		brokenRow(columns),
	];
	const bins: readonly Row[] = first.simulated.distribution.histogram.map(({first: low, last}, at) =>
		row(
			columns,
			low === last ? `  ${count(low)}` : `  ${count(low)} to ${count(last)}`,
			of(({histogram}) => drawn(histogram[at]?.count ?? 0, many)),
			at === 0 ? 'footholds' : '',
		),
	);
	return [
		{title, rows: summary},
		{title: 'kinds lost', rows: bins},
	];
}

/** The count and a bar of five cells. */
const drawn = (some: number, all: number): Cell =>
	some === 0 ? cell('·', 'dim') : cell(`${count(some)} ${bar(some / all / 2, {full: '█', half: '▌'})}`);

/** Empty without `--exploit-probability`. */
export function chanceBlocks(columns: Columns, title: string): readonly Block[] {
	const [first] = columns;
	if (first?.simulated.probability == null) return [];
	const of =
		(draw: (report: ProbabilityReport, others: number) => Cell) =>
		({simulated}: Columns[number]) =>
			draw(simulated.probability!, simulated.others);
	const hasJewels = first.simulated.probability.jewelFalls !== null;
	return [
		{
			title,
			rows: [
				row(
					columns,
					'lost on average',
					of(({compromised: {mean}}, others) => loss(mean, `${number(mean)} of ${count(others)}`)),
					'kinds of workload',
				),
				row(
					columns,
					'  95% sure',
					of(({compromised: {low, high}}) => cell(`${number(Math.max(0, low))} to ${number(high)}`, 'dim')),
				),
				...(hasJewels
					? [
							row(
								columns,
								'a crown jewel falls',
								of(({jewelFalls}) => loss(jewelFalls!.runs, percent(jewelFalls!.share))),
								'of all runs',
							),
							row(
								columns,
								'  95% sure',
								of(({jewelFalls}) => cell(`${percent(jewelFalls!.low)} to ${percent(jewelFalls!.high)}`, 'dim')),
							),
						]
					: []),
				brokenRow(columns),
			],
		},
	];
}

export const number = (value: number): string =>
	Number.isInteger(value)
		? count(value)
		: value.toLocaleString('en-US', {minimumFractionDigits: 1, maximumFractionDigits: 1});

const percent = (share: number): string => `${Number((share * 100).toFixed(1))}%`;
