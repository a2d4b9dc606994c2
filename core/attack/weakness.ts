import type {Scenario} from '../model/scenario.ts';
import type {Service, Topology, Workload} from '../model/topology.ts';
import type {Matches} from './goals.ts';

/** Whether an exploit of this service gives a shell, under a scenario's assumption. */
export type Weakness = (workload: Workload, service: Service) => boolean;

/**
 * Which services are weak: those that the topology declares so, all of them, or all of the workloads that a selector
 * holds for. A scenario that says nothing takes the topology's `weakByDefault`.
 */
export function weakness(topology: Topology, scenario: Scenario, matches: Matches): Weakness {
	const weak = scenario.weak ?? {kind: topology.weakByDefault};
	switch (weak.kind) {
		case 'declared':
			return (_, service) => service.weak.length > 0;
		case 'all':
			return () => true;
		case 'selector':
			return workload => matches(weak.selector, workload);
		default:
			return weak satisfies never;
	}
}
