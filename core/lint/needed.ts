import type {Flow} from '../model/flow.ts';
import type {Topology} from '../model/topology.ts';

/** Whether a dependency of the topology, known or assumed, is this flow; without names, it is none. */
export function neededBy({dependencies, workloads}: Topology): (flow: Flow) => boolean {
	const kinds = new Map(workloads.map(({name, kind}) => [name, kind]));
	const keyOf = (from: string, to: string, protocol: string, port: number) =>
		JSON.stringify([from, to, protocol, port]);
	const needs = new Set(dependencies.map(({from, to, protocol, port}) => keyOf(from, to, protocol, port)));
	return ({source, destination, protocol, port}) => {
		const [from, to] = [kinds.get(source.workload ?? ''), kinds.get(destination.workload ?? '')];
		return from !== undefined && to !== undefined && needs.has(keyOf(from, to, protocol, port));
	};
}
