// What an engineer looks for first: who reaches the crown jewels, what crosses environments, what the world reaches.
import type {Connections} from '../../core/reach/connections.ts';
import type {Peer} from '../../core/reach/connections-peers.ts';
import {openPairs, type Pair} from '../../core/reach/connections-rows.ts';
import {sectionOf} from './grid.ts';

/** Pairs of one sort: all are counted, the first few kept. */
export interface Sample {
	readonly count: number;
	readonly first: readonly Pair[];
}

export interface MatrixSummary {
	readonly owners: number;
	/** Owners and addresses beyond; and owners that are not outside. */
	readonly peers: number;
	readonly inside: number;
	/** What the sections are; null where there are fewer than two. */
	readonly places: 'environments' | 'namespaces' | null;
	/** Ordered pairs of owners, and those between which anything is open; addresses beyond are in neither. */
	readonly pairs: number;
	readonly open: number;
	/** Who reaches each crown jewel, the world beyond included; one for each jewel, in their order. */
	readonly jewels: readonly {readonly jewel: Peer; readonly from: Sample}[];
	/** Open pairs of different sections, by source's and destination's; what is outside is in none. */
	readonly crossings: readonly {readonly from: string; readonly to: string; readonly pairs: Sample}[];
	/** What outside hosts and foreign addresses reach. */
	readonly fromOutside: Sample;
	/** Pairs with other ports by IPv6 than by IPv4; null where no pair shares both. */
	readonly familiesDiffer: Sample | null;
	/** Pairs where replicas differ. */
	readonly replicasDiffer: Sample;
	/** Number of owners and foreign addresses that a peer reaches, by its name. */
	readonly reached: ReadonlyMap<string, number>;
}

const kept = 5;

interface Tally extends Sample {
	count: number;
	readonly first: Pair[];
}

const tally = (): Tally => ({count: 0, first: []});

function add(to: Tally | undefined, pair: Pair): void {
	if (to === undefined) return;
	to.count++;
	if (to.first.length < kept) to.first.push(pair);
}

/** Reads every cell once. */
export function summaryOf(connections: Connections): MatrixSummary {
	const {peers, families} = connections;
	const owners = peers.filter(({ranges}) => ranges === null);
	const jewels = new Map(owners.filter(({jewel}) => jewel).map(jewel => [jewel, tally()]));
	const crossings = new Map<string, {readonly from: string; readonly to: string; readonly pairs: Tally}>();
	const [fromOutside, familiesDiffer, replicasDiffer] = [tally(), tally(), tally()];
	const reached = new Map(peers.map(({name}) => [name, 0]));
	let open = 0;
	for (const pair of openPairs(connections)) {
		const {source, destination, cell} = pair;
		reached.set(source.name, reached.get(source.name)! + 1);
		add(jewels.get(destination), pair);
		if (cell.byFamily !== null) add(familiesDiffer, pair);
		if (!cell.everywhere) add(replicasDiffer, pair);
		if (source.outside) add(fromOutside, pair);
		if (source.ranges === null && destination.ranges === null) open++;
		if (source.outside || destination.outside) continue;
		const [from, to] = [sectionOf(source), sectionOf(destination)];
		if (from === to || from === '' || to === '') continue;
		const key = `${from}\0${to}`;
		const crossing = crossings.get(key) ?? {from, to, pairs: tally()};
		crossings.set(key, crossing);
		add(crossing.pairs, pair);
	}
	const inside = owners.filter(peer => !peer.outside);
	const outside = owners.length - inside.length;
	return {
		owners: owners.length,
		peers: peers.length,
		inside: inside.length,
		places: placesOf(inside),
		pairs: owners.length * (owners.length - 1) - outside * (outside - 1),
		open,
		jewels: [...jewels].map(([jewel, from]) => ({jewel, from})),
		crossings: [...crossings.values()].sort((a, b) => b.pairs.count - a.pairs.count),
		fromOutside,
		familiesDiffer: families.length > 1 ? familiesDiffer : null,
		replicasDiffer,
		reached,
	};
}

function placesOf(inside: readonly Peer[]): MatrixSummary['places'] {
	if (new Set(inside.map(sectionOf)).size < 2) return null;
	return inside.some(({environment}) => environment !== null) ? 'environments' : 'namespaces';
}
