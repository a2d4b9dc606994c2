import {goals} from '../core/attack/goals.ts';
import type {Scenario} from '../core/model/scenario.ts';
import type {Topology} from '../core/model/topology.ts';
import {networksOf, selects} from '../core/policy/selector.ts';

/** Names of the workloads that a scenario's attacker is after. */
export function goalsOf(topology: Topology, scenario: Scenario): readonly string[] {
	const networks = networksOf(topology);
	return goals(topology, scenario, (selector, workload) =>
		selects(selector, {workload, address: workload.addresses[0]!.address}, networks),
	);
}
