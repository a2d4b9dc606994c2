// The names of a topology as a name server answers for them.
import ipaddr from 'ipaddr.js';
import type {Family, Topology, Workload} from './topology.ts';

export interface LabNames {
	/**
	 * Addresses in one family of a workload (`web-1.prod`), of all replicas of a kind (`web.prod`), of all that have an alias,
	 * or of a base name (`web`) in `environment`. Letters of either case, no final dot. Undefined where nothing has that name in either family.
	 */
	lookup(name: string, family: Family, environment: string | null): readonly string[] | undefined;
	/** The workload that has an address, by its name for reverse lookup: `1.0.18.198.in-addr.arpa` (RFC 1035 3.5, RFC 3596 2.5). */
	pointer(name: string): string | undefined;
}

export function createNames({workloads}: Topology): LabNames {
	const named = new Map<string, Workload[]>();
	const add = (name: string, workload: Workload): void => {
		const key = name.toLowerCase();
		const those = named.get(key);
		if (those === undefined) named.set(key, [workload]);
		else if (!those.includes(workload)) those.push(workload);
	};
	for (const workload of workloads) {
		add(workload.name, workload);
		add(workload.kind, workload);
		for (const alias of workload.aliases ?? []) add(alias, workload);
	}
	const pointers = new Map(
		workloads.flatMap(({name, addresses}) =>
			addresses.map(({address}) => [reverseName(address), name.toLowerCase()] as const),
		),
	);
	return {
		lookup(name, family, environment) {
			const key = name.toLowerCase();
			const found = named.get(key) ?? (environment === null ? undefined : named.get(`${key}.${environment}`));
			return found?.flatMap(({addresses}) =>
				addresses.filter(one => one.family === family).map(({address}) => address),
			);
		},
		pointer: name => pointers.get(name.toLowerCase()),
	};
}

function reverseName(address: string): string {
	const bytes = ipaddr.parse(address).toByteArray();
	return bytes.length === 4
		? `${bytes.toReversed().join('.')}.in-addr.arpa`
		: `${bytes
				.flatMap(byte => [byte >> 4, byte & 15])
				.reverse()
				.map(nibble => nibble.toString(16))
				.join('.')}.ip6.arpa`;
}
