import {draw} from '../model/draw.ts';
import type {Scenario} from '../model/scenario.ts';
import type {Service, Topology, Workload} from '../model/topology.ts';
import type {Matches} from './goals.ts';

/** Whether an exploit of this service gives a shell, under a scenario's assumption. */
export type Weakness = (workload: Workload, service: Service) => boolean;

/**
 * Which services are weak: those that the topology declares so, all of them, or all of the workloads that a selector
 * holds for. A scenario that says nothing takes the topology's `weakByDefault`. A declared weakness that does not always
 * work (`works`) is drawn once a run: the same for one seed, in both networks and under every candidate.
 */
export function weakness(topology: Topology, scenario: Scenario, matches: Matches, seed: number): Weakness {
	const weak = scenario.weak ?? {kind: topology.weakByDefault};
	switch (weak.kind) {
		case 'declared':
			return (workload, service) => service.weak.length > 0 && drawn(workload, service, seed);
		case 'all':
			return () => true;
		case 'selector':
			return workload => matches(weak.selector, workload);
		default:
			return weak satisfies never;
	}
}

/** Of one run and service the same, however often it is asked and whatever else the topology has. */
const drawn = ({name}: Workload, {name: service, works = 1}: Service, seed: number): boolean =>
	works === 1 || draw(seed, 0, `${name} ${service}`) < works;
