import test from 'ava';
import {kindsOf} from '../../core/measure/kinds.ts';
import {lostKinds} from '../../core/measure/lost.ts';
import type {Stack} from '../../core/model/policy.ts';
import type {Topology, Workload} from '../../core/model/topology.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {createClosure} from '../../core/reach/closure.ts';
import {createReach} from '../../core/reach/reach.ts';
import {attackInModel} from '../../scenarios/model-attack.ts';
import {scenario} from '../builders/attack-world.ts';
import {randomAttackWorld} from '../builders/random-attack-world.ts';
import {randomStack} from '../builders/random-policy.ts';
import {type Chance, seeded} from '../builders/seeded.ts';

const firstSeed = Number(process.env.FIREBREAK_SEED ?? 1);
const weak = (_: Workload, {weak: known}: Workload['services'][number]): boolean => known.length > 0;

/** The closure's word on one foothold, and the worm's: fallen names, those with a shell, kinds lost. */
async function both(topology: Topology, stack: Stack, foothold: string) {
	const closure = createClosure({topology, reach: createReach(topology, stack), weak});
	const start = closure.classOf(foothold);
	const fallen = closure.from([start]);
	const names = (count: (index: number) => number): readonly string[] =>
		closure.classes
			.flatMap(({index, members}) =>
				count(index) === 1 && index === start ? [foothold] : count(index) === 0 ? [] : members.map(({name}) => name),
			)
			.sort();
	const run = await attackInModel({
		topology,
		stack,
		evaluator: createEvaluator(topology, stack),
		placement: 'host',
		weak,
		scenario: scenario({limits: {actions: 1_000_000, seconds: 600}}),
		seed: 1,
		goals: [],
		now: () => 0,
		foothold,
	});
	const every = closure.fromEvery();
	return {
		closure: {lost: names(fallen.lost), shells: names(fallen.shells), kinds: fallen.kinds},
		worm: {
			lost: run.falls.map(({workload}) => workload).sort(),
			shells: run.falls
				.filter(({pivot}) => pivot)
				.map(({workload}) => workload)
				.sort(),
			kinds: lostKinds(kindsOf(topology), run).length,
		},
		every: every[start]!,
		classes: closure.classes.length,
	};
}

/** A world where everybody has heard of everybody and of every port, some hosts are replicas, and labels can be selected. */
function knownWorld(seed: number): {topology: Topology; stack: Stack; foothold: string} {
	const chance = seeded(seed ^ 0xc105);
	const {topology: plain, foothold} = randomAttackWorld(seed);
	const twins = new Set(chance.some(plain.workloads, 0.4).map(({name}) => name));
	const workloads = plain.workloads
		.map(workload => ({...workload, labels: labelsOf(chance), managed: !chance.often(0.1)}))
		.flatMap((workload): readonly Workload[] => (twins.has(workload.name) ? [workload, twinOf(workload)] : [workload]))
		.sort((a, b) => (a.name < b.name ? -1 : 1));
	const kinds = plain.workloads.map(({kind}) => kind);
	const topology: Topology = {
		...plain,
		workloads: workloads.map(workload => ({...workload, knows: kinds})),
		secrets: plain.secrets.map(secret => ({
			...secret,
			opens: secret.opens.flatMap(door =>
				twins.has(door.workload) ? [door, {...door, workload: `${door.workload}-2`}] : [door],
			),
		})),
		dependencies: plain.workloads.flatMap(({kind: to, services}) =>
			services.flatMap(({name, port, protocol}) =>
				kinds.map(from => ({...dependency, from, to, service: name, port, protocol})),
			),
		),
	};
	const stack = randomStack(chance, topology).map((policy, at) => ({
		...policy,
		default: chance.often(0.8) ? ('allow' as const) : policy.default,
		isolates: at > 0 && policy.isolates,
	}));
	return {topology, stack, foothold};
}

const dependency = {
	dangling: false,
	vital: false,
	source: 'declared',
	where: {file: 'world.topology.yaml', line: 1, column: 1},
} as const;

const labelsOf = (chance: Chance) => ({
	tier: chance.pick(['red', 'green', 'blue']),
	app: chance.pick(['red', 'green']),
});

const twinOf = (workload: Workload): Workload => ({
	...workload,
	name: `${workload.name}-2`,
	addresses: workload.addresses.map(one => ({...one, address: beside(one.address)})),
});

/** The address 20 hosts further on, where nobody else is. */
function beside(address: string): string {
	const at = Math.max(address.lastIndexOf('.'), address.lastIndexOf(':')) + 1;
	const base = address.includes(':') ? 16 : 10;
	return `${address.slice(0, at)}${(Number.parseInt(address.slice(at), base) + 20).toString(base)}`;
}

test('what the closure says falls is what the worm compromises, shells and kinds alike', async t => {
	const seen = {lost: 0, sessions: 0, stood: 0, merged: 0};
	for (let seed = firstSeed; seed < firstSeed + 150; seed++) {
		const {topology, stack, foothold} = knownWorld(seed);
		const {closure, worm, every, classes} = await both(topology, stack, foothold);
		t.deepEqual(closure, worm, `seed ${seed}`);
		t.is(every, closure.kinds, `seed ${seed}`);
		seen.lost += worm.lost.length - 1;
		seen.sessions += worm.lost.length - worm.shells.length;
		seen.stood += topology.workloads.length - worm.lost.length;
		seen.merged += topology.workloads.length - classes;
	}
	t.log(JSON.stringify(seen));
	t.true(seen.lost > 200 && seen.sessions > 20 && seen.stood > 200 && seen.merged > 100, JSON.stringify(seen));
});

test('a worm that has to find its way never takes what the closure leaves', async t => {
	for (let seed = firstSeed; seed < firstSeed + 100; seed++) {
		const {topology, foothold} = randomAttackWorld(seed);
		const stack = randomStack(seeded(seed), topology);
		const {closure, worm} = await both(topology, stack, foothold);
		t.deepEqual(
			worm.lost.filter(name => !closure.lost.includes(name)),
			[],
			`seed ${seed}`,
		);
	}
});

test('a fall has a way there: one step further, through a service that the evaluator opens', t => {
	let seen = 0;
	for (let seed = firstSeed; seed < firstSeed + 60; seed++) {
		const {topology, stack, foothold} = knownWorld(seed);
		const {verdict} = createEvaluator(topology, stack);
		const closure = createClosure({topology, reach: createReach(topology, stack), weak});
		const start = closure.classOf(foothold);
		const {order, via, hops, has} = closure.from([start]);
		t.is(order[0], start);
		for (const {index, members} of closure.classes) {
			const way = via(index);
			t.is(way !== null, has(index) && index !== start);
			if (way === null) continue;
			seen++;
			t.is(hops(index), hops(way.from) + 1);
			const [source, target] = [closure.classes[way.from]!.members[0]!, members[0]!];
			const family = [source, target].every(({addresses}) => addresses.some(one => one.family === 4)) ? 4 : 6;
			const end = ({name, addresses}: Workload) => ({
				workload: name,
				address: addresses.find(one => one.family === family)!.address,
			});
			const {protocol, port} = way.service;
			const flow = {source: end(source), destination: end(target), family, protocol, port} as const;
			t.is(verdict(flow, 'host').action, 'allow', `seed ${seed}`);
		}
	}
	t.true(seen > 100, `${seen}`);
});
