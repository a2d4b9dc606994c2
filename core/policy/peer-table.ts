// Selectors answered for every workload once, so that a verdict only looks up a byte.
import type {Selector} from '../model/policy.ts';
import type {Workload} from '../model/topology.ts';
import {type End, looksAtAddresses, type Networks, selects} from './selector.ts';

/** A byte a workload, by its index in the topology: 0 does not match, 1 matches, 2 depends on the address. */
export type PeerTable = Uint8Array;

/** Gives the table of a selector, made at its first use and kept. */
export function peerTables(workloads: readonly Workload[], networks: Networks): (selector: Selector) => PeerTable {
	const tables = new Map<Selector, PeerTable>();
	return selector => {
		const known = tables.get(selector);
		if (known !== undefined) return known;
		const table = Uint8Array.from(workloads, workload => {
			const answers = looksAtAddresses(selector)
				? workload.addresses.map(({address}) => selects(selector, {workload, address}, networks))
				: [selects(selector, {workload, address: ''}, networks)];
			return answers.every(Boolean) ? 1 : answers.some(Boolean) ? 2 : 0;
		});
		tables.set(selector, table);
		return table;
	};
}

/** An end and its index in the topology, -1 where no workload owns the address. */
export interface IndexedEnd extends End {
	readonly index: number;
}

/** `selects`, by the table where that settles it. */
export function selectsByTable(selector: Selector, table: PeerTable, end: IndexedEnd, networks: Networks): boolean {
	const answer = end.index === -1 ? 2 : table[end.index];
	return answer === 2 ? selects(selector, end, networks) : answer === 1;
}
