// Ports as nftables matches: which lines a rule's `on` becomes.
import type {PortMatch} from '../../core/model/policy.ts';
import type {Family, Protocol, Workload} from '../../core/model/topology.ts';
import {type PortRange, portRanges} from '../../core/policy/port.ts';

/** Ranges by protocol, sorted, disjoint and never touching; null is everything, also what has no ports. */
export type PortSet = readonly PortRange[] | null;

/**
 * What packets are compared with. `packet`: their own headers. `connection`: the headers of the connection's first
 * packet, so that a connection that was open before can be judged again by any of its packets.
 */
export type Compared = 'packet' | 'connection';

const protocols: readonly Protocol[] = ['tcp', 'udp', 'sctp', 'icmp'];

/** The ports that `on` means at a destination (null: no workload). */
export function portSet(on: readonly PortMatch[] | null, destination: Workload | null): PortSet {
	if (on === null) return null;
	const ranges = on.flatMap(match => portRanges(match, destination));
	return protocols.flatMap(protocol => {
		const merged: PortRange[] = [];
		for (const range of ranges.filter(one => one.protocol === protocol).sort((a, b) => a.first - b.first)) {
			const before = merged.at(-1);
			if (before === undefined || range.first > before.last + 1)
				merged.push({protocol, first: range.first, last: range.last});
			else if (range.last > before.last) merged[merged.length - 1] = {...before, last: range.last};
		}
		return merged;
	});
}

/** Whether the ports depend on which workload the destination is. */
export const namesServices = (on: readonly PortMatch[] | null): boolean =>
	on?.some(({kind}) => kind === 'service') ?? false;

/** Matches of which any may hold; one empty text for everything, none for nothing. `family` null: both. */
export function portTexts(ports: PortSet, family: Family | null, compared: Compared): readonly string[] {
	if (ports === null) return [''];
	return protocols.flatMap(protocol => {
		const ranges = ports.filter(range => range.protocol === protocol);
		if (ranges.length === 0) return [];
		if (protocol === 'icmp')
			return (family === null ? ([4, 6] as const) : [family]).map(version => echoText[compared][version]);
		if (ranges[0]!.first === 0 && ranges[0]!.last === 65535) return [`meta l4proto ${protocol}`];
		const elements = ranges.map(({first, last}) => (first === last ? `${first}` : `${first}-${last}`));
		const values = elements.length === 1 ? elements[0]! : `{ ${elements.join(', ')} }`;
		return [
			compared === 'packet'
				? `${protocol} dport ${values}`
				: `meta l4proto ${protocol} ct original proto-dst ${values}`,
		];
	});
}

/** A connection of echoes keeps the request's type and code where others keep the port: 8 and 128, shifted by a byte. */
const echoText = {
	packet: {4: 'icmp type echo-request', 6: 'icmpv6 type echo-request'},
	connection: {
		4: 'meta l4proto icmp ct original proto-dst 2048',
		6: 'meta l4proto ipv6-icmp ct original proto-dst 32768',
	},
} as const;
