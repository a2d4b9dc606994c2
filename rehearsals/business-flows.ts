// The flows of a topology's business: what its dependencies mean between workloads.
import type {Flow} from '../core/model/flow.ts';
import type {Dependency, Topology} from '../core/model/topology.ts';
import {flowsBetween} from './probe-flows.ts';

/** A flow, and the dependency that it is one of. */
export interface BusinessFlow {
	readonly flow: Flow;
	readonly need: Dependency;
}

/** Every dependency between all replicas of its ends, in the families that both have; dangling ones have none. */
export function businessFlows({workloads, dependencies, segments}: Topology): readonly BusinessFlow[] {
	const byKind = Map.groupBy(workloads, ({kind}) => kind);
	return dependencies
		.filter(({dangling, port}) => !dangling && port > 0)
		.flatMap(need =>
			(byKind.get(need.from) ?? []).flatMap(source =>
				(byKind.get(need.to) ?? [])
					.filter(({name}) => name !== source.name)
					.flatMap(destination => flowsBetween(source, destination, segments, need.protocol, need.port))
					.map(flow => ({flow, need})),
			),
		);
}
