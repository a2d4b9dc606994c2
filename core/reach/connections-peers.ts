// Who stands in a matrix: owners, each once, and the addresses beyond the topology.
import type {Family, Topology, Workload} from '../model/topology.ts';
import {addressName} from './connections-address-name.ts';
import type {AddressSpan, EndClass} from './end-class.ts';
import type {Reach} from './reach.ts';

export interface Peer {
	/** A kind of workload (`web.prod`), unique; for addresses their ranges in the connlist's form, joined by commas. */
	readonly name: string;
	/** For people: the name, or of addresses a short one (`any address`). */
	readonly label: string;
	/** `shop/web[Deployment]` where it comes from Kubernetes, else its name. */
	readonly ownerName: string;
	readonly environment: string | null;
	readonly namespace: string | null;
	/** Number of its group, in `Connections.groups`. */
	readonly group: number;
	/** Replicas; 0 for addresses. */
	readonly workloads: number;
	/** True where any replica is a crown jewel. */
	readonly jewel: boolean;
	readonly outside: boolean;
	/** Added by the importer, and not in the manifests. */
	readonly assumed: boolean;
	/** Addresses that no workload owns; null for an owner. */
	readonly ranges: readonly AddressSpan[] | null;
}

/** Peers that no rule tells apart: the numbers of their classes (several where replicas differ), sorted. */
export interface PeerGroup {
	readonly index: number;
	readonly peers: readonly Peer[];
	readonly classes: readonly number[];
}

/**
 * The owner as other tools name it: namespace, name and kind of the object, as in netpol-analyzer's connlist. An owner
 * reference that has no kind is read as kind `Owner`; that tool then gives it its pods'.
 */
function ownerNameOf({kind, base, namespace, objectKind}: Workload): string {
	if (objectKind === undefined) return kind;
	return `${namespace ?? 'default'}/${base}[${objectKind === 'Owner' ? 'Pod' : objectKind}]`;
}

/** Groups in the order of their first peers: owners by name, then addresses of the families that any workload has. */
export function peerGroups(topology: Topology, reach: Reach): readonly PeerGroup[] {
	const kinds = [...Map.groupBy(topology.workloads, ({kind}) => kind)].sort(([a], [b]) => (a < b ? -1 : 1));
	const owners = kinds.map(([, members]) => ({
		peer: ownerOf(members),
		classes: [...new Set(members.map(({name}) => reach.classOf(name)))].sort((a, b) => a - b),
	}));
	const families = [...new Set(topology.workloads.flatMap(({addresses}) => addresses.map(({family}) => family)))];
	const beyond = reach.classes
		.filter(one => one.beyond !== null && families.includes(one.beyond.family))
		.map(one => ({peer: rangesOf(one, families), classes: [one.index]}));
	return [...Map.groupBy([...owners, ...beyond], ({classes}) => classes.join()).values()].map((group, index) => ({
		index,
		classes: group[0]!.classes,
		peers: group.map(({peer}) => ({...peer, group: index})),
	}));
}

type Ungrouped = Omit<Peer, 'group'>;

function ownerOf(members: readonly Workload[]): Ungrouped {
	const first = members[0]!;
	return {
		name: first.kind,
		label: first.kind,
		ownerName: ownerNameOf(first),
		environment: first.environment,
		namespace: first.namespace,
		workloads: members.length,
		jewel: members.some(({jewel}) => jewel),
		outside: members.every(({outside}) => outside),
		assumed: members.every(({assumed}) => assumed),
		ranges: null,
	};
}

function rangesOf({beyond}: EndClass, families: readonly Family[]): Ungrouped {
	const ranges = beyond!.ranges;
	const name = ranges.map(({first, last}) => `${first}-${last}`).join(',');
	const nowhere = {environment: null, namespace: null, workloads: 0, jewel: false, assumed: false};
	return {...nowhere, name, label: addressName(ranges, families), ownerName: name, outside: true, ranges};
}
