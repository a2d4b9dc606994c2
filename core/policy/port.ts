// Which ports a rule means at a destination. Source: LANGUAGE "Ports".
import type {PortMatch} from '../model/policy.ts';
import type {Protocol, Service, Workload} from '../model/topology.ts';

/** Ports `first..last` of a protocol; 0..65535 is the whole protocol, and icmp (echo of both families) has no other. */
export interface PortRange {
	readonly protocol: Protocol;
	readonly first: number;
	readonly last: number;
}

/** Every name by which rules may mean a service. */
export const serviceNames = ({name, alsoNamed}: Service): readonly string[] => [name, ...(alsoNamed ?? [])];

/** What one entry of `on` means at a destination; a service's name means nothing where no workload is. */
export function portRanges(match: PortMatch, destination: Workload | null): readonly PortRange[] {
	switch (match.kind) {
		case 'range':
			return [match];
		case 'protocol':
			return [{protocol: match.protocol, first: 0, last: 65535}];
		case 'service':
			return (destination?.services ?? [])
				.filter(
					one =>
						(one.name === match.name || one.alsoNamed?.includes(match.name) === true) &&
						(match.protocol === null || match.protocol === one.protocol),
				)
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
