// An attacker acts on what packets told it. Two worlds that look the same from the foothold and differ behind it must see
// the same attempts, until the first that is answered differently.
import test from 'ava';
import type {Network} from '../../core/contracts/network.ts';
import type {Topology} from '../../core/model/topology.ts';
import {attack, networkOf, type Passes, viewOf} from '../builders/attack-world.ts';
import {randomAttackWorld} from '../builders/random-attack-world.ts';

/** Attempts and their answers as text, in the order in which they were made. */
async function trace(topology: Topology, foothold: string, passes: Passes, strategy: 'worm' | 'targeted') {
	const told: (readonly [attempt: string, answer: string])[] = [];
	const inner = networkOf(topology, passes);
	const network: Network = {
		reach: attempt => inner.reach(attempt),
		async sweep(attempts) {
			const answers = await inner.sweep(attempts);
			for (const [at, attempt] of attempts.entries()) told.push([JSON.stringify(attempt), answers[at]!]);
			return answers;
		},
		async talk(attempt, exchange) {
			const reply = await inner.talk(attempt, exchange);
			told.push([JSON.stringify([attempt, exchange]), JSON.stringify(reply)]);
			return reply;
		},
		raw: (attempt, packet) => inner.raw(attempt, packet),
		tamper: (pivot, action) => inner.tamper(pivot, action),
	};
	const {timeline} = await attack(topology, foothold, {network, scenario: {strategy}, goals: ['h3']});
	return {told, timeline: timeline.length};
}

/** The same world seen from the foothold, and another behind it: services swapped, weaknesses inverted, secrets gone. */
function lie(topology: Topology, foothold: string): Topology {
	const others = topology.workloads.filter(({name}) => name !== foothold);
	return {
		...topology,
		workloads: topology.workloads.map(workload => {
			const at = others.indexOf(workload);
			if (at < 0) return workload;
			const {services, holds} = others[(at + 1) % others.length]!;
			const seen = topology.dependencies.some(({from, to}) => from === foothold && to === workload.kind);
			return {
				...workload,
				holds,
				knows: [],
				services: seen
					? workload.services.map(one => ({...one, weak: one.weak.length > 0 ? [] : ['CVE-2021-44228']}))
					: services,
			};
		}),
	};
}

for (const strategy of ['worm', 'targeted'] as const) {
	test(`a ${strategy} does the same in two worlds until a packet tells them apart`, async t => {
		let differed = 0;
		for (let seed = 1; seed <= 80; seed++) {
			const {topology, foothold, passes} = randomAttackWorld(seed);
			const other = lie(topology, foothold);
			const opened = ({secrets}: ReturnType<typeof viewOf>) => secrets.map(({speaks}) => speaks);
			// A secret says which protocols it is for, so a swap of services may show in the foothold.
			if (JSON.stringify(opened(viewOf(topology, foothold))) !== JSON.stringify(opened(viewOf(other, foothold))))
				continue;
			t.deepEqual(viewOf(topology, foothold), viewOf(other, foothold), `seed ${seed}`);
			const [here, there] = [
				await trace(topology, foothold, passes, strategy),
				await trace(other, foothold, passes, strategy),
			];
			const action = (attempt: string): number => [JSON.parse(attempt)].flat()[0].action;
			const first = here.told.findIndex(([, answer], at) => answer !== there.told[at]?.[1]);
			if (first < 0) {
				t.deepEqual(here, there, `seed ${seed}`);
				continue;
			}
			differed++;
			// Attempts already planned when the answer came belong to the same round, so those up to it are compared.
			t.deepEqual(
				here.told.slice(0, first + 1).map(([attempt]) => attempt),
				there.told.slice(0, first + 1).map(([attempt]) => attempt),
				`seed ${seed}, action ${action(here.told[first]![0])}`,
			);
		}
		t.true(differed > 15, `only ${differed} pairs differed`);
	});
}
