// A matrix small enough to look at: rows and columns in sections, equal ones folded, every cell computed once.
import type {Family} from '../../core/model/topology.ts';
import {type Cell, type Connections, isPair} from '../../core/reach/connections.ts';
import {addressName} from '../../core/reach/connections-address-name.ts';
import type {Peer} from '../../core/reach/connections-peers.ts';
import {oneLine} from '../report/lines.ts';

/** A row and a column: a peer, or several that have the same cells. */
export interface Entry {
	/** Without what its section says already: `web` in section `prod`. */
	readonly name: string;
	/** As it stands alone: `web.prod`. */
	readonly fullName: string;
	readonly section: string;
	/** Never empty. */
	readonly peers: readonly Peer[];
}

export interface Grid {
	/** By section; what is outside comes last. Addresses that reach nobody and that nobody reaches are left out. */
	readonly entries: readonly Entry[];
	/** Null where source and destination are no pair: an owner and itself, two of the world beyond. */
	cell(source: Entry, destination: Entry): Cell | null;
}

/** The most groups of peers that a grid is made of: the cells are their square. */
export const mostGroups = 200;

/** Where a peer stands: its environment, else its namespace, else nowhere. */
export const sectionOf = ({outside, environment, namespace}: Peer): string =>
	outside ? 'outside' : (environment ?? namespace ?? '');

/** Sections in their order: named ones by name, then those without, then outside. */
export const sectionOrder = (a: string, b: string): number => {
	const last = (section: string): number => (section === 'outside' ? 2 : section === '' ? 1 : 0);
	return last(a) - last(b) || (a < b ? -1 : a > b ? 1 : 0);
};

/** @param fold - `equal`: peers of one section with equal cells are one entry; `addresses`: only those that are no workload's */
export function gridOf(connections: Connections, fold: 'equal' | 'addresses'): Grid {
	const {groups, between} = connections;
	const cells = groups.map(({index: from}) => groups.map(({index: to}) => between(from, to)));
	const cellOf = (source: Peer, destination: Peer): Cell | null =>
		isPair(source, destination) ? cells[source.group]![destination.group]! : null;
	const peers = connections.peers.filter(
		peer =>
			peer.ranges === null ||
			connections.peers.some(other => isOpen(cellOf(peer, other)) || isOpen(cellOf(other, peer))),
	);
	const blocks: Peer[][] = [];
	for (const peer of peers) {
		const foldable = fold === 'equal' || peer.ranges !== null;
		const block = foldable ? blocks.find(([first]) => isTwin(first!, peer, peers, cellOf)) : undefined;
		if (block === undefined) blocks.push([peer]);
		else block.push(peer);
	}
	const entries = blocks
		.map(block => entryOf(block, connections.families))
		.sort(
			(a, b) =>
				sectionOrder(a.section, b.section) || Number(a.peers[0]!.ranges !== null) - Number(b.peers[0]!.ranges !== null),
		);
	return {
		entries,
		cell(source, destination) {
			if (source !== destination) return cellOf(source.peers[0]!, destination.peers[0]!);
			return source.peers.length > 1 ? cellOf(source.peers[0]!, source.peers[1]!) : null;
		},
	};
}

const isOpen = (cell: Cell | null): boolean => cell !== null && cell.open.length > 0;

type CellOf = (source: Peer, destination: Peer) => Cell | null;

/**
 * Whether two peers have the same cells with everyone else, and with each other in both directions. This is transitive,
 * so that any of a block stands for all.
 */
function isTwin(one: Peer, other: Peer, peers: readonly Peer[], cellOf: CellOf): boolean {
	if (sectionOf(one) !== sectionOf(other) || (one.ranges === null) !== (other.ranges === null)) return false;
	if (one.jewel !== other.jewel || one.outside !== other.outside || one.assumed !== other.assumed) return false;
	if (cellOf(one, other) !== cellOf(other, one)) return false;
	if (one.group === other.group) return true;
	const alike = one.ranges === null ? sameCell : sameOpen;
	return peers.every(
		peer =>
			peer === one ||
			peer === other ||
			(alike(cellOf(one, peer), cellOf(other, peer)) && alike(cellOf(peer, one), cellOf(peer, other))),
	);
}

const sameCell = (a: Cell | null, b: Cell | null): boolean => a === b;

/** Ranges of two families are one row where they have the same ports. */
const sameOpen = (a: Cell | null, b: Cell | null): boolean => `${a?.open}` === `${b?.open}`;

function entryOf(peers: readonly Peer[], families: readonly Family[]): Entry {
	const section = sectionOf(peers[0]!);
	if (peers[0]!.ranges !== null) {
		const name = addressName(
			peers.flatMap(({ranges}) => ranges!),
			families,
		);
		return {name, fullName: name, section, peers};
	}
	const names = peers.map(({name}) => oneLine(name));
	const short = names.map(name => (name.endsWith(`.${section}`) ? name.slice(0, -1 - section.length) : name));
	const first = (all: readonly string[]): string => (peers.length > 1 ? `${all[0]!} +${peers.length - 1}` : all[0]!);
	return {name: first(short), fullName: first(names), section, peers};
}
