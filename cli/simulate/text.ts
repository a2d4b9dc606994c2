// A simulation for people: the report of the model, then what only a simulation can say.
import type {RehearsalReport, RunReport} from '../../core/contracts/report.ts';
import type {Simulated, SimulationReport} from '../../core/simulate/simulation-report.ts';
import {columnsOf} from '../report/columns.ts';
import {coverageLines, footerLines} from '../report/footer.ts';
import {oneLine, type Page, padEnd, painted, plural, widthOf, wrap} from '../report/lines.ts';
import {bar, tableLines} from '../report/table.ts';
import {joinBlocks, resultBlocks} from '../report/text.ts';
import {chanceBlocks, footholdBlocks} from './blocks.ts';
import {changesLines} from './change-lines.ts';
import {cutsLines} from './cut-lines.ts';

/** The whole report, ending in a newline. */
export function renderSimulation(report: SimulationReport, {width, paint}: Page): string {
	const page: Page = {width: Math.max(60, width), paint};
	const rehearsed = asRehearsed(report);
	const columns = columnsOf(report.runs);
	const heads = columns.map(({candidate}) => oneLine(candidate));
	const names = new Map(columns.map(({name, run}) => [keyOf(run), name]));
	const scenarios = [...new Set(report.simulations.map(({scenario}) => scenario))];
	const several = scenarios.length > 1;
	const tables = scenarios.flatMap(scenario => {
		const own = report.simulations
			.filter(each => each.scenario === scenario)
			.map(simulated => ({simulated, run: runOf(report, simulated)}));
		const title = several ? oneLine(scenario) : '';
		const chance = own[0]?.simulated.probability?.exploitProbability;
		return [
			...footholdBlocks(own, title === '' ? 'from each foothold' : title),
			...chanceBlocks(own, `${title === '' ? '' : `${title}, `}exploits ${Number(((chance ?? 0) * 100).toFixed(2))}%`),
		];
	});
	const proposals = report.simulations.map(simulated => ({simulated, name: nameOf(names, simulated)}));
	return joinBlocks([
		...resultBlocks(rehearsed, page),
		tables.length === 0 ? [] : [...tablesTitle(report, page), '', ...tableLines(heads, tables, page)],
		...report.simulations.map(each => worstLines(each, nameOf(names, each), several, page)),
		cutsLines(proposals, scenarios.length, page),
		changesLines(proposals, scenarios.length, page),
		coverageLines(rehearsed, page),
		painted('dim', wrap(computedText(report), page.width), page),
		footerLines(rehearsed, page),
	]);
}

const keyOf = ({candidate, placement}: Pick<RunReport, 'candidate' | 'placement'>): string =>
	`${candidate}\0${placement}`;

const nameOf = (names: ReadonlyMap<string, string>, simulated: Simulated): string =>
	names.get(keyOf(simulated)) ?? oneLine(simulated.candidate);

const runOf = ({runs}: SimulationReport, {candidate, placement, scenario}: Simulated): RunReport =>
	runs.find(
		run => run.worst && run.candidate === candidate && run.placement === placement && run.scenario === scenario,
	)!;

function tablesTitle({simulations}: SimulationReport, page: Page): readonly string[] {
	const [first] = simulations;
	const chance = first?.probability;
	const footholds =
		first?.distribution == null ? '' : `from each of ${plural(first.footholds, 'foothold')}, with nothing left untried`;
	const luck =
		chance == null
			? ''
			: `by ${plural(chance.runs, 'run')} in which an exploit works with probability ${chance.exploitProbability}`;
	return painted('title', wrap([footholds, luck].filter(text => text !== '').join('; and '), page.width), page);
}

/** The worst footholds; `json` has ten of them, and all in `footholds`. */
const toldWorst = 5;

function worstLines(
	{distribution, others, scenario}: Simulated,
	name: string,
	several: boolean,
	page: Page,
): readonly string[] {
	if (distribution === null || distribution.worst === 0 || name === 'flat') return [];
	const shown = distribution.worstFootholds.filter(({compromised}) => compromised > 0).slice(0, toldWorst);
	const wide = Math.min(40, Math.max(...shown.map(({kind}) => widthOf(oneLine(kind)))));
	const digits = `${distribution.worst}`.length;
	return [
		...painted(
			'title',
			wrap(`${name}${several ? `, ${oneLine(scenario)}` : ''}: the worst footholds, in kinds lost`, page.width),
			page,
		),
		...shown.map(({kind, compromised, jewels}) => {
			const jewel = jewels === 0 ? '' : `, ${plural(jewels, 'crown jewel')}`;
			const drawn = padEnd(bar(others === 0 ? 0 : compromised / others, {full: '█', half: '▌'}), 10);
			return `      ${padEnd(oneLine(kind), wide)}  ${drawn}  ${`${compromised}`.padStart(digits)}${jewel}`.trimEnd();
		}),
	];
}

function computedText({computedBy, topology: {workloads}}: SimulationReport): string {
	const size = plural(workloads, 'workload');
	switch (computedBy) {
		case 'worm':
			return `computed for ${size}: the table by the attacker itself in the model, everything else by a closure that takes what it takes`;
		case 'closure-over-kinds':
			return `computed for ${size} by a closure that takes what the attacker takes; how many actions that needs is not known`;
		case 'closure-over-classes':
			return `computed for ${size} by a closure over classes of equal workloads, as if everybody knew everybody: never less than an attacker takes`;
		default:
			return computedBy satisfies never;
	}
}

/** As the renderers of a rehearsal read it: nothing was expected, and nothing booted. */
const asRehearsed = (report: SimulationReport): RehearsalReport => ({
	...report,
	schema: 'firebreak/rehearsal/v1',
	cuts: [],
	latencies: {bootMs: null, applyMs: null, propagation: null, probesPerSecond: null, teardownMs: null},
	expectations: [],
	passed: null,
});
