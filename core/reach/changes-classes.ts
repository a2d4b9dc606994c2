// Ends that neither side of a comparison tells apart, numbered once for both.
import type {Family, Workload} from '../model/topology.ts';
import {parseAddress, renderAddress} from '../policy/address.ts';
import type {AddressSpan, EndClass} from './end-class.ts';

export interface SharedClass {
	readonly index: number;
	/** As the later side has them, and the earlier one where they are gone; empty for addresses. */
	readonly members: readonly Workload[];
	/** Ranges that are no workload's on either side; null for workloads. */
	readonly beyond: EndClass['beyond'];
	/** Number of its class on each side; null where its workloads are not there. */
	readonly before: number | null;
	readonly after: number | null;
}

/** Workloads are the same where their names are. Classes of workloads first, by their first members. */
export function sharedClasses(before: readonly EndClass[], after: readonly EndClass[]): readonly SharedClass[] {
	const [left, right] = [membersOf(before), membersOf(after)];
	const names = [...new Set([...right.keys(), ...left.keys()])].sort();
	const groups = new Map<number, {members: Workload[]; before: number | null; after: number | null}>();
	for (const name of names) {
		const [was, is] = [left.get(name), right.get(name)];
		const key = (was?.index ?? -1) * (after.length + 1) + (is?.index ?? -1) + 1;
		const group = groups.get(key) ?? {members: [], before: was?.index ?? null, after: is?.index ?? null};
		group.members.push((is ?? was)!.workload);
		groups.set(key, group);
	}
	const workloads = [...groups.values()].map(group => ({...group, beyond: null}));
	const beyond = [...meetings(before, after)].map(one => ({...one, members: []}));
	return [...workloads, ...beyond].map((one, index) => ({...one, index}));
}

const membersOf = (
	classes: readonly EndClass[],
): ReadonlyMap<string, {readonly index: number; readonly workload: Workload}> =>
	new Map(classes.flatMap(({index, members}) => members.map(workload => [workload.name, {index, workload}] as const)));

type Numbered = Pick<EndClass, 'index' | 'beyond'>;

interface Meeting {
	readonly beyond: NonNullable<EndClass['beyond']>;
	readonly before: number;
	readonly after: number;
}

/** Addresses that one class has before and one after, for each two classes that have some in common. */
export function* meetings(before: readonly Numbered[], after: readonly Numbered[]): Generator<Meeting> {
	for (const family of [4, 6] as const) {
		const [left, right] = [intervals(before, family), intervals(after, family)];
		const found = new Map<string, {beyond: {family: Family; ranges: AddressSpan[]}; before: number; after: number}>();
		for (let at = 0, other = 0; at < left.length && other < right.length; ) {
			const [was, is] = [left[at]!, right[other]!];
			const first = was.first > is.first ? was.first : is.first;
			const last = was.last < is.last ? was.last : is.last;
			if (first <= last) {
				const key = `${was.index} ${is.index}`;
				const entry = found.get(key) ?? {beyond: {family, ranges: []}, before: was.index, after: is.index};
				found.set(key, entry);
				entry.beyond.ranges.push({first: renderAddress(family, first), last: renderAddress(family, last)});
			}
			if (was.last < is.last) at++;
			else other++;
		}
		yield* found.values();
	}
}

function intervals(classes: readonly Numbered[], family: Family) {
	const all = classes.flatMap(({index, beyond}) =>
		beyond?.family === family
			? beyond.ranges.map(({first, last}) => ({
					index,
					first: parseAddress(first).first,
					last: parseAddress(last).first,
				}))
			: [],
	);
	return all.sort((a, b) => (a.first < b.first ? -1 : 1));
}
