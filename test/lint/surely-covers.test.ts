import test from 'ava';
import type {WrittenRule} from '../../core/lint/subject.ts';
import {surelyCovers} from '../../core/lint/surely-covers.ts';
import type {Policy, Rule, Stack} from '../../core/model/policy.ts';
import {ruleRef} from '../../core/policy/rule-ref.ts';
import {allow, deny, type PolicySpec, policies, type RuleSpec} from '../builders/policy.ts';
import {randomCase} from '../builders/random.ts';
import {firstDifference} from './first-difference.ts';

const written = (policy: Policy, rule: Rule): WrittenRule => ({
	rule,
	policy,
	tier: 'rules',
	ref: ruleRef(policy, 'rules', rule),
});

function covers(outer: RuleSpec, inner: RuleSpec, wide: PolicySpec = {}, narrow: PolicySpec | null = null): boolean {
	const [a, b] = policies(
		{...wide, rules: [allow('outer', outer), allow('inner', inner)]},
		{...(narrow ?? wide), rules: [allow('inner', inner)]},
	);
	return narrow === null
		? surelyCovers(written(a!, a!.rules[0]!), written(a!, a!.rules[1]!))
		: surelyCovers(written(a!, a!.rules[0]!), written(b!, b!.rules[0]!));
}

const web = {tier: 'web'};
const pairs: readonly (readonly [string, RuleSpec, RuleSpec])[] = [
	['a label less', {from: web}, {from: {...web, env: 'prod'}}],
	['more values', {from: {tier: ['web', 'api']}}, {from: web}],
	['any value', {from: {tier: '*'}}, {from: web}],
	['all values but one', {from: {tier: {not: 'db'}}}, {from: web}],
	['fewer values that are not meant', {from: {tier: {not: 'db'}}}, {from: {tier: {not: ['db', 'api']}}}],
	['a relation less', {}, {same: ['env']}],
	['more keys that may differ', {differ: ['env', 'app']}, {differ: ['env']}],
	['every port', {}, {on: ['80/tcp', 'http']}],
	['a range around it', {on: ['1-100/tcp', 'udp']}, {on: ['80/tcp', '53/udp']}],
	['a service of any protocol', {on: ['http']}, {on: ['http/tcp']}],
	['a wider prefix', {to: {cidr: '10.0.0.0/8'}}, {to: {cidr: ['10.1.0.0/16', '10.2.0.0/16']}}],
	[
		'a hole that the other has too',
		{to: {cidr: '10.0.0.0/8', except: '10.1.0.0/16'}},
		{to: {cidr: '10.0.0.0/8', except: '10.0.0.0/9'}},
	],
	['one exception less', {}, {unless: [{from: web}]}],
	['one term of several', {from: [web, {tier: 'db'}]}, {from: {tier: 'db', env: 'prod'}}],
	['everybody and every address', {to: {any: true}}, {to: {cidr: '10.0.0.0/8'}}],
];
for (const [what, outer, inner] of pairs)
	test(`a rule with ${what} covers the other one, and not the reverse`, t => {
		t.true(covers(outer, inner));
		t.false(covers(inner, outer));
	});

const never: readonly (readonly [string, RuleSpec, RuleSpec])[] = [
	['workloads, which no outside host is', {from: {}}, {from: {outside: true}}],
	['workloads, which not every address is', {to: {}}, {to: {cidr: '10.0.0.0/8'}}],
	['a range with a hole', {to: {cidr: '10.0.0.0/8', except: '10.1.0.0/16'}}, {to: {cidr: '10.0.0.0/8'}}],
	['another service', {on: ['http']}, {on: ['https']}],
	['a label that the other one does not name', {from: {app: 'x'}}, {from: web}],
	['a relation', {same: ['env']}, {}],
	['an exception of its own', {unless: [{from: web}]}, {}],
];
for (const [what, outer, inner] of never) test(`a rule for ${what} does not cover`, t => t.false(covers(outer, inner)));

test('a rule of a policy for fewer ends, or for one direction, does not cover that of another policy', t => {
	t.true(covers({}, {}, {}, {applies: web}));
	t.false(covers({}, {}, {applies: web}, {}));
	t.true(covers({}, {}, {}, {directions: ['egress']}));
	t.false(covers({}, {}, {directions: ['egress']}, {}));
	t.false(covers({}, {}, {mode: 'observe'}, {}));
	t.false(covers({}, {}, {enforce: web}, {}));
});

test('a deny does not cover an allow', t => {
	const [policy] = policies({guardrails: [deny('a', {}), allow('b', {})]});
	const [a, b] = policy!.guardrails.map(rule => ({...written(policy!, rule), tier: 'guardrails'}) as const);
	t.false(surelyCovers(a!, b!));
});

test('beside a rule that surely covers it a rule changes no verdict, whatever the topology', t => {
	let pairsSeen = 0;
	for (let seed = 1; seed < 600; seed++) {
		const {stack} = randomCase(seed);
		const all = stack.flatMap(policy => policy.rules.map(rule => ({policy, rule})));
		for (const {policy, rule} of all)
			for (const inner of [...all.map(one => one.rule), {...rule, id: 'inner', same: [...rule.same, 'env']}]) {
				const own = stack.find(({rules}) => rules.includes(inner)) ?? policy;
				if (inner === rule || !surelyCovers(written(policy, rule), written(own, inner))) continue;
				pairsSeen++;
				const bare = stack.map(one => ({...one, rules: one === policy ? [rule] : []}));
				const both = stack.map(
					(one, at): Policy => (one === own ? {...one, rules: [...bare[at]!.rules, inner]} : bare[at]!),
				);
				const lab = randomCase(seed + 5000 + (pairsSeen % 7)).topology;
				t.is(
					firstDifference(lab, [both, bare] as readonly [Stack, Stack], 'fabric'),
					undefined,
					`seed ${seed} ${rule.id} ${inner.id}`,
				);
			}
	}
	t.true(pairsSeen > 300, `${pairsSeen}`);
});
