// The changes that deny an allowed flow. One end that denies is enough, so each end is asked and the smaller answer wins.
import type {Policy} from '../model/policy.ts';
import type {Chain, Step} from './chain.ts';
import type {Edit} from './edit.ts';
import {newPolicy, newRule} from './new-rule.ts';
import {matchOf, pointAt} from './pointing.ts';
import {askedIn, type Trial, verdictAfter} from './trial.ts';
import {kindName} from './words.ts';

/**
 * Ways to deny the flow, each tried: the fewest rules to take away (at the one end or the other), the same rules
 * narrowed by an exception where the language has those, and a guardrail of its own. Empty where nobody judges the flow.
 *
 * @param chains - of both ends
 */
export function closings(trial: Trial, chains: readonly Chain[]): readonly (readonly Edit[])[] {
	const removals = chains
		.flatMap(chain => [rulesInTheWay(chain)])
		.filter(steps => steps !== null)
		.sort((a, b) => a.length - b.length);
	const [fewest] = removals;
	const ways = [
		...(fewest === undefined
			? []
			: [fewest.map(({rule}): Edit => ({kind: 'remove-rule', rule})), narrowed(trial, fewest)]),
		...chains
			.flatMap(chain => (chain.unjudged === null ? [[guardrailAt(trial, chain)]] : []))
			.sort(([a], [b]) => Number(a!.kind === 'add-policy') - Number(b!.kind === 'add-policy'))
			.slice(0, 1),
	];
	return ways.filter(edits => edits.length > 0 && verdictAfter(trial, edits).action === 'deny');
}

/**
 * The steps that have to go before this end denies: either what stands before a guardrail that denies, or all that
 * allows until isolation, baseline or default denies. Null where nothing would deny in the end.
 */
export function rulesInTheWay({steps}: Pick<Chain, 'steps'>): readonly Step[] | null {
	const met = steps.filter(({matches}) => matches);
	const guardrails = met.filter(({rule}) => rule.tier === 'guardrails');
	const denying = guardrails.findIndex(({action}) => action === 'deny');
	const passing = guardrails.findIndex(({action}) => action === 'pass');
	const toGuardrail = denying === -1 ? null : guardrails.slice(0, denying);
	const around = passing === -1 ? guardrails.length : passing;
	const below = rulesBelow(met.filter(({rule}) => rule.tier !== 'guardrails'));
	// A guardrail that denies before the flow is passed on decides before any rule is asked.
	const toRules =
		below === null || (denying !== -1 && denying < around) ? null : [...guardrails.slice(0, around), ...below];
	if (toGuardrail === null || toRules === null) return toGuardrail ?? toRules;
	return toGuardrail.length < toRules.length ? toGuardrail : toRules;
}

/** The allows that stand before the first deny of rules, isolation, baseline and default; null where there is none. */
function rulesBelow(met: readonly Step[]): readonly Step[] | null {
	const denying = met.findIndex(({action}) => action === 'deny');
	return denying === -1 ? null : met.slice(0, denying);
}

/** The same rules, each with an exception for this flow; none where one of them is written in a language without. */
function narrowed({world, flow}: Trial, steps: readonly Step[]): readonly Edit[] {
	const policies = steps.map(step => world.stack.find(({id}) => id === step.policy)!);
	if (policies.some(({dialect}) => dialect !== 'native')) return [];
	const asked = askedIn(world, flow);
	return steps.map(({rule}, at) => {
		const {dialect, where} = policies[at]!;
		const unless = matchOf(asked, {dialect, where, world, direction: 'ingress'});
		return {kind: 'add-exception', rule, unless};
	});
}

/** A guardrail before all others of that end: in the first native policy that is enforced there, else in a new one. */
function guardrailAt({world, flow}: Trial, {direction, policies}: Chain): Edit {
	const {stack} = world;
	const asked = askedIn(world, flow);
	const enforced = policies.filter(({state}) => state === 'enforced').map(({id}) => id);
	const first = stack.find(({id}) => enforced.includes(id));
	const end = direction === 'egress' ? asked.source : asked.destination;
	const imported = end.workload?.objectKind !== undefined && stack.length === 0;
	const name = `${kindName(asked.source)} does not reach ${kindName(asked.destination)}`;
	if (first?.dialect === 'native') {
		const match = matchOf(asked, {...first, world, direction});
		const rule = newRule(stack, first, {...match, name, action: 'deny', direction: null});
		return {kind: 'add-rule', policy: first.id, tier: 'guardrails', before: first.guardrails[0]?.id ?? null, rule};
	}
	const dialect: Policy['dialect'] =
		first?.dialect ?? (imported || stack.some(one => one.dialect === 'kubernetes') ? 'kubernetes' : 'native');
	const where = {file: 'new', line: 1, column: 1};
	const match = matchOf(asked, {dialect, where, world, direction});
	return {
		kind: 'add-policy',
		policy: newPolicy(stack, {
			dialect,
			applies: pointAt(end, world, dialect, where),
			direction,
			name,
			match,
			action: 'deny',
		}),
	};
}
