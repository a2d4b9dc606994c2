import test from 'ava';
import {fatesOf} from '../../core/lint/fate.ts';
import {lintSubject} from '../../core/lint/subject.ts';
import type {Placement, Policy, Stack} from '../../core/model/policy.ts';
import type {Topology} from '../../core/model/topology.ts';
import {createReach} from '../../core/reach/reach.ts';
import {allow, deny, type PolicySpec, pass, policies} from '../builders/policy.ts';
import {randomCase} from '../builders/random.ts';
import {port} from '../builders/selector.ts';
import {topology} from '../builders/topology.ts';
import {firstDifference, without} from './first-difference.ts';

const firstSeed = Number(process.env.FIREBREAK_SEED ?? 1);
const placements: readonly Placement[] = ['host', 'fabric'];
const fates = (lab: Topology, stack: Stack, placement: Placement = 'host') =>
	fatesOf(lintSubject({topology: lab, stack, placement, today: '2026-01-01'}));

test('the rules that are idle can go, one by one and all together, and no end says anything else of any flow', t => {
	let idle = 0;
	for (let seed = firstSeed; seed < firstSeed + 120; seed++)
		for (const placement of placements) {
			const {topology: lab, stack} = randomCase(seed);
			const ids = fates(lab, stack, placement).flatMap(({kind, written}) =>
				kind === 'works' ? [] : [written.rule.id],
			);
			idle += ids.length;
			for (const gone of [ids, ...ids.map(id => [id])]) {
				const difference = firstDifference(lab, [stack, without(stack, gone)], placement);
				t.is(difference, undefined, `seed ${seed} ${placement} without ${gone}`);
				if (difference !== undefined) return;
			}
		}
	t.true(idle > 500, `${idle}`);
});

test('a rule that works decides some flow of the topology, once those that are idle are gone', t => {
	let working = 0;
	for (let seed = firstSeed; seed < firstSeed + 120; seed++)
		for (const placement of placements) {
			const {topology: lab, stack} = randomCase(seed, {multiHomed: false});
			const all = fates(lab, stack, placement);
			const ids = all.flatMap(({kind, written}) => (kind === 'works' ? [] : [written.rule.id]));
			const decided = deciding(lab, without(stack, ids), placement);
			for (const {kind, written} of all) {
				if (kind !== 'works') continue;
				working++;
				t.true(decided.has(written.rule.id), `seed ${seed} ${placement}: ${written.rule.id} decides nothing`);
			}
		}
	t.true(working > 500, `${working}`);
});

test('what is surely idle is so in every other topology too', t => {
	let sure = 0;
	for (let seed = firstSeed; seed < firstSeed + 150; seed++) {
		const {topology: lab, stack: plain} = randomCase(seed);
		const stack = plain.map(withNarrower);
		const ids = fates(lab, stack, 'fabric').flatMap(fate =>
			fate.kind !== 'works' && fate.kind !== 'never-matches' && fate.surely ? [fate.written.rule.id] : [],
		);
		if (ids.length === 0) continue;
		sure += ids.length;
		for (const other of [seed + 1000, seed + 2000, seed + 3000]) {
			const difference = firstDifference(randomCase(other).topology, [stack, without(stack, ids)], 'fabric');
			t.is(difference, undefined, `seed ${seed} over ${other} without ${ids}`);
		}
	}
	t.true(sure > 100, `${sure}`);
});

/** The policy, and behind each of its rules two that say less. */
const withNarrower = (policy: Policy): Policy => ({
	...policy,
	rules: policy.rules.flatMap(rule => [
		rule,
		{...rule, id: `${rule.id}.env`, same: [...new Set([...rule.same, 'env'])]},
		{...rule, id: `${rule.id}.port`, on: rule.on?.slice(0, 1) ?? [port('80/tcp')]},
	]),
});

