import type {Policy, Stack} from '../model/policy.ts';

/** Ids of the rules whose denials answer TCP with a reset, so that the sender sees a closed port: those of policies with `denied: reject`. */
export const resettingRules = (stack: Stack): ReadonlySet<string> =>
	new Set(stack.filter(({denied}) => denied === 'reject').flatMap(ruleIds));

/** Every rule of a policy, with those that nobody wrote. */
const ruleIds = ({id, guardrails, rules, baseline}: Policy): readonly string[] => [
	...[...guardrails, ...rules, ...baseline].map(rule => rule.id),
	`${id}.isolation`,
	`${id}.default`,
];
