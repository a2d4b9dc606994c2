import test from 'ava';
import {kindsOf} from '../../core/measure/kinds.ts';
import {lostKinds} from '../../core/measure/lost.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {createClosure} from '../../core/reach/closure.ts';
import {createReach} from '../../core/reach/reach.ts';
import {createAttackGraph} from '../../core/simulate/attack-graph.ts';
import {everyFoothold} from '../../core/simulate/every-foothold.ts';
import {footholdsIn, lossCounter} from '../../core/simulate/loss.ts';
import {spread} from '../../core/simulate/spread.ts';
import {attackInModel} from '../../scenarios/model-attack.ts';
import {allTechniques, scenario} from '../builders/attack-world.ts';
import {randomAttackWorld} from '../builders/random-attack-world.ts';
import {loaded} from '../catalog/rehearse.ts';
import {ended, stackOf, worldOf} from './simulated.ts';

test('every foothold at once is one spread each, loops of pivots included', t => {
	let shared = 0;
	for (let seed = 1; seed <= 120; seed++) {
		const {topology, passes} = randomAttackWorld(seed);
		const graph = createAttackGraph(worldOf(topology, stackOf(topology, passes)));
		const footholds = footholdsIn(
			graph,
			topology.workloads.map(({name}) => name),
		);
		const losses = lossCounter(graph);
		for (const {foothold, compromised, jewels} of ended(everyFoothold(graph, footholds))) {
			const own = spread(graph, foothold.node);
			t.deepEqual({compromised, jewels}, losses.count(own, foothold), `seed ${seed}, from ${foothold.kind}`);
			if (own.order.length > 1) shared++;
		}
	}
	t.true(shared > 100);
});

for (const name of ['shop', 'hospital', 'two-tier'])
	test(`in ${name}, replicas and all, every foothold loses the kinds that the worm takes from there`, async t => {
		const {topology, candidates} = await loaded(name);
		const kinds = kindsOf(topology);
		for (const {name: candidate, stack, placement} of candidates) {
			const graph = createAttackGraph(worldOf(topology, stack, {placement}));
			const starts = [...kinds.all.values()].map(({workloads}) => workloads[0]!.name);
			const losses = lossCounter(graph);
			for (const foothold of footholdsIn(graph, starts)) {
				const worm = await attackInModel({
					topology,
					stack,
					evaluator: createEvaluator(topology, stack),
					placement,
					weak: (_, {weak}) => weak.length > 0,
					scenario: scenario({techniques: allTechniques}),
					foothold: foothold.workload,
					goals: [],
					seed: 1,
					now: () => 0,
				});
				const found = spread(graph, foothold.node);
				t.deepEqual(losses.kinds(found, foothold), lostKinds(kinds, worm), `${candidate}, from ${foothold.workload}`);
			}
		}
	});

test('where everybody knows everybody, the closure over classes takes what the closure over kinds takes', async t => {
	const {topology, candidates} = await loaded('shop');
	const telling = {
		...topology,
		workloads: topology.workloads.map(each => ({...each, knows: topology.workloads.map(({kind}) => kind)})),
	};
	for (const {stack} of candidates) {
		const world = worldOf(telling, stack);
		const byKind = createAttackGraph(world);
		const byClass = createAttackGraph(world, createReach(telling, stack));
		for (const {name} of telling.workloads) {
			const [[one], [other]] = [footholdsIn(byKind, [name]), footholdsIn(byClass, [name])];
			t.deepEqual(
				lossCounter(byClass).kinds(spread(byClass, other!.node), other!),
				lossCounter(byKind).kinds(spread(byKind, one!.node), one!),
				name,
			);
		}
	}
});

test('over classes, one attacker beside each class of footholds loses what each of them loses, and what core/reach says', t => {
	let lost = 0;
	for (let seed = 1; seed <= 80; seed++) {
		const {topology: plain, passes} = randomAttackWorld(seed);
		const kinds = plain.workloads.map(({kind}) => kind);
		const topology = {...plain, workloads: plain.workloads.map(each => ({...each, knows: kinds}))};
		const stack = stackOf(topology, passes);
		const world = worldOf(topology, stack);
		const reach = createReach(topology, stack);
		const graph = createAttackGraph(world, reach);
		const closure = createClosure({...world, reach});
		const counts = closure.fromEvery();
		const footholds = footholdsIn(
			graph,
			topology.workloads.map(({name}) => name),
		);
		const losses = lossCounter(graph);
		for (const {foothold, compromised, jewels} of ended(everyFoothold(graph, footholds))) {
			const about = `seed ${seed}, from ${foothold.workload}`;
			t.deepEqual({compromised, jewels}, losses.count(spread(graph, foothold.node), foothold), about);
			t.is(compromised, counts[closure.classOf(foothold.workload)]!, about);
			lost += compromised;
		}
	}
	t.true(lost > 500, `only ${lost} fell: the comparison says little`);
});
