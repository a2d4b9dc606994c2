import test from 'ava';
import {type Endpoint, renderFlow} from '../../core/model/flow.ts';
import type {Direction} from '../../core/model/policy.ts';
import {hasBit} from '../../core/policy/bits.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {endOf} from '../../core/reach/end-class.ts';
import {hasPort} from '../../core/reach/port-set.ts';
import {createReach} from '../../core/reach/reach.ts';
import {type RandomCase, randomCase, randomFlows} from '../builders/random.ts';
import {simpleEnd} from '../policy/simple-evaluator.ts';

const firstSeed = Number(process.env.FIREBREAK_SEED ?? 1);

/** The class of a flow's end, or undefined for a workload's second address of the family and for a foreign address. */
function classesOf({topology, stack}: RandomCase) {
	const reach = createReach(topology, stack, {beyond: 'addresses'});
	const primary = (workload: string, family: 4 | 6): string | undefined =>
		endOf(reach.classes[reach.classOf(workload)]!, family) === null
			? undefined
			: topology.workloads.find(({name}) => name === workload)!.addresses.find(one => one.family === family)?.address;
	return {
		reach,
		classOf: ({workload, address}: Endpoint, family: 4 | 6): number | undefined =>
			workload !== null && primary(workload, family) === address ? reach.classOf(workload) : undefined,
	};
}

test('what is open between classes is what the evaluator allows, by the same rule at each end', t => {
	let checked = 0;
	for (let seed = firstSeed; seed < firstSeed + 150; seed++) {
		const random = randomCase(seed);
		const evaluator = createEvaluator(random.topology, random.stack);
		const {reach, classOf} = classesOf(random);
		for (const flow of randomFlows(random, 40)) {
			const source = classOf(flow.source, flow.family);
			const destination = classOf(flow.destination, flow.family);
			if (source === undefined || destination === undefined) continue;
			const about = `seed ${seed}: ${renderFlow(flow)}`;
			const open = hasPort(reach.open(source, destination, flow.family), flow.protocol, flow.port);
			const simple = (direction: Direction) => simpleEnd(random.topology, random.stack, flow, direction, false);
			t.is(open, simple('egress')?.action !== 'deny' && simple('ingress')?.action !== 'deny', about);
			t.is(open ? 'allow' : 'deny', evaluator.verdict(flow, 'host').action, about);
			const ends = evaluator.ends(flow, 'host');
			for (const direction of ['egress', 'ingress'] as const) {
				const rules = reach.considered(direction, source, destination, flow.family);
				const deciding = rules?.find(
					({decides, action}) => action !== 'pass' && hasPort(decides, flow.protocol, flow.port),
				);
				t.is(deciding?.rule.id, ends[direction]?.inForce.rule.id, `${about} ${direction}`);
			}
			checked++;
		}
	}
	t.true(checked > 3000, `${checked}`);
});

test('the doors that are open from an address are those that the evaluator allows, at every placement', t => {
	const seen = {open: 0, shut: 0};
	for (let seed = firstSeed; seed < firstSeed + 150; seed++) {
		const {topology, stack} = randomCase(seed);
		const evaluator = createEvaluator(topology, stack);
		for (const placement of ['host', 'fabric', 'gateway'] as const) {
			const reach = createReach(topology, stack, {placement});
			const doors = reach.classes.flatMap(({index, members}) =>
				members[0]!.addresses.flatMap((_, address) => [
					...members[0]!.services.map(({protocol, port}) => ({class: index, address, protocol, port})),
					{class: index, address, protocol: 'tcp' as const, port: 1025},
					{class: index, address, protocol: 'icmp' as const, port: 0},
				]),
			);
			const open = reach.openDoors(doors);
			for (const {index, members} of reach.classes)
				for (const [at, from] of members[0]!.addresses.entries()) {
					const row = open(index, at);
					for (const [number, door] of doors.entries()) {
						const far = reach.classes[door.class]!.members[door.class === index ? 1 : 0];
						if (far === undefined) continue;
						const to = far.addresses[door.address]!;
						const flow = {
							source: {workload: members[0]!.name, address: from.address},
							destination: {workload: far.name, address: to.address},
							family: to.family,
							protocol: door.protocol,
							port: door.port,
						};
						const allowed = from.family === to.family && evaluator.verdict(flow, placement).action === 'allow';
						if (allowed !== hasBit(row, number)) t.fail(`seed ${seed} ${placement}: ${renderFlow(flow)}`);
						if (allowed) seen.open++;
						else seen.shut++;
					}
				}
		}
	}
	t.true(seen.open > 10_000 && seen.shut > 10_000, JSON.stringify(seen));
});
