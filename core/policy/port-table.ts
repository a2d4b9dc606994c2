import type {PortMatch} from '../model/policy.ts';
import type {Protocol} from '../model/topology.ts';
import type {IndexedEnd} from './peer-table.ts';
import {type PortRange, portRanges} from './port.ts';

/** Whether the protocol and port (0 for icmp) is among those of the rule at that destination. */
export type PortCheck = (
	flow: {readonly protocol: Protocol; readonly port: number},
	destination: IndexedEnd,
) => boolean;

/** A check that answers as `portsInclude` does, and resolves services once for each destination. */
export function portCheck(on: readonly PortMatch[] | null): PortCheck {
	if (on === null) return () => true;
	const resolved = new Map<number, readonly PortRange[]>();
	const namesServices = on.some(({kind}) => kind === 'service');
	return ({protocol, port}, {index, workload}) => {
		const key = namesServices ? index : -1;
		let ranges = resolved.get(key);
		if (ranges === undefined) {
			ranges = on.flatMap(match => portRanges(match, workload));
			resolved.set(key, ranges);
		}
		for (const range of ranges)
			if (range.protocol === protocol && range.first <= port && port <= range.last) return true;
		return false;
	};
}
