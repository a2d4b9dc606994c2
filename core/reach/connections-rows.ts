// Connections in the order of reading: a row of cells at a time, or the open pairs one by one.
import {type Cell, type Connections, isPair} from './connections.ts';
import type {Peer} from './connections-peers.ts';

export interface Pair {
	readonly source: Peer;
	readonly destination: Peer;
	readonly cell: Cell;
}

/** Cells by the number of the destination's group. */
export type CellRow = readonly Cell[];

/**
 * The row of a source's group. A row is kept while peers of its group are still to come, so that it is computed once if
 * each peer asks for it once, and few are in memory at a time.
 */
export function cellRows({groups, between}: Connections): (source: Peer) => CellRow {
	const kept = new Map<number, {readonly row: CellRow; left: number}>();
	return ({group}) => {
		const known = kept.get(group);
		if (known !== undefined) {
			if (--known.left === 0) kept.delete(group);
			return known.row;
		}
		const row = groups.map(({index}) => between(group, index));
		const left = groups[group]!.peers.length - 1;
		if (left > 0) kept.set(group, {row, left});
		return row;
	};
}

/** Every pair of peers between which anything is open, by source and then destination in the order of the peers. */
export function* openPairs(connections: Connections): Generator<Pair> {
	const rowOf = cellRows(connections);
	for (const source of connections.peers) {
		const row = rowOf(source);
		for (const destination of connections.peers) {
			const cell = row[destination.group]!;
			if (cell.open.length > 0 && isPair(source, destination)) yield {source, destination, cell};
		}
	}
}
