import type {Address, Segment, Workload} from '../model/topology.ts';
import {liesIn} from './subnets.ts';

/**
 * The address a workload sends from, as its routes choose it: the one of its own segment in which the destination lies,
 * else its first of the destination's family. Undefined where it has none of that family.
 */
export function sourceAddress(workload: Workload, segments: readonly Segment[], to: string): Address | undefined {
	const family = to.includes(':') ? 6 : 4;
	const own = workload.addresses.filter(address => address.family === family);
	return own.length < 2 ? own[0] : (own.find(address => isNear(address, segments, to)) ?? own[0]);
}

const isNear = ({segment, family}: Address, segments: readonly Segment[], to: string): boolean =>
	segments
		.filter(({name}) => name === segment)
		.flatMap(({prefixes}) => prefixes)
		.some(prefix => prefix.family === family && liesIn(to, prefix.cidr));
