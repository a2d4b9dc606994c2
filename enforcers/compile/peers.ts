// Which addresses a rule means at the other end, and on which ports: worked out once for all workloads that see the same.
import type {Direction, Match, Requirement, Selector} from '../../core/model/policy.ts';
import type {Family, Topology, Workload} from '../../core/model/topology.ts';
import {type AddressRange, parseAddress, parseCidr} from '../../core/policy/address.ts';
import type {PeerMatch} from '../../core/policy/end-program.ts';
import {peerTables, selectsByTable} from '../../core/policy/peer-table.ts';
import {related, relationValues} from '../../core/policy/relation.ts';
import {holds, type Networks, networksOf} from '../../core/policy/selector.ts';
import {type AddressSet, addressSet, allAddresses, intersect, subtract} from './address-set.ts';
import {namesServices, type PortSet, portSet} from './port-set.ts';

/** Peers that a rule means on the same ports. */
export interface PeerGroup {
	readonly ports: PortSet;
	readonly addresses: Readonly<Record<Family, AddressSet>>;
}

/** The peers of a match at a workload, by ports; empty where it can match nothing. */
export type PeersOf = (peerMatch: PeerMatch, direction: Direction, local: Workload) => readonly PeerGroup[];

/** Over one topology; keeps what it worked out, by match and by what the match compares of the local end. */
export function createPeers(topology: Topology): PeersOf {
	const known = new Map<Match, Map<string, readonly PeerGroup[]>>();
	const work = workOut(topology);
	return (peerMatch, direction, local) => {
		const {match} = peerMatch;
		const ports = direction === 'ingress' && namesServices(match.on) ? portSet(match.on, local) : undefined;
		const key = JSON.stringify([
			direction,
			[...match.same, ...match.differ].map(label => relationValues(label, local)),
			ports ?? null,
		]);
		const ofMatch = known.get(match) ?? new Map<string, readonly PeerGroup[]>();
		known.set(match, ofMatch);
		const found = ofMatch.get(key) ?? work(peerMatch, direction, local);
		ofMatch.set(key, found);
		return found;
	};
}

function workOut(topology: Topology): PeersOf {
	const networks = networksOf(topology);
	const tableOf = peerTables(topology.workloads, networks);
	const owned = split(topology.workloads.flatMap(({addresses}) => addresses.map(({address}) => parseAddress(address))));
	const nobody = (selector: Selector, family: Family): AddressSet =>
		subtract(unownedSpace(selector, family, networks), owned[family]);

	return ({peer, match}, direction, local) => {
		const table = tableOf(peer);
		const groups = new Map<string, {ports: PortSet; ranges: AddressRange[]}>();
		const add = (destination: Workload | null, ranges: readonly AddressRange[]): void => {
			if (ranges.length === 0) return;
			const ports = portSet(match.on, direction === 'egress' ? destination : local);
			const key = JSON.stringify(ports);
			const group = groups.get(key);
			if (group === undefined) groups.set(key, {ports, ranges: [...ranges]});
			else group.ranges.push(...ranges);
		};
		topology.workloads.forEach((workload, index) => {
			if (table[index] === 0) return;
			const [source, destination] = direction === 'egress' ? [local, workload] : [workload, local];
			if (!related(match, source, destination)) return;
			const matching = workload.addresses.filter(({address}) =>
				selectsByTable(peer, table, {workload, index, address}, networks),
			);
			add(
				workload,
				matching.map(({address}) => parseAddress(address)),
			);
		});
		if (match.same.length === 0 && match.differ.length === 0) add(null, [...nobody(peer, 4), ...nobody(peer, 6)]);
		return [...groups.values()]
			.filter(({ports}) => ports === null || ports.length > 0)
			.map(({ports, ranges}) => ({ports, addresses: split(ranges)}));
	};
}

const split = (ranges: readonly AddressRange[]): Record<Family, AddressSet> => ({
	4: addressSet(ranges.filter(({family}) => family === 4)),
	6: addressSet(ranges.filter(({family}) => family === 6)),
});

/** The addresses that `selector` means where no workload owns them; owned ones inside say nothing. */
export const unownedSpace = (selector: Selector, family: Family, networks: Networks): AddressSet =>
	addressSet(
		selector
			.filter(({reach}) => reach === 'anything')
			.flatMap(({requirements}) =>
				requirements
					.map(requirement => requirementSpace(requirement, family, networks))
					.reduce(intersect, allAddresses(family)),
			),
	);

function requirementSpace(requirement: Requirement, family: Family, networks: Networks): AddressSet {
	if (requirement.kind === 'is') return unownedSpace(requirement.selector, family, networks);
	if (requirement.kind !== 'cidr')
		return holds(requirement, {workload: null, address: ''}, networks) ? allAddresses(family) : [];
	const within = (cidrs: readonly string[]): AddressSet =>
		addressSet(cidrs.map(parseCidr).filter(range => range.family === family));
	return subtract(within(requirement.cidrs), within(requirement.except));
}
