// What a rule's log says of a packet that no probe sent, with the names of the workloads.
import type {PacketEnd, PacketEvent} from '../core/contracts/watch-event.ts';
import type {Topology} from '../core/model/topology.ts';
import {endOf} from '../kernel/sockaddr.ts';
import type {HearStray} from '../scenarios/wire/witness.ts';

export function packetEvents(
	named: (address: string) => PacketEnd,
	tell: (event: PacketEvent, sourcePort: number) => void,
): HearStray {
	return (site, log, {protocol, source, destination}) => {
		const from = endOf(source);
		const to = endOf(destination);
		const event: PacketEvent = {
			kind: 'packet',
			site,
			log,
			family: to.family,
			protocol,
			source: named(from.address),
			destination: named(to.address),
			sourcePort: from.port,
			port: to.port,
			atMs: 0,
		};
		tell(event, from.port);
	};
}

/** An address with the workload that owns it. */
export function endNamer({workloads}: Topology): (address: string) => PacketEnd {
	const owners = new Map(
		workloads.flatMap(({name, addresses}) => addresses.map(({address}) => [address, name] as const)),
	);
	return address => ({workload: owners.get(address) ?? null, address});
}
