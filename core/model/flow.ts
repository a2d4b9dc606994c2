// A flow as packets see it: two addresses, a protocol, a port. Names are added by whoever knows the topology.
import type {Family, Protocol} from './topology.ts';

/** One end: the workload that owns the address, or null where no workload does. */
export interface Endpoint {
	readonly workload: string | null;
	readonly address: string;
}

/** The first packet of a connection; `port` is the destination's, 1..65535, and 0 for icmp (echo). */
export interface Flow {
	readonly source: Endpoint;
	readonly destination: Endpoint;
	readonly family: Family;
	readonly protocol: Protocol;
	readonly port: number;
}

const bracket = ({family, destination}: Flow): string =>
	family === 6 ? `[${destination.address}]` : destination.address;

/** `web-1.prod -> db.prod:5432/tcp`, the form that users read and write; the family is added for IPv6: `… (IPv6)`. */
export const renderFlow = (flow: Flow): string =>
	`${flow.source.workload ?? flow.source.address} -> ${flow.destination.workload ?? bracket(flow)}:${
		flow.protocol === 'icmp' ? 'icmp' : `${flow.port}/${flow.protocol}`
	}${flow.family === 6 ? ' (IPv6)' : ''}`;

/** Unique for each flow by addresses: what maps are keyed with. */
export const flowKey = ({source, destination, protocol, port}: Flow): string =>
	`${source.address}>${destination.address}:${port}/${protocol}`;
