import type {RuleRef, Stack} from '../model/policy.ts';
import {defaultRef, invalidRef, isolationRef, noneRef, ruleRef, spoofedRef} from './rule-ref.ts';

/** Every rule that a verdict or a log of this stack can name, by id: written ones, isolation, defaults, `none` and the fixed ones. */
export function ruleById(stack: Stack): ReadonlyMap<string, RuleRef> {
	const refs = stack.flatMap(policy => [
		...policy.guardrails.map(rule => ruleRef(policy, 'guardrails', rule)),
		...policy.rules.map(rule => ruleRef(policy, 'rules', rule)),
		...policy.baseline.map(rule => ruleRef(policy, 'baseline', rule)),
		...(policy.isolates ? [isolationRef(policy)] : []),
		defaultRef(policy),
	]);
	return new Map([noneRef, invalidRef, spoofedRef, ...refs].map(ref => [ref.id, ref]));
}
