import test from 'ava';
import {kindsOf} from '../../../core/measure/kinds.ts';
import {looseness} from '../../../core/measure/looseness.ts';
import type {Rehearsal} from '../../../core/model/rehearsal.ts';
import {createEvaluator} from '../../../core/policy/evaluate.ts';
import {createModelRange} from '../../../rehearsals/model-range.ts';
import {attackerOf} from '../../../tui/console/compare/attacker.ts';
import {type Figures, figuresOf} from '../../../tui/console/compare/figures.ts';
import {compareView} from '../../../tui/console/panes/compare-view.ts';
import {fold} from '../../../tui/console/world/fold.ts';
import {drawn, golden} from './pane-golden.ts';
import {attackedWorld, loadReady, looking, probedWorld, quietWorld} from './pane-worlds.ts';

const shop = await loadReady('shop');
const hospital = await loadReady('hospital');

for (const candidate of ['flat', 'segmented', 'too-tight'])
	test(`golden: candidates compared while ${candidate} is in force`, async t => {
		const world = await attackedWorld(shop, await probedWorld(shop, candidate));
		golden(t, `compare-${candidate}`, compareView, looking(world));
	});

test('golden: candidates compared before anything was measured', t => {
	golden(t, 'compare-quiet', compareView, looking(quietWorld(shop, 'zones')));
});

const figures = (rehearsal: Rehearsal, name: string): Figures => {
	const {stack, placement} = rehearsal.candidates.find(one => one.name === name)!;
	const attacker = attackerOf(quietWorld(rehearsal, name));
	return figuresOf({topology: rehearsal.topology, stack, placement, attacker});
};

for (const [rehearsal, candidates] of [
	[shop, ['flat', 'zones', 'segmented', 'too-tight']],
	[hospital, ['flat', 'servers-first', 'both-ends']],
] as const)
	for (const candidate of candidates)
		test(`${rehearsal.name}, ${candidate}: the closure takes the kinds that the attacker itself takes`, async t => {
			const attacker = attackerOf(quietWorld(rehearsal, candidate))!;
			const range = createModelRange(rehearsal.topology, 1, () => 0);
			await range.use(rehearsal.candidates.find(({name}) => name === candidate)!);
			const {falls} = await range.attack(attacker.scenario, attacker.foothold);
			const {all, of} = kindsOf(rehearsal.topology);
			const own = of(attacker.foothold);
			const fallen = new Set(
				falls.map(({workload}) => of(workload)!).filter(kind => kind !== own && all.get(kind)!.counted),
			);
			const {losses} = figures(rehearsal, candidate);
			t.deepEqual(losses!.lost.map(({kind}) => kind).sort(), [...fallen].sort());
			for (const {kind, way} of losses!.lost) {
				t.is(way[0], own!);
				t.true(way.at(-1)!.startsWith(`${kind}:`));
			}
		});

for (const {name, stack, placement} of [...shop.candidates.slice(1)])
	test(`looseness of ${name} is that of the report`, t => {
		const evaluator = createEvaluator(shop.topology, stack);
		const {usableNow} = looseness({
			topology: shop.topology,
			stack,
			verdict: flow => evaluator.verdict(flow, placement),
		});
		t.is(figures(shop, name).open!.loose, usableNow);
	});

test('what too-tight breaks stands beside what it contains, with the rule', t => {
	const {broken, dependencies, breaks, orphaned} = figures(shop, 'too-tight');
	t.is(broken, 2);
	t.is(dependencies, shop.topology.dependencies.length);
	t.is(orphaned, 1);
	t.deepEqual(
		breaks.map(({dependency}) => dependency),
		['web.test -> cache.test:6379/tcp', 'worker.prod -> queue.prod:5672/tcp'],
	);
	t.is(figures(shop, 'segmented').broken, 0);
});

test('nothing is called measured before it was', t => {
	const text = drawn(compareView, looking(quietWorld(shop, 'segmented')), [120, 40]).join('\n');
	t.regex(text, /lost .*no attack/);
	t.regex(text, /dependencies broken .*not probed/);
});

test('what is measured is what happened, not what the model says', async t => {
	const world = await probedWorld(shop, 'segmented', one =>
		one.flow.destination.workload === 'db.prod' && one.flow.port === 5432 && one.outcome.kind === 'open'
			? {...one, outcome: {kind: 'denied', rule: 'p0.default', direction: 'ingress'}}
			: one,
	);
	const line = drawn(compareView, looking(world), [120, 40]).find(text => text.includes('dependencies broken'));
	t.regex(line!, /none of 63 +2 of 63 !/);
});

test('what fell to two attackers is not passed off as what fell to one', async t => {
	const once = await attackedWorld(shop, await probedWorld(shop, 'segmented'));
	const twice = fold(once, [
		{
			kind: 'attack-started',
			candidate: 'segmented',
			scenario: 'thief',
			foothold: 'web.dev',
			turn: {number: 1, of: 1},
			expectedActions: null,
			atMs: 9000,
		},
	]);
	const said = /it is of 2 footholds together, and the model of one/;
	t.notRegex(drawn(compareView, looking(once), [200, 60]).join('\n'), said);
	t.regex(drawn(compareView, looking(twice), [200, 60]).join('\n'), said);
});

test('a policy in force that is no candidate has a column of its own', t => {
	const world = quietWorld(shop, 'segmented');
	const edited = {...world, policy: {...world.policy, name: 'mine'}};
	const lines = drawn(compareView, looking(edited), [160, 40]);
	t.regex(lines[2]!, /flat +zones +segmented +too-tight +▸ mine +measured/);
});

test('a candidate and what was measured of it are in one table, however narrow', t => {
	for (let columns = 40; columns < 130; columns += 3) {
		const lines = drawn(compareView, looking(quietWorld(shop, 'segmented')), [columns, 100]);
		t.is(lines.filter(line => /▸ segment.*measured/.test(line)).length, 1, `${columns}\n${lines.join('\n')}`);
	}
});

test('without a scenario the candidates are compared by what they break', t => {
	const world = quietWorld({...shop, scenarios: []}, 'too-tight');
	const text = drawn(compareView, looking(world), [120, 40]).join('\n');
	t.regex(text, /no scenario to compare by/);
	t.regex(text, /dependencies broken .*2 of 63 !/);
	t.notRegex(text, /still loses/);
});
