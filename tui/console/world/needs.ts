import {kindsOf, serves} from '../../../core/measure/kinds.ts';
import type {Topology} from '../../../core/model/topology.ts';
import {cellKey} from './world.ts';

const known = new WeakMap<Topology, ReadonlyMap<string, number>>();

/** The dependency, by its number in the topology, that a cell of the matrix is: by `cellKey`. Dangling ones are none. */
export function needsOf(topology: Topology): ReadonlyMap<string, number> {
	let needs = known.get(topology);
	if (needs === undefined) {
		const {all} = kindsOf(topology);
		needs = new Map(
			topology.dependencies.flatMap(({from, to, protocol, port, dangling}, at) => {
				if (dangling) return [];
				const service = all.get(to)?.services.find(one => serves(one, protocol, port));
				const ports = service === undefined ? [port] : [...new Set([port, service.port, service.lastPort])];
				return ports.map(one => [cellKey(from, to, protocol, one), at] as const);
			}),
		);
		known.set(topology, needs);
	}
	return needs;
}
