// What changed in the text of two stacks, whether or not any flow notices.
import type {Policy, Stack, Tier} from '../model/policy.ts';
import type {Place} from '../model/problem.ts';

/** A rule, or the head of a policy (tier `default`): its default, mode, directions and whom it applies to. */
export interface WrittenRule {
	readonly policy: string;
	readonly tier: Tier;
	readonly name: string;
	readonly where: Place;
}

export interface RuleChanges {
	readonly added: readonly WrittenRule[];
	readonly gone: readonly WrittenRule[];
	/** As the later side has them; of the same tier and name on both. */
	readonly altered: readonly WrittenRule[];
}

interface Written extends WrittenRule {
	/** All that it says, without its place and number. */
	readonly text: string;
}

/** Rules that say the same are the same, wherever they stand and whatever their policy is called. */
export function ruleChanges(before: Stack, after: Stack): RuleChanges {
	const [left, right] = unmatched(before.flatMap(written), after.flatMap(written), ({text}) => text);
	const [gone, added, altered] = unmatched(left, right, ({tier, name}) => `${tier}\0${name}`);
	return {gone, added, altered};
}

function written(policy: Policy): readonly Written[] {
	const {guardrails, rules, baseline, id: _, where, name, ...head} = policy;
	const of = (tier: Tier, list: Policy['rules']): readonly Written[] =>
		list.map(({id: _number, where: place, ...rule}) => ({
			policy: name,
			tier,
			name: rule.name,
			where: place,
			text: `${tier}\0${textOf(rule)}`,
		}));
	return [
		{policy: name, tier: 'default', name: 'default', where, text: textOf(head)},
		...of('guardrails', guardrails),
		...of('rules', rules),
		...of('baseline', baseline),
	];
}

const textOf = (value: object): string => JSON.stringify(value, (key, part) => (key === 'where' ? undefined : part));

/** Those of each side without a partner of the same key on the other, and the later ones of the pairs. */
function unmatched<T>(
	before: readonly T[],
	after: readonly T[],
	keyOf: (one: T) => string,
): readonly [readonly T[], readonly T[], readonly T[]] {
	const waiting = new Map([...Map.groupBy(before, keyOf)].map(([key, all]) => [key, [...all]]));
	const pairs: T[] = [];
	const added: T[] = [];
	for (const one of after) (waiting.get(keyOf(one))?.shift() === undefined ? added : pairs).push(one);
	const left = new Set([...waiting.values()].flat());
	return [before.filter(one => left.has(one)), added, pairs];
}
