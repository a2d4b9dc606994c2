// One end's chain on the page: who speaks for it, and each tier in the order of asking.

import type {Stack, Tier} from '../model/policy.ts';
import {oneLine, type Page, plural, wrap} from '../text/lines.ts';
import type {Chain, Step} from './chain.ts';
import {stepLines} from './rule-lines.ts';
import {byRule, policyTitle} from './titles.ts';

export interface ChainView {
	readonly stack: Stack;
	/** Name of the end. */
	readonly name: string;
	/** Whether the other end had denied already, so that no packet comes here. */
	readonly reached: boolean;
	/** Whether it says what the other end said, so that nobody needs to read it twice. */
	readonly repeats: boolean;
	/** Every rule and policy, and not only those that matter. */
	readonly all: boolean;
	/** How to see every rule, behind what was left out: ` (--all shows each)`; empty where there is no way. */
	readonly more: string;
}

/** Rules that almost matched, and policies that do not speak: so many are shown. */
const shown = 3;
/** Guardrails are few and their order decides: so many are shown that do not match. */
const shownGuardrails = 8;

export function chainLines(chain: Chain, view: ChainView, page: Page): readonly string[] {
	const {direction, unjudged, verdict} = chain;
	const {stack, name, reached, repeats, all} = view;
	const way = `${direction === 'egress' ? 'leaving' : 'entering'} ${oneLine(name)}`;
	if (unjudged !== null || verdict === null)
		return wrap(`${way}   judged by nobody: ${oneLine(unjudged ?? '')}`, page.width);
	const word = `${verdict.action === 'allow' ? 'allowed' : 'denied'}${oneLine(byRule(stack, verdict.rule))}`;
	const again = repeats && verdict.rule.tier !== 'none' ? ', by the same steps' : '';
	const heading = wrap(`${way}   ${reached ? word : `not reached; would be ${word}`}${again}`, page.width);
	const title = heading.map((line, at) => (at === 0 ? line.replace(way, page.paint('title', way)) : line));
	if ((repeats && verdict.rule.tier !== 'none') || (!reached && !all && verdict.action === 'allow')) return title;
	return [...title, ...policyLines(chain, view, page), ...tiers.flatMap(tier => tierLines(chain, tier, view, page))];
}

/** Whether both ends ask the same rules and hear the same: as where one policy speaks for both. */
export const asksTheSame = (one: Chain, other: Chain): boolean => {
	const said = ({steps, asIf, policies}: Chain): string =>
		JSON.stringify([steps, asIf, policies.map(({state}) => state)]);
	return said(one) === said(other);
};

/** Where no policy speaks, the heading has said it. */
const tiers: readonly Tier[] = ['guardrails', 'rules', 'isolation', 'baseline', 'default'];

function policyLines({policies}: Chain, {stack, all, more}: ChainView, page: Page): readonly string[] {
	const titles = new Map(stack.map(policy => [policy.id, policyTitle(policy)]));
	const line = (id: string, text: string): readonly string[] =>
		wrap(oneLine(`${titles.get(id)} ${text}`), page.width, 4, 8).map(one => page.paint('dim', one));
	const silent = policies.filter(({state}) => state === 'silent');
	const nearest = all ? silent : silent.filter(({lacking}) => lacking === 1).slice(0, shown);
	const rest = silent.length - nearest.length;
	return [
		...policies
			.filter(({state}) => state === 'observes')
			.flatMap(({id, why}) => line(id, `only observes here: ${why}`)),
		...nearest.flatMap(({id, why}) => line(id, `does not speak here: ${why}`)),
		...(rest > 0
			? [
					page.paint(
						'dim',
						`    ${plural(rest, nearest.length > 0 ? 'other policy' : 'policy', nearest.length > 0 ? 'other policies' : 'policies')} ${rest === 1 ? 'does' : 'do'} not speak here${more}`,
					),
				]
			: []),
	];
}

function tierLines({steps, asIf}: Chain, tier: Tier, {stack, all, more}: ChainView, page: Page): readonly string[] {
	const own = steps.filter(({rule}) => rule.tier === tier);
	const observing = asIf.steps.filter(({rule, decides}) => rule.tier === tier && (decides || all));
	const chosen = all ? own : worthShowing(own, tier);
	const left = own.filter(step => !chosen.includes(step));
	const ending = tier === 'isolation' || tier === 'default';
	// An ending that was not reached says nothing that anybody asked.
	const lines = (ending && !all ? chosen.filter(({reached}) => reached) : chosen).flatMap(step =>
		stepLines(step, stack, page),
	);
	const word = tier === 'guardrails' ? 'guardrail' : tier === 'rules' ? 'rule' : 'baseline rule';
	const many = `${plural(left.length, chosen.length > 0 ? `other ${word}` : word)}`;
	const matching = left.filter(({matches}) => matches).length;
	const fate = matching === 0 ? `${left.length === 1 ? 'does' : 'do'} not match` : `${matching} would match`;
	const unasked = left.every(({reached}) => !reached) ? 'not reached: ' : '';
	return [
		...lines,
		...observing.flatMap(step => stepLines(step, stack, page)),
		...(left.length === 0 || ending ? [] : [page.paint('dim', `    · ${unasked}${many} ${fate}${more}`)]),
	];
}

/** What decides or would match, and what almost did; the nearest one where nothing else is to be seen. */
function worthShowing(steps: readonly Step[], tier: Tier): readonly Step[] {
	if (tier === 'guardrails') return steps.filter(({matches}, at) => matches || at < shownGuardrails);
	const met = steps.filter(({matches}) => matches);
	const decided = met.some(({decides}) => decides);
	const least = Math.min(...steps.map(({misses}) => misses).filter(misses => misses > 0));
	const almost = decided ? [] : steps.filter(({misses}) => misses === least).slice(0, least === 1 ? shown : 1);
	return steps.filter(step => met.slice(0, shown + 1).includes(step) || almost.includes(step));
}
