import type {Evidence} from '../contracts/evidence.ts';
import type {Containment} from '../contracts/report.ts';
import {type Kinds, serves, serviceText} from './kinds.ts';

export type Exposure = Pick<Containment, 'exposedServices' | 'servicesOfOthers'>;

/**
 * One-hop exposure: services of other kinds that answer the foothold, of all of them. A service is one, however many
 * ports, replicas and addresses it has; a closed port that answers is none.
 */
export function exposure(kinds: Kinds, foothold: string, probed: readonly Evidence[]): Exposure {
	const own = kinds.of(foothold);
	const others = kinds.counted.filter(({name}) => name !== own);
	const exposed = new Set<string>();
	for (const {flow, outcome} of probed) {
		if (flow.source.workload !== foothold || outcome.kind !== 'open') continue;
		const kind = kinds.all.get(kinds.of(flow.destination.workload) ?? '');
		if (kind === undefined || !kind.counted || kind.name === own) continue;
		const service = kind.services.find(each => serves(each, flow.protocol, flow.port));
		if (service !== undefined) exposed.add(serviceText(kind.name, service));
	}
	return {
		exposedServices: exposed.size,
		servicesOfOthers: others.reduce((sum, {services}) => sum + services.length, 0),
	};
}