function deciding(lab: Topology, stack: Stack, placement: Placement): ReadonlySet<string> {
	const ids = new Set<string>();
	for (const kind of ['in-force', 'as-if'] as const) {
		const reach = createReach(lab, stack, {placement, kind, beyond: 'addresses'});
		for (const {index: source} of reach.classes)
			for (const {index: destination} of reach.classes)
				for (const family of [4, 6] as const)
					for (const direction of ['egress', 'ingress'] as const)
						for (const {rule, decides} of reach.considered(direction, source, destination, family) ?? [])
							if (decides.length > 0) ids.add(rule.id);
	}
	return ids;
}

const lab = topology({
	'web.prod': {labels: {tier: 'web'}},
	'web.dev': {labels: {tier: 'web'}},
	'db.prod': {labels: {tier: 'db'}, services: ['postgres:5432']},
	'db.dev': {labels: {tier: 'db'}, services: ['postgres:5432']},
});
const [web, db] = [{tier: 'web'}, {tier: 'db'}];
const kinds = (...specs: readonly PolicySpec[]) =>
	Object.fromEntries(fates(lab, policies(...specs)).map(({kind, written}) => [written.rule.name, kind]));

test('of two that say the same the later goes, and of a wide and a narrow one the narrow, wherever it stands', t => {
	const one = {from: web, to: db, on: ['5432/tcp']};
	t.deepEqual(kinds({rules: [allow('a', one), allow('b', one)]}), {a: 'works', b: 'redundant'});
	t.deepEqual(kinds({rules: [allow('narrow', one), allow('wide', {from: web, to: db})]}), {
		narrow: 'redundant',
		wide: 'works',
	});
});

test('a rule that another one covers in one direction only works', t => {
	const same = {from: web, to: db, on: ['5432/tcp']};
	t.deepEqual(kinds({rules: [allow('both', same)]}, {directions: ['egress'], rules: [allow('out', same)]}), {
		both: 'works',
		out: 'redundant',
	});
	t.deepEqual(kinds({directions: ['egress'], guardrails: [deny('out', same)]}, {guardrails: [deny('both', same)]}), {
		out: 'works',
		both: 'works',
	});
});

test('a rule that others cover for all replicas but one class works', t => {
	t.deepEqual(
		kinds({
			rules: [
				allow('prod', {from: {...web, env: 'prod'}, to: db}),
				allow('each its own', {from: web, to: db, same: ['env']}),
			],
		}),
		{prod: 'works', 'each its own': 'works'},
	);
});

test('several rules together make one redundant, and none of them alone', t => {
	t.deepEqual(
		kinds({
			rules: [
				allow('low', {from: web, to: db, on: ['1-5000/tcp']}),
				allow('high', {from: web, to: db, on: ['4000-6000/tcp']}),
				allow('middle', {from: web, to: db, on: ['4500-5500/tcp']}),
			],
		}),
		{low: 'works', high: 'works', middle: 'redundant'},
	);
});

test('a deny that the default would say as well is no finding: it guards against the rules to come', t => {
	t.deepEqual(
		kinds({
			guardrails: [deny('no mixing', {differ: ['env']})],
			rules: [allow('r', {from: web, to: db, same: ['env']})],
		}),
		{
			'no mixing': 'works',
			r: 'works',
		},
	);
});

test('a deny behind an allow for the same flows is shadowed, and a pass with nothing behind it is redundant', t => {
	t.deepEqual(
		kinds({
			guardrails: [
				allow('first', {from: web, to: db}),
				deny('late', {from: web, to: db, on: ['22/tcp']}),
				pass('idle', {from: db}),
			],
		}),
		{first: 'works', late: 'shadowed', idle: 'redundant'},
	);
});

test('a baseline that says what a redundant rule says stays, so that not both go', t => {
	const one = {from: web, to: db, on: ['5432/tcp']};
	t.deepEqual(kinds({rules: [allow('rule', one)], baseline: [allow('base', one)]}), {rule: 'redundant', base: 'works'});
});

test('a rule of a policy that observes works where it would decide', t => {
	t.deepEqual(kinds({mode: 'observe', rules: [allow('r', {from: web, to: db})]}), {r: 'works'});
});
