import test from 'ava';
import type {Topology} from '../../core/model/topology.ts';
import {createAttackGraph} from '../../core/simulate/attack-graph.ts';
import {chokePoints, elementOf} from '../../core/simulate/choke-points.ts';
import {hittingSet} from '../../core/simulate/hitting-set.ts';
import {footholdsIn, lossCounter} from '../../core/simulate/loss.ts';
import {spread} from '../../core/simulate/spread.ts';
import {randomAttackWorld} from '../builders/random-attack-world.ts';
import {seeded} from '../builders/seeded.ts';
import {ended, stackOf, worldOf} from './simulated.ts';

const free = {most: 12, branches: 1_000_000, cost: () => 0};

/** All subsets of a size. */
function* subsets<T>(all: readonly T[], size: number, from = 0): Generator<readonly T[]> {
	if (size === 0) yield [];
	else
		for (let at = from; at <= all.length - size; at++)
			for (const rest of subsets(all, size - 1, at + 1)) yield [all[at]!, ...rest];
}

const smallestBy = <T>(all: readonly T[], works: (some: readonly T[]) => boolean): number | null => {
	for (let size = 0; size <= all.length; size++) for (const some of subsets(all, size)) if (works(some)) return size;
	return null;
};

test('a hitting set takes one of every set, and no smaller one does', t => {
	for (let seed = 1; seed <= 200; seed++) {
		const chance = seeded(seed);
		const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
		const family = Array.from(
			{length: 1 + chance.below(8)},
			() => new Set([chance.pick(all), ...chance.some(all, 0.25)]),
		);
		const hits = (some: readonly string[]): boolean => family.every(set => some.some(each => set.has(each)));
		const found = hittingSet(family, free)!;
		t.true(found.smallest && hits(found.elements), `seed ${seed}`);
		t.deepEqual([found.elements.length], [smallestBy(all, hits)], `seed ${seed}`);
	}
});

test('where the search is given up, what was found still hits every set, and the bound lies below it', t => {
	const family = Array.from({length: 30}, (_, at) => new Set([`${at % 7}`, `${at % 5}x`, `${at % 11}y`]));
	const found = hittingSet(family, {...free, branches: 1})!;
	t.true(family.every(set => found.elements.some(each => set.has(each))));
	t.true(found.atLeast <= found.elements.length);
	t.is(hittingSet([new Set(['a']), new Set()], free), null);
});

/** One workload of the random world is the crown jewel: the last that falls where there is no cut. */
const withJewel = (topology: Topology, name: string): Topology => ({
	...topology,
	workloads: topology.workloads.map(each => (each.name === name ? {...each, jewel: true} : each)),
});

test('without the cut no jewel falls, and no smaller set of workloads or rules does as much', t => {
	const sizes = {workloads: 0, rules: 0, impossible: 0};
	for (let seed = 1; seed <= 90; seed++) {
		const {topology: plain, passes, foothold: name} = randomAttackWorld(seed);
		const stack = stackOf(plain, passes);
		const first = createAttackGraph(worldOf(plain, stack));
		const order = spread(first, first.nodeOf(name)).order;
		if (order.length < 3) continue;
		const topology = withJewel(plain, first.nodes[order.at(-1)!]!.members[0]!.name);
		const graph = createAttackGraph(worldOf(topology, stack));
		const [foothold] = footholdsIn(graph, [name]);
		const losses = lossCounter(graph);
		const droppable = new Set(stack.flatMap(({rules}) => rules.map(({id}) => id)));
		const found = ended(
			chokePoints(graph, {footholds: [foothold!], footholdsMayGo: false, droppable, cost: () => 0, questions: 400}),
		);
		const keeps = (isolated: readonly string[]): boolean =>
			losses.count(
				spread(graph, foothold!.node, {isolated: node => isolated.includes(elementOf(graph, node))}),
				foothold!,
			).jewels === 0;
		const keepsWithout = (rules: readonly string[]): boolean => {
			const rest = createAttackGraph(
				worldOf(
					topology,
					stack.map(policy => ({...policy, rules: policy.rules.filter(({id}) => !rules.includes(id))})),
				),
			);
			const [start] = footholdsIn(rest, [name]);
			return lossCounter(rest).count(spread(rest, start!.node), start!).jewels === 0;
		};
		const others = topology.workloads.filter(({jewel, name: own}) => !jewel && own !== name).map(({kind}) => kind);
		const least = smallestBy(others, keeps);
		if (found.workloads.kind === 'impossible') {
			t.is(least, null, `seed ${seed}`);
			sizes.impossible++;
		} else if (found.workloads.kind === 'smallest') {
			t.true(keeps(found.workloads.elements), `seed ${seed}`);
			t.deepEqual([found.workloads.elements.length], [least], `seed ${seed}`);
			sizes.workloads++;
		} else t.fail(`seed ${seed}: ${found.workloads.kind}`);
		if (found.rules.kind !== 'smallest') {
			t.fail(`seed ${seed}: ${found.rules.kind}`);
			continue;
		}
		const {elements} = found.rules;
		t.true(keepsWithout(elements), `seed ${seed}: ${elements.join()}`);
		if (elements.length > 0) t.false(keepsWithout([]), `seed ${seed}`);
		// Of two rules and more, that no single one does; three are too many to try every pair of here.
		if (elements.length > 1) for (const id of droppable) t.false(keepsWithout([id]), `seed ${seed}: ${id} alone`);
		sizes.rules++;
	}
	t.true(sizes.workloads > 10 && sizes.rules > 20, JSON.stringify(sizes));
	t.log(sizes);
});
