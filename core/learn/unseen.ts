// What the needs say nothing about: nobody was seen there, and the least policy closes it.
import {serves} from '../measure/kinds.ts';
import type {Dependency, Service} from '../model/topology.ts';
import type {LearnEnd} from './learn-ends.ts';

export interface Unseen {
	/** Ends that no need has, neither as source nor as destination. */
	readonly ends: readonly LearnEnd[];
	/** Services of other ends that no need is of. */
	readonly services: readonly {readonly end: LearnEnd; readonly service: Service}[];
}

export function unseen(ends: readonly LearnEnd[], needs: readonly Dependency[]): Unseen {
	const used = new Set(needs.flatMap(({from, to}) => [from, to]));
	const byTarget = Map.groupBy(needs, ({to}) => to);
	const silent = ends.filter(({kind}) => !used.has(kind));
	return {
		ends: silent,
		services: ends
			.filter(end => used.has(end.kind))
			.flatMap(end =>
				end.services
					.filter(one => !(byTarget.get(end.kind) ?? []).some(({protocol, port}) => serves(one, protocol, port)))
					.map(service => ({end, service})),
			),
	};
}
