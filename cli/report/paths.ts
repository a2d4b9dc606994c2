// How the attacker came through: the whole way to each jewel with the step to cut, and what else still falls. Candidates
// that lose the same by the same ways are told once.
import type {RunReport, StillLost, TriedCut} from '../../core/contracts/report.ts';
import {alike, type Column, isFlat} from './columns.ts';
import {listed, oneLine, type Page, painted, plural, spread, wrap} from './lines.ts';
import {byRule, inScenarios, type Loss, placeOf, portText, wayText} from './steps.ts';
import {stillLostLines} from './still-lost.ts';
import {triedCutLines} from './tried-cuts.ts';

/** Jewels beyond this many are told with the rest. */
const told = 3;

/** Lines for each group of candidates; none for the control and where nothing fell. */
export const pathLines = (columns: readonly Column[], cuts: readonly TriedCut[], page: Page): readonly string[] =>
	alike(
		columns.filter(column => !isFlat(column)),
		lossesOf,
	).flatMap(group => groupLines(group, cuts, page));

/** What makes two candidates' losses the same: who fell, by which steps and rules, to whom. */
const lossesOf = ({runs}: Column): unknown =>
	runs.map(({scenario, containment}) => [
		scenario,
		containment.stillLost.map(({kind, path}) => [
			kind,
			path.map(({rule, ...step}) => ({...step, rule: rule?.name ?? null})),
		]),
	]);

function groupLines(group: readonly Column[], cuts: readonly TriedCut[], page: Page): readonly string[] {
	const losses = group.flatMap(({runs}) => runs.flatMap(run => run.containment.stillLost.map(lost => ({lost, run}))));
	const ways = [
		...Map.groupBy(
			losses.filter(({lost}) => lost.jewel),
			({lost}) => lost.kind,
		).values(),
	].slice(0, told);
	const shown = new Set(ways.flat().map(({lost}) => lost));
	const who = {
		names: listed(group.map(({name}) => name)),
		loses: group.length === 1 ? 'loses' : 'lose',
		scenarios: group[0]!.runs.length,
	};
	return [
		...ways.flatMap(way => [...wayLines(way, who, page), ...cutLines(way, page)]),
		...triedCutLines(group, cuts, page),
		...stillLostLines(
			losses.filter(({lost}) => !shown.has(lost)),
			{...who, more: ways.length > 0},
			page,
		),
	];
}

interface Who {
	readonly names: string;
	readonly loses: string;
	/** How many attackers there are. */
	readonly scenarios: number;
}

/** The way to one jewel; a line for each attacker where they came differently. */
function wayLines(losses: readonly Loss[], {names, loses, scenarios}: Who, page: Page): readonly string[] {
	const title = `${names} ${loses} ${oneLine(losses[0]!.lost.kind)}`;
	const ways = [...Map.groupBy(losses, ({lost, run}) => wayText(lost.path, run))];
	const to = (of: readonly Loss[]): string => inScenarios(runsOf(of), scenarios);
	if (ways.length === 1) return painted('bad', wrap(`${title}${to(losses)}: ${ways[0]![0]}`, page.width), page);
	return [
		...painted('bad', wrap(title, page.width), page),
		...ways.flatMap(([way, of]) => wrap(`${scenarioNames(of)}: ${way}`, page.width, 6)),
	];
}

const runsOf = (losses: readonly Loss[]): readonly RunReport[] => losses.map(({run}) => run);

const scenarioNames = (losses: readonly Loss[]): string =>
	listed([...new Set(losses.map(({run}) => oneLine(run.scenario)))]);

/** The cheapest step to cut on each of the ways; one line where it is the same rule at the same door. */
function cutLines(losses: readonly Loss[], page: Page): readonly string[] {
	const cuts = losses.flatMap(({lost: {path, cut}}) => {
		const step = cut === null ? undefined : path[cut.step];
		return cut === null || step === undefined ? [] : [{step, neededBy: cut.neededBy}];
	});
	const doors = Map.groupBy(cuts, ({step: {to, port, protocol, rule}, neededBy}) =>
		JSON.stringify([to, port, protocol, rule?.name, neededBy]),
	);
	return [...doors.values()].flatMap(same => {
		const {step, neededBy} = same[0]!;
		const from = [...new Set(same.map(each => oneLine(each.step.from)))].join(', ');
		const text = `the step to cut: ${from} ▸ ${oneLine(step.to)}${portText(step)}, allowed ${byRule(step.rule)}; ${needText(neededBy)}`;
		return spread(text, placeOf(same.map(each => each.step.rule)), page, 6);
	});
}

const needText = (neededBy: NonNullable<StillLost['cut']>['neededBy']): string =>
	neededBy.length === 0
		? 'no known dependency needs it'
		: `needed by ${plural(neededBy.length, 'dependency', 'dependencies')} (${neededBy.map(oneLine).join(', ')})`;
