// Each rule in force with its hits, and those that nothing has come to.
import {placeText} from '../../core/measure/rule-text.ts';
import type {RuleRef} from '../../core/model/policy.ts';
import type {Hits} from '../../lab/staying-state.ts';
import {isUnhit, type RuleHits} from '../../rehearsals/rule-hits.ts';
import {safe} from '../report/json.ts';
import {count, oneLine, type Page, plural, wrap} from '../report/lines.ts';
import {columnLines, type Word} from './columns.ts';
import {clock} from './moments.ts';

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
	const observes = listed.some(({would}) => would > 0);
	const unhit = written.filter(isUnhit);
	const rows = listed.map(one => rowOf(one, observes));
	const heads = ['action', 'leaving', 'entering', ...(observes ? ['would'] : []), 'traffic', 'rule'];
	return `${[
		...wrap(head, page.width),
		'',
		...columnLines(heads, rows, page),
		'',
		...(written.length === 0
			? []
			: unhit.length === 0
				? [page.paint('good', '  every rule was hit')]
				: [
						page.paint('warn', `  never hit: ${plural(unhit.length, 'rule')} of ${count(written.length)}`),
						...unhit.map(({rule}) => `    ${nameOf(rule)}`),
					]),
	].join('\n')}\n`;
}

function rowOf(one: RuleHits, observes: boolean): readonly Word[] {
	const style = isUnhit(one) ? ('dim' as const) : ('plain' as const);
	const figures = [one.egress, one.ingress, ...(observes ? [one.would] : []), one.traffic];
	return [
		{text: one.action, style},
		...figures.map(value => ({text: count(value), style})),
		{text: nameOf(one.rule), style},
	];
}

/** `web may use api   segmented.policy.yaml:19`. */
const nameOf = ({name, policy, where}: RuleRef): string =>
	`${oneLine(name)}${where === null ? '' : `   ${oneLine(placeText(where))}`}${policy === '' ? '' : ` (${oneLine(policy)})`}`;

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
				neverHit: all.filter(one => one.rule.tier !== 'none' && isUnhit(one)).map(({rule}) => rule.id),
			},
			null,
			'\t',
		),
	)}\n`;
