// Model against kernel against far end, and the proof that the comparison would notice. A case repeats with
// FIREBREAK_SEED=N; `npm run parity -- --seconds 600` goes on for longer.
import test, {type ExecutionContext} from 'ava';
import type {Enforcer} from '../../core/contracts/enforcer.ts';
import type {Policy, Rule, Stack} from '../../core/model/policy.ts';
import type {Topology} from '../../core/model/topology.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {nftables} from '../../enforcers/nftables.ts';
import {none} from '../../enforcers/none.ts';
import {whyNoPackets} from '../builders/unshared.ts';
import {type ParityOptions, type ParityResult, parity} from './parity.ts';

const firstSeed = Number(process.env.FIREBREAK_SEED ?? 1);
const reason = whyNoPackets();
const packets = (title: string, body: (t: ExecutionContext) => Promise<void>): void =>
	reason === null ? test.serial(title, body) : test.skip(`${title} (skipped: ${reason})`, body);

packets('200 random policies: model, kernel and far end agree in verdict and rule on every flow', async t => {
	t.timeout(300_000);
	const {mismatches, inconclusive, ...counts} = await parity({firstSeed, topologies: 20, policies: 10, flows: 80});
	t.log(`seeds ${firstSeed}…${firstSeed + 19}: ${JSON.stringify(counts)}`);
	t.deepEqual(mismatches, []);
	t.deepEqual(inconclusive, []);
	t.is(counts.cases, 200);
	t.true(counts.checked > 10_000 && counts.denied > 2000 && counts.observed > 500, JSON.stringify(counts));
});

const few: ParityOptions = {firstSeed, topologies: 3, policies: 8, flows: 80};

packets('an evaluator that forgets `unless` is caught', async t => {
	const evaluator = (topology: Topology, stack: Stack) =>
		createEvaluator(topology, stack.map(withRules(rule => [{...rule, unless: []}])));
	notices(t, await parity({...few, evaluator}));
});

packets('an evaluator that takes the last rule away is caught', async t => {
	const evaluator = (topology: Topology, stack: Stack) =>
		createEvaluator(topology, stack.map(withRules((rule, at, all) => (at === all.length - 1 ? [] : [rule]))));
	notices(t, await parity({...few, evaluator}));
});

packets('a compiler that forgets IPv6 is caught', async t => {
	notices(
		t,
		await parity({...few, enforcer: compiling(text => text.replaceAll(/^.*\bip6 [sd]addr (?!vmap).*$/gm, ''))}),
	);
});

packets('a compiler that accepts by default is caught', async t => {
	notices(
		t,
		await parity({
			...few,
			enforcer: compiling(text => text.replaceAll(/^(.*\.default".*) (?:drop|goto refuse)/gm, '$1 accept')),
		}),
	);
});

packets('the control group leaks: under `none` every denial is missed', async t => {
	const {denied, mismatches} = await parity({...few, enforcer: none});
	t.is(denied, 0);
	t.true(mismatches.length > 100);
});

function notices(t: ExecutionContext, {mismatches, inconclusive}: ParityResult): void {
	t.true(mismatches.length > 0, 'nothing was noticed');
	t.deepEqual(inconclusive, []);
}

const compiling = (change: (text: string) => string): Enforcer => ({
	name: 'nftables',
	compile: input => nftables.compile(input).map(ruleset => ({...ruleset, text: change(ruleset.text)})),
});

type Change = (rule: Rule, at: number, all: readonly Rule[]) => readonly Rule[];
const withRules =
	(change: Change) =>
	(policy: Policy): Policy => ({
		...policy,
		guardrails: policy.guardrails.flatMap(change),
		rules: policy.rules.flatMap(change),
		baseline: policy.baseline.flatMap(change),
	});
