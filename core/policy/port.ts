// Which ports a rule means at a destination. Source: LANGUAGE "Ports".
import type {PortMatch} from '../model/policy.ts';
import type {Protocol, Workload} from '../model/topology.ts';

/** Ports `first..last` of a protocol; 0..65535 is the whole protocol, and icmp (echo of both families) has no other. */
export interface PortRange {
	readonly protocol: Protocol;
	readonly first: number;
	readonly last: number;
}

/** What one entry of `on` means at a destination; a service's name means nothing where no workload is. */
export function portRanges(match: PortMatch, destination: Workload | null): readonly PortRange[] {
	switch (match.kind) {
		case 'range':
			return [match];
		case 'protocol':
			return [{protocol: match.protocol, first: 0, last: 65535}];
		case 'service':
			return (destination?.services ?? [])
				.filter(({name, protocol}) => name === match.name && (match.protocol === null || match.protocol === protocol))
				.map(({protocol, port, lastPort}) => ({protocol, first: port, last: lastPort}));
		default:
			return match satisfies never;
	}
}

/** Whether `on` (null: everything) means this protocol and port of the destination; icmp's port is 0. */
export const portsInclude = (
	on: readonly PortMatch[] | null,
	{protocol, port}: {readonly protocol: Protocol; readonly port: number},
	destination: Workload | null,
): boolean =>
	on === null ||
	on.some(match =>
		portRanges(match, destination).some(
			range => range.protocol === protocol && range.first <= port && port <= range.last,
		),
	);
