// Every end that a flow can have, each kind of them once: workloads in alike groups, and addresses beyond the topology
// by the prefixes they lie in. A selector is answered for all of them at once.
import type {Selector} from '../model/policy.ts';
import type {Family, Topology, Workload} from '../model/topology.ts';
import {renderAddress} from './address.ts';
import {alikeWorkloads} from './alike.ts';
import type {Bits} from './bits.ts';
import {type CidrPieces, cidrPieces, type Piece} from './cidr-pieces.ts';
import {selectedEnds} from './selected-ends.ts';
import type {End} from './selector.ts';

/** Workloads that no selector of the table tells apart, address by address. */
export interface Profile {
	readonly members: readonly Workload[];
	/** Number of the end of their first address; the others follow in the order of the addresses. */
	readonly firstEnd: number;
}

/** One address of a profile's first member, or one address of a kind of piece that no workload owns. */
export interface TableEnd extends End {
	readonly family: Family;
	/** -1 where no workload is. */
	readonly profile: number;
	/** Kind of the piece that the address lies in. */
	readonly piece: number;
}

export interface EndTable {
	readonly ends: readonly TableEnd[];
	readonly profiles: readonly Profile[];
	/** Pieces of the addresses, by which ends beyond the topology are told apart. */
	readonly pieces: readonly Piece[];
	/** The end of an address that no workload owns. */
	beyond(address: string): number;
	/** The end of the addresses in a kind of piece that no workload owns. */
	beyondKind(kind: number): number;
	/** The ends that a selector, of those the table was made for, holds for. */
	selected(selector: Selector): Bits;
}

/** @param selectors - all that will be asked; in each other the order of `selectors` means nothing */
export function endTable(topology: Topology, selectors: readonly Selector[]): EndTable {
	const cuts = cidrPieces(selectors.flatMap(cidrsOf));
	const profiles = profilesOf(topology, cuts, new Set(selectors.flatMap(namesOf)));
	const owned = profiles.flatMap(({members: [workload]}, profile) =>
		workload!.addresses.map(({family, address}) => ({
			workload: workload!,
			address,
			family,
			profile,
			piece: cuts.kindOf(address),
		})),
	);
	const foreign = cuts.samples.map(({family, first, kind}) => ({
		workload: null,
		address: renderAddress(family, first),
		family,
		profile: -1,
		piece: kind,
	}));
	const ends = [...owned, ...foreign];
	return {
		ends,
		profiles,
		pieces: cuts.pieces,
		beyond: address => owned.length + cuts.kindOf(address),
		beyondKind: kind => owned.length + kind,
		selected: selectedEnds(ends, topology, cuts.samples),
	};
}

function profilesOf(topology: Topology, cuts: CidrPieces, named: ReadonlySet<string>): readonly Profile[] {
	const groups = new Map<string, Workload[]>();
	for (const {index, members} of alikeWorkloads(topology))
		for (const workload of members) {
			let key = named.has(workload.name) ? `${index} ${workload.name}` : `${index}`;
			for (const {address, segment} of workload.addresses) key += ` ${cuts.kindOf(address)}@${segment ?? ''}`;
			const group = groups.get(key);
			if (group === undefined) groups.set(key, [workload]);
			else group.push(workload);
		}
	let firstEnd = 0;
	return [...groups.values()].map(members => {
		const profile = {members, firstEnd};
		firstEnd += members[0]!.addresses.length;
		return profile;
	});
}

/** Every prefix that a selector names, exceptions and defined selectors included. */
export const cidrsOf = (selector: Selector): readonly string[] =>
	selector.flatMap(({requirements}) =>
		requirements.flatMap(requirement => {
			if (requirement.kind === 'is') return cidrsOf(requirement.selector);
			return requirement.kind === 'cidr' ? [...requirement.cidrs, ...requirement.except] : [];
		}),
	);

/** Every name of a workload, a kind or a base that a selector has. */
const namesOf = (selector: Selector): readonly string[] =>
	selector.flatMap(({requirements}) =>
		requirements.flatMap(requirement => {
			if (requirement.kind === 'is') return namesOf(requirement.selector);
			return requirement.kind === 'workload' ? requirement.names : [];
		}),
	);
