import test from 'ava';
import {resettingRules} from '../../core/attack/resetting-rules.ts';
import {allow, deny, policies} from '../builders/policy.ts';

test('rules of a policy that rejects answer with a reset, its default and isolation too; those of one that drops do not', t => {
	const stack = policies(
		{denied: 'drop', guardrails: [deny('a')]},
		{denied: 'reject', guardrails: [deny('b')], rules: [allow('c')], baseline: [deny('d')]},
	);
	t.deepEqual([...resettingRules(stack)].sort(), ['p1.b1', 'p1.default', 'p1.g1', 'p1.isolation', 'p1.r1']);
});
