// The flows from and to one workload that services answer.
import type {Flow} from '../core/model/flow.ts';
import {listeningPorts} from '../core/model/listening-ports.ts';
import type {Topology, Workload} from '../core/model/topology.ts';
import {flowsBetween} from './probe-flows.ts';

/** Which ports of a range listen. */
const seed = 1;

/** Each service of every other workload from this one, and each of its own from every other, in the families both have. */
export function flowsOfWorkload({workloads, segments}: Topology, name: string): readonly Flow[] {
	const own = workloads.find(one => one.name === name);
	if (own === undefined) return [];
	const to = (source: Workload, destination: Workload): readonly Flow[] =>
		destination.services.flatMap(service =>
			listeningPorts(service, seed).flatMap(port =>
				flowsBetween(source, destination, segments, service.protocol, port),
			),
		);
	return workloads.filter(one => one !== own).flatMap(other => [...to(own, other), ...to(other, own)]);
}
