// Each rule in force with its hits, and those that nothing has come to.
import type {Hits} from '../../lab/staying-state.ts';
import {isIdle, isUnhit, type RuleHits} from '../../rehearsals/rule-hits.ts';
import {safe} from '../report/json.ts';
import {count, oneLine, type Page, plural, wrap} from '../report/lines.ts';
import {columnLines, type Word} from './columns.ts';
import {clock} from './moments.ts';
import {ruleAt, shortPlace} from './rule-at.ts';

/** Ends in a newline. */
export function rulesText(
	lab: string,
	{inForce, since}: Pick<Hits, 'inForce' | 'since'>,
	all: readonly RuleHits[],
	page: Page,
): string {
	const what = inForce.stack.length === 0 ? 'no policy' : oneLine(inForce.name);
	const head = `${lab} under ${what}${inForce.observed ? ' (observing)' : ''} since ${clock(since)}: connections that came to each rule, on leaving and on entering; probes and attackers count there, and traffic is what neither made`;
	const written = all.filter(({rule}) => rule.tier !== 'none');
	const listed = all.filter(one => one.rule.tier !== 'none' || !isUnhit(one));
	const observes = written.some(one => one.observes);
	const unhit = written.filter(isIdle);
	const rows = listed.map(one => rowOf(one, observes));
	const heads = ['leaving', 'entering', ...(observes ? ['would'] : []), 'traffic', 'action', 'at', 'rule'];
	return `${[
		...wrap(head, page.width),
		'',
		...columnLines(heads, rows, page),
		'',
		...(observes
			? wrap('a rule that observes is counted where it would decide otherwise, and nowhere else', page.width)
			: []),
		...(written.every(one => one.observes)
			? []
			: unhit.length === 0
				? [page.paint('good', '  every rule was hit')]
				: [
						page.paint('warn', `  never hit: ${plural(unhit.length, 'rule')} of ${count(written.length)}`),
						...unhit.map(({rule}) => `    ${ruleAt(rule)}`),
					]),
	].join('\n')}\n`;
}

function rowOf(one: RuleHits, observes: boolean): readonly Word[] {
	const style = isUnhit(one) ? ('dim' as const) : ('plain' as const);
	const figures = [one.egress, one.ingress, ...(observes ? [one.would] : []), one.traffic];
	return [
		...figures.map(value => ({text: count(value), style})),
		{text: one.action, style},
		{text: one.rule.where === null ? '' : shortPlace(one.rule.where), style},
		{text: oneLine(one.rule.name), style},
	];
}

/** One object, schema `firebreak/rules/v1`; ends in a newline. */
export const rulesJson = (
	lab: string,
	{inForce, since}: Pick<Hits, 'inForce' | 'since'>,
	all: readonly RuleHits[],
): string =>
	`${safe(
		JSON.stringify(
			{
				schema: 'firebreak/rules/v1',
				lab,
				inForce: inForce.name,
				observed: inForce.observed,
				since: new Date(since).toISOString(),
				rules: all,
				neverHit: all.filter(isIdle).map(({rule}) => rule.id),
			},
			null,
			'\t',
		),
	)}\n`;
