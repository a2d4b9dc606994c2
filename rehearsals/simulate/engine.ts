// What one candidate under one scenario is simulated on.
import {weakness} from '../../core/attack/weakness.ts';
import type {Candidate, Rehearsal} from '../../core/model/rehearsal.ts';
import type {Scenario} from '../../core/model/scenario.ts';
import type {Workload} from '../../core/model/topology.ts';
import {networksOf, selects} from '../../core/policy/selector.ts';
import {createReach} from '../../core/reach/reach.ts';
import {type AttackGraph, createAttackGraph} from '../../core/simulate/attack-graph.ts';

/** Above so many workloads, attacks are computed over classes of equal workloads, and everybody is taken to know everybody. */
export const mostKnown = 1000;
/** Up to so many workloads the attacker itself is let loose in the model. */
export const mostWormed = 120;

export function engineOf({topology}: Rehearsal, candidate: Candidate, scenario: Scenario, seed: number): AttackGraph {
	const {stack, placement} = candidate;
	const networks = networksOf(topology);
	const matches = (selector: Parameters<typeof selects>[0], workload: Workload): boolean =>
		selects(selector, {workload, address: workload.addresses[0]!.address}, networks);
	const weak = weakness(topology, scenario, matches, seed);
	const world = {topology, stack, placement, weak, techniques: scenario.techniques, seed};
	return createAttackGraph(
		world,
		topology.workloads.length > mostKnown ? createReach(topology, stack, {placement}) : null,
	);
}
