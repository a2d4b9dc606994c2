// Who may reach whom, owner by owner: what `matrix` prints. Asked class by class, and expanded by whoever prints.
import type {Placement, Stack} from '../model/policy.ts';
import type {Family, Topology} from '../model/topology.ts';
import {type Peer, type PeerGroup, peerGroups} from './connections-peers.ts';
import {endOf} from './end-class.ts';
import {everyPort, intersection, noPorts, type PortSet, samePorts, union} from './port-set.ts';
import {createReach} from './reach.ts';

/** What is open from one owner to another. Equal cells are one object, so that their text is made once. */
export interface Cell {
	/** What any replica of the source may use of any of the destination, in any family that both have. */
	readonly open: PortSet;
	/** The families where they differ; null where they are equal, or only one is shared. */
	readonly byFamily: {readonly 4: PortSet; readonly 6: PortSet} | null;
	/** False where replicas differ: some pair of them has less than `open`. */
	readonly everywhere: boolean;
}

export interface Connections {
	/** Owners sorted by name, then addresses beyond the topology. */
	readonly peers: readonly Peer[];
	readonly groups: readonly PeerGroup[];
	/** Those that any workload has an address of. */
	readonly families: readonly Family[];
	/** Between two peers of these groups, or two different ones of the same group. Not kept: asking again computes it again. */
	between(source: number, destination: number): Cell;
}

export interface ConnectionsOptions {
	readonly placement?: Placement;
	/** Only these ports count; every port if left out. */
	readonly only?: PortSet;
	/** False leaves out what an importer added. */
	readonly assumed?: boolean;
}

/**
 * The connectivity of a topology under a stack, by owner: replicas of one kind are one row and one column. Where they
 * differ, the owner has what any of them has, for that is what an attacker gets who may choose the replica, and the cell
 * says that they differ; netpol-analyzer prints such an owner once for each variant instead. An owner and itself are no
 * pair: what its replicas may do to one another is left out, as there.
 */
export function connectionsOf(topology: Topology, stack: Stack, options: ConnectionsOptions = {}): Connections {
	const {placement = 'host', only = everyPort, assumed = true} = options;
	const shown = assumed ? topology : {...topology, workloads: topology.workloads.filter(one => !one.assumed)};
	const reach = createReach(shown, stack, {placement, beyond: 'addresses'});
	const groups = peerGroups(shown, reach);
	const has = {
		4: reach.classes.map(one => endOf(one, 4) !== null),
		6: reach.classes.map(one => endOf(one, 6) !== null),
	};
	const cellOf = cellMaker();
	const narrowed = new Map<PortSet, PortSet>();
	/** Of two classes; null where they do not share the family. */
	const open = (source: number, destination: number, family: Family): PortSet | null => {
		if (!has[family][source] || !has[family][destination]) return null;
		const all = reach.open(source, destination, family);
		if (only === everyPort) return all;
		const part = narrowed.get(all) ?? intersection(all, only);
		narrowed.set(all, part);
		return part;
	};
	return {
		groups,
		families: ([4, 6] as const).filter(family =>
			reach.classes.some(({index, beyond}) => beyond === null && has[family][index]),
		),
		peers: sorted(groups.flatMap(({peers}) => peers)),
		between(source, destination) {
			const [from, to] = [groups[source]!.classes, groups[destination]!.classes];
			if (from.length === 1 && to.length === 1)
				return cellOf(open(from[0]!, to[0]!, 4), open(from[0]!, to[0]!, 6), true);
			const pairs = from.flatMap(one => to.map(other => [open(one, other, 4), open(one, other, 6)] as const));
			const [four, six] = [any(pairs.map(sets => sets[0])), any(pairs.map(sets => sets[1]))];
			const same = (set: PortSet | null, whole: PortSet | null): boolean => set === null || samePorts(set, whole!);
			return cellOf(
				four,
				six,
				pairs.every(sets => same(sets[0], four) && same(sets[1], six)),
			);
		},
	};
}

/** Whether two peers are a pair at all: nobody asks what reaches itself, or what one outside host may do to another. */
export const isPair = (source: Peer, destination: Peer): boolean =>
	source.name !== destination.name && !(source.outside && destination.outside);

/** The union of those that are not null; null where all are. */
function any(sets: readonly (PortSet | null)[]): PortSet | null {
	const shared = sets.filter(set => set !== null);
	return shared.length === 0 ? null : shared.reduce(union);
}

const sorted = (peers: readonly Peer[]): readonly Peer[] =>
	[...peers].sort(
		(a, b) => Number(a.ranges !== null) - Number(b.ranges !== null) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
	);

type CellMaker = (four: PortSet | null, six: PortSet | null, everywhere: boolean) => Cell;

/** Makes each cell once: there are few different ones among millions. */
function cellMaker(): CellMaker {
	const cells = new Map<string, Cell>();
	const make = (four: PortSet | null, six: PortSet | null, everywhere: boolean): Cell => {
		const differ = four !== null && six !== null && !samePorts(four, six);
		const key = `${four ?? six ?? noPorts}${differ ? `|${six}` : ''}${everywhere ? '' : '~'}`;
		const known = cells.get(key);
		if (known !== undefined) return known;
		const open = differ ? union(four, six) : (four ?? six ?? noPorts);
		const cell = {open, byFamily: differ ? {4: four, 6: six} : null, everywhere};
		cells.set(key, cell);
		return cell;
	};
	// Equal answers of one reach are one object: nearly every pair is told apart without making a key.
	const plain = new Map<PortSet, Cell>();
	return (four, six, everywhere) => {
		if (!everywhere || (four !== null && six !== null && four !== six)) return make(four, six, everywhere);
		const only = four ?? six ?? noPorts;
		const known = plain.get(only);
		if (known !== undefined) return known;
		const cell = make(four, six, true);
		plain.set(only, cell);
		return cell;
	};
}
