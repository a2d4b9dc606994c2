// The ends that rules can tell apart: one for each address of a class of workloads, and one for each class of addresses
// that no workload owns. What holds between them holds between all flows of the topology.
import type {Flow} from '../model/flow.ts';
import type {Stack} from '../model/policy.ts';
import type {Family, Protocol, Topology, Workload} from '../model/topology.ts';
import {covers, parseAddress} from '../policy/address.ts';
import type {End} from '../policy/selector.ts';
import {type EndClass, endClasses} from '../reach/end-class.ts';
import {type BitSet, bitSet} from './bit-set.ts';

export interface LintEnd extends End {
	/** In `Ends.all`: the bit that stands for it. */
	readonly index: number;
	readonly endClass: EndClass;
	readonly family: Family;
	/** Which of the workload's addresses it is; 0 beyond the topology. */
	readonly position: number;
}

export interface Ends {
	readonly all: readonly LintEnd[];
	/** The ends of one family: a flow never leaves it. */
	readonly ofFamily: Readonly<Record<Family, BitSet>>;
	/** Those of the workload's class. @throws Error where no workload has the name */
	of(workload: string): readonly LintEnd[];
}

/** What the policies of `stack` tell apart. */
export function lintEnds(topology: Topology, stack: Stack): Ends {
	const classes = endClasses(topology, stack, 'addresses');
	const all: LintEnd[] = [];
	for (const endClass of classes) {
		const {members, beyond} = endClass;
		if (beyond !== null) {
			const {family} = beyond;
			all.push({index: all.length, endClass, family, position: 0, workload: null, address: sample(beyond)});
		} else
			for (const [position, {family, address}] of members[0]!.addresses.entries())
				all.push({index: all.length, endClass, family, position, workload: members[0]!, address});
	}
	const byClass = Map.groupBy(all, ({endClass}) => endClass);
	const classByName = new Map(classes.flatMap(one => one.members.map(({name}) => [name, one] as const)));
	const ofFamily = (family: Family): BitSet =>
		bitSet(
			all.length,
			all.filter(end => end.family === family).map(({index}) => index),
		);
	return {
		all,
		ofFamily: {4: ofFamily(4), 6: ofFamily(6)},
		of(workload) {
			const found = classByName.get(workload);
			if (found === undefined) throw new Error(`no workload is named ${workload}`);
			return byClass.get(found)!;
		},
	};
}

/** Addresses that a reader knows for what they are; a class is shown by one of them where it can be. */
const known = ['203.0.113.10', '8.8.8.8', '169.254.169.254', '10.0.0.10', '2001:db8::10', '2001:4860:4860::8888'];

const sample = ({family, ranges}: NonNullable<EndClass['beyond']>): string =>
	known.find(text => isWithin({family, ranges}, text)) ?? ranges[0]!.first;

/** Whether the address is one of the class's. */
export const isWithin = ({family, ranges}: NonNullable<EndClass['beyond']>, text: string): boolean =>
	ranges.some(({first, last}) => {
		const range = {family, first: parseAddress(first).first, last: parseAddress(last).last};
		return covers(range, parseAddress(text));
	});

export interface LintPort {
	readonly protocol: Protocol;
	readonly port: number;
}

/** Workloads of the class, one a kind: those that no rule tells apart may be of many. Empty beyond the topology. */
export const kindsIn = ({endClass}: LintEnd): readonly Workload[] => {
	const known = kinds.get(endClass) ?? [...new Map(endClass.members.map(one => [one.kind, one])).values()];
	kinds.set(endClass, known);
	return known;
};

const kinds = new WeakMap<EndClass, readonly Workload[]>();

/** The same end, as that member of the class has it. */
export const endAt = (end: LintEnd, workload: Workload): LintEnd =>
	workload === end.workload ? end : {...end, workload, address: workload.addresses[end.position]!.address};

/**
 * A flow from one end to another. Where both are one workload, to another member of its class; undefined where there is
 * none, where the families differ, and between two that are beyond the topology.
 */
export function flowOf(source: LintEnd, destination: LintEnd, {protocol, port}: LintPort): Flow | undefined {
	if (source.family !== destination.family || (source.workload === null && destination.workload === null))
		return undefined;
	const alike = source.workload !== null && source.workload === destination.workload;
	const other = alike ? destination.endClass.members.find(one => one !== source.workload) : destination.workload;
	if (other === undefined) return undefined;
	const far = other === null ? destination : endAt(destination, other);
	return {
		source: {workload: source.workload?.name ?? null, address: source.address},
		destination: {workload: far.workload?.name ?? null, address: far.address},
		family: source.family,
		protocol,
		port,
	};
}
