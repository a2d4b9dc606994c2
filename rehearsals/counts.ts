// How large a topology is, as reports say it.
import type {RehearsalReport} from '../core/contracts/report.ts';
import {kindsOf} from '../core/measure/kinds.ts';
import type {Topology} from '../core/model/topology.ts';

/** Kinds and jewels are those of W; dependencies those that are known and have a far end. */
export function countsOf(topology: Topology): RehearsalReport['topology'] {
	const kinds = kindsOf(topology);
	return {
		name: topology.name,
		kinds: kinds.counted.length,
		workloads: topology.workloads.length,
		services: topology.workloads.reduce((sum, {services}) => sum + services.length, 0),
		dependencies: topology.dependencies.filter(({dangling, source}) => !dangling && source !== 'assumed').length,
		jewels: kinds.counted.filter(({jewel}) => jewel).length,
	};
}
