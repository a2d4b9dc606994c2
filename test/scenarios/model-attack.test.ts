import test from 'ava';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {attackInModel} from '../../scenarios/model-attack.ts';
import {attackTopology, scenario} from '../builders/attack-world.ts';
import {allow, policies} from '../builders/policy.ts';

const world = attackTopology(
	{
		wiki: {knows: ['api']},
		api: {services: ['weak http:8080'], holds: ['word'], needs: ['db:5432']},
		db: {services: ['postgres:5432'], jewel: true},
	},
	{word: 'password db:postgres'},
);
const run = (stack: ReturnType<typeof policies>, topology = world) =>
	attackInModel({
		topology,
		stack,
		evaluator: createEvaluator(topology, stack),
		placement: 'host',
		weak: (_, {weak}) => weak.length > 0,
		scenario: scenario(),
		foothold: topology.workloads.at(-1)!.name,
		goals: [],
		seed: 7,
		now: () => performance.now(),
	});
const web = allow('everyone reads the api', {to: {workload: 'api'}, on: ['8080/tcp']});
const data = allow('the api reads its database', {from: {workload: 'api'}, to: {workload: 'db'}, on: ['5432/tcp']});

for (const [title, stack, lost] of [
	['with no policy everything falls', policies(), ['wiki', 'api', 'db']],
	['a policy that lets each step pass loses the same', policies({rules: [web, data]}), ['wiki', 'api', 'db']],
	['a policy without the second step ends the run there', policies({rules: [web]}), ['wiki', 'api']],
	['a policy that allows nothing loses nothing', policies({}), ['wiki']],
] as const) {
	test(title, async t => {
		const {falls, ended} = await run(stack);
		t.deepEqual(
			falls.map(({workload}) => workload),
			lost,
		);
		t.is(ended, 'exhausted');
	});
}

test('every probe of every action has its evidence, under its number; what fell was allowed by a rule', async t => {
	const {timeline, evidence, falls} = await run(policies({rules: [web, data]}));
	const seen = new Map(evidence.map(entry => [entry.action, entry.evidence]));
	for (const {action, probes} of timeline) t.is(seen.get(action)?.length ?? 0, probes, `action ${action}`);
	const rules = falls.slice(1).map(({action}) => seen.get(action)?.[0]?.logs.map(({rule}) => rule));
	t.deepEqual(rules, [
		['p0.r1', 'p0.r1'],
		['p0.r2', 'p0.r2'],
	]);
	const denied = evidence.flatMap(entry => entry.evidence).filter(({outcome}) => outcome.kind === 'denied');
	t.true(denied.length > 0);
});

test('a worm in 250 flat workloads takes under a second', async t => {
	const hosts = Object.fromEntries(
		Array.from({length: 250}, (_, at) => [`h${String(at).padStart(3, '0')}`, {services: ['weak http:80', 'ssh:22']}]),
	);
	const flat = attackTopology(hosts);
	const wide = {...flat, segments: [{...flat.segments[0]!, prefixes: [{family: 4 as const, cidr: '10.0.0.0/22'}]}]};
	const startedMs = performance.now();
	const {falls} = await run(policies(), wide);
	const tookMs = performance.now() - startedMs;
	t.is(falls.length, 250);
	// Twice the promise: other work shares this machine.
	t.true(tookMs < 2000, `${Math.round(tookMs)} ms`);
});
