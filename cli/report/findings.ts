// What each candidate broke and by which rule, where the witnesses disagreed, and what nobody can say.

import type {BrokenFlow, RunReport} from '../../core/contracts/report.ts';
import {marks} from '../../core/text/marks.ts';
import {alike, type Column, isFlat} from './columns.ts';
import {count, listed, oneLine, type Page, padEnd, painted, plural, spread, widthOf, wrap} from './lines.ts';
import {placeOf} from './steps.ts';

/** Beyond this many, lines are counted and not printed. */
const told = 12;

/** What is broken does not depend on who attacks: it is told once for each candidate, or for those in which it is the same. */
export const findingLines = (columns: readonly Column[], page: Page): readonly (readonly string[])[] => [
	[
		...alike(
			columns.filter(column => !isFlat(column)),
			brokenOf,
		).flatMap(group => breakLines(group, page)),
		...nothingBroken(columns, page),
	],
	...columns.map(each => disagreementLines(each, page)),
	...columns.map(each => inconclusiveLines(each, page)),
	untestedLines(columns, page),
];

/** What makes two candidates' breakage the same. */
const brokenOf = ({run: {breakage}}: Column): unknown => [
	breakage.flows.map(({rule, ...flow}) => ({...flow, rule: rule?.name ?? null})),
	breakage.orphaned,
];

function breakLines(group: readonly Column[], page: Page): readonly string[] {
	const {flows, orphaned} = group[0]!.run.breakage;
	const names = listed(group.map(({name}) => name));
	const column = Math.min(44, Math.max(...flows.map(flow => widthOf(flowText(flow))), 0));
	return [
		...(flows.length === 0 ? [] : painted('warn', [`  ${names} ${group.length === 1 ? 'breaks' : 'break'}`], page)),
		...cutOff(
			flows.map((flow, at) => {
				const rule = flow.rule === null ? 'no rule logged it' : `denied by ${ruleName(flow.rule.name)}`;
				const text = page.width < 80 ? `${flowText(flow)}, ${rule}` : `${padEnd(flowText(flow), column)}   ${rule}`;
				const rules = group.map(({run}) => run.breakage.flows[at]?.rule ?? null);
				return spread(text, placeOf(rules), page, 6);
			}),
		),
		...orphanLines(names, {flows, orphaned}, page),
	];
}

/** Under the dependencies that broke, or alone where nobody wrote down that the service is needed. */
function orphanLines(
	names: string,
	{flows, orphaned}: Pick<RunReport['breakage'], 'flows' | 'orphaned'>,
	page: Page,
): readonly string[] {
	if (orphaned.length === 0) return [];
	const more = orphaned.length > told ? ` and ${count(orphaned.length - told)} more` : '';
	const services = `${orphaned.slice(0, told).map(oneLine).join(', ')}${more}`;
	return flows.length > 0
		? wrap(`nobody reaches ${services} any more`, page.width, 6)
		: painted('warn', wrap(`under ${names} nobody reaches ${services} any more`, page.width), page);
}

/** `default` and `isolation` are rules that nobody wrote, and stand without quotes. */
const ruleName = (name: string): string => (name === 'default' || name === 'isolation' ? name : `"${oneLine(name)}"`);

function flowText({dependency, failing, of, source, vital}: BrokenFlow): string {
	const part = failing === of ? '' : ` (${failing} of ${of})`;
	return `${oneLine(dependency).replace('->', '▸')}${part}${vital ? ', vital' : ''}${source === 'assumed' ? ', assumed' : ''}`;
}

const cutOff = (lines: readonly (readonly string[])[], indent = 6): readonly string[] => [
	...lines.slice(0, told).flat(),
	...(lines.length > told
		? [`${' '.repeat(indent)}and ${count(lines.length - told)} more (--format json has all)`]
		: []),
];

/** Said as plainly as what is broken, with how much is known. */
function nothingBroken(columns: readonly Column[], page: Page): readonly string[] {
	const whole = columns.filter(
		({run}) => !isFlat(run) && run.breakage.flows.length + run.breakage.orphaned.length === 0,
	);
	if (whole.length === 0) return [];
	const names = listed(whole.map(({name}) => name));
	const {dependencies} = whole[0]!.run.breakage;
	return wrap(
		`${names} ${whole.length === 1 ? 'breaks' : 'break'} none of ${plural(dependencies, 'known dependency', 'known dependencies')}`,
		page.width,
	);
}

function disagreementLines({name, run: {fidelity}}: Column, page: Page): readonly string[] {
	if (fidelity.mismatches === 0) return [];
	const flows = fidelity.flows.map(({flow, model, kernel, farEnd}) =>
		wrap(
			`${oneLine(flow)} – model: ${oneLine(model)}; kernel: ${oneLine(kernel)}; far end: ${oneLine(farEnd)}`,
			page.width,
			6,
		),
	);
	const attackers = fidelity.attacker.map(text => wrap(oneLine(text), page.width, 6));
	return [
		...painted(
			'bad',
			wrap(
				`${marks.bad} witnesses disagree under ${name}, ${plural(fidelity.mismatches, 'time')} in ${plural(fidelity.checked, 'flow')}`,
				page.width,
			),
			page,
		),
		...cutOff([...attackers, ...flows]),
	];
}

function inconclusiveLines({name, run: {outcomes}}: Column, page: Page): readonly string[] {
	if (outcomes.inconclusive === 0) return [];
	const reasons = Map.groupBy(outcomes.inconclusiveFlows, ({reason}) => reason);
	const lines = [...reasons].map(([reason, flows]) => {
		const names = flows.slice(0, 3).map(({flow}) => oneLine(flow));
		const more = flows.length > names.length ? ` and ${count(flows.length - names.length)} more` : '';
		return wrap(`${oneLine(reason)}: ${names.join(', ')}${more}`, page.width, 6);
	});
	return [
		...painted(
			'warn',
			[`  ? inconclusive under ${name}: ${count(outcomes.inconclusive)} of ${plural(outcomes.checked, 'flow')}`],
			page,
		),
		...cutOff(lines),
	];
}

/** The same for every candidate: it follows from the control alone. */
function untestedLines(columns: readonly Column[], page: Page): readonly string[] {
	const breakage = (columns.find(column => !isFlat(column)) ?? columns[0])?.run.breakage;
	if (breakage === undefined) return [];
	const {untestable, dangling} = breakage;
	return [
		...(untestable.length === 0
			? []
			: wrap(
					`cannot be tested, for it does not answer with no policy either: ${untestable.map(oneLine).join(', ')}`,
					page.width,
				)),
		...(dangling.length === 0
			? []
			: wrap(`dangling, for its far end is not in the topology: ${dangling.map(oneLine).join(', ')}`, page.width)),
	];
}
