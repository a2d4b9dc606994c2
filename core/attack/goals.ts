import type {Selector} from '../model/policy.ts';
import type {Scenario} from '../model/scenario.ts';
import type {Topology, Workload} from '../model/topology.ts';

/** Whether a selector holds for a workload: the policy engine's matcher, handed in. */
export type Matches = (selector: Selector, workload: Workload) => boolean;

/**
 * The names an attacker is told to get, sorted: the jewels, or what the goal selects. Empty for `everything` and for a
 * worm, which is told nothing and takes what there is; a targeted attacker without names goes on until nothing is left.
 */
export function goals(topology: Topology, {goal, strategy}: Scenario, matches: Matches): readonly string[] {
	if (strategy === 'worm' || goal.kind === 'everything') return [];
	return topology.workloads
		.filter(workload => (goal.kind === 'jewels' ? workload.jewel : matches(goal.selector, workload)))
		.map(({name}) => name)
		.sort();
}
