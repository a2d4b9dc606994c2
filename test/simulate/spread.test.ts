import test from 'ava';
import type {AttackGraph} from '../../core/simulate/attack-graph.ts';
import {createAttackGraph} from '../../core/simulate/attack-graph.ts';
import {type Spread, spread} from '../../core/simulate/spread.ts';
import {attack} from '../builders/attack-world.ts';
import {randomAttackWorld} from '../builders/random-attack-world.ts';
import {stackOf, worldOf} from './simulated.ts';

const seeds = Array.from({length: 60}, (_, at) => at + 1);

/** Workloads that fell, sorted. */
const fallen = (graph: AttackGraph, found: Spread, foothold: string): readonly string[] =>
	found.order
		.flatMap(node =>
			node === found.foothold && found.replicas === null
				? [foothold]
				: graph.nodes[node]!.members.map(({name}) => name),
		)
		.sort();

test('from every foothold a spread takes exactly what one run of the worm takes', async t => {
	let taken = 0;
	for (const seed of seeds) {
		const {topology, passes} = randomAttackWorld(seed);
		const graph = createAttackGraph(worldOf(topology, stackOf(topology, passes)));
		for (const {name} of topology.workloads) {
			const story = await attack(topology, name, {passes, seed});
			const found = spread(graph, graph.nodeOf(name));
			t.deepEqual(
				fallen(graph, found, name),
				story.falls.map(({workload}) => workload).sort(),
				`seed ${seed}, from ${name}`,
			);
			t.deepEqual(
				found.order.filter(node => found.shell(node) !== undefined).length,
				story.falls.filter(({pivot}) => pivot).length,
				`seed ${seed}, from ${name}`,
			);
			taken += story.falls.length - 1;
		}
	}
	t.true(taken > seeds.length * 3, `only ${taken} fell: the comparison says little`);
});
