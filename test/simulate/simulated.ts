// Worlds to simulate: the random ones of the attacker's tests, with what passes written as a policy that has a rule a flow.

import type {Stack} from '../../core/model/policy.ts';
import type {Topology} from '../../core/model/topology.ts';
import type {SimulatedWorld} from '../../core/simulate/simulated-world.ts';
import {allTechniques, type Passes} from '../builders/attack-world.ts';
import {allow, policies} from '../builders/policy.ts';

/** One rule for each flow of the topology that passes, and nothing else. */
export function stackOf({workloads}: Topology, passes: Passes): Stack {
	const rules = workloads.flatMap(({name: from}) =>
		workloads
			.filter(({name}) => name !== from)
			.flatMap(({name: to, services}) =>
				['icmp', ...new Set(services.map(({port, protocol}) => `${port}/${protocol}`))]
					.filter(port => passes(from, to, port))
					.map(port => allow(`${from} ${to} ${port}`, {from: {workload: from}, to: {workload: to}, on: [port]})),
			),
	);
	return policies({rules});
}

export const worldOf = (topology: Topology, stack: Stack, rest: Partial<SimulatedWorld> = {}): SimulatedWorld => ({
	topology,
	stack,
	placement: 'host',
	weak: (_, {weak}) => weak.length > 0,
	techniques: allTechniques,
	seed: 1,
	...rest,
});

/** What a generator gives in the end. */
export function ended<Result>(work: Generator<void, Result>): Result {
	for (;;) {
		const step = work.next();
		if (step.done === true) return step.value;
	}
}
