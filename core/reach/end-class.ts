// Ends that no rule tells apart: workloads of one class are judged alike, and so are addresses beyond the topology.
import type {PortMatch, Stack} from '../model/policy.ts';
import type {Family, Topology, Workload} from '../model/topology.ts';
import {renderAddress} from '../policy/address.ts';
import type {Piece} from '../policy/cidr-pieces.ts';
import {type EndTable, endTable, type Profile} from '../policy/end-table.ts';
import {serviceNames} from '../policy/port.ts';
import {relationValues} from '../policy/relation.ts';
import {selectorsOf, turned} from '../policy/rule-table.ts';
import type {End} from '../policy/selector.ts';

/** Workloads or addresses that each policy of the partition treats alike. */
export interface EndClass {
	/** In the list of classes: workloads first, in the order of their first members; then addresses. */
	readonly index: number;
	/** Sorted as in the topology; empty for addresses beyond it. */
	readonly members: readonly Workload[];
	/** Inclusive ranges of addresses that are no workload's; null for a class of workloads. */
	readonly beyond: {readonly family: Family; readonly ranges: readonly AddressSpan[]} | null;
}

export interface AddressSpan {
	readonly first: string;
	readonly last: string;
}

/**
 * The coarsest partition that these policies together are sure of: two workloads of one class have the same answer from
 * every selector, the same values of every key that a relation compares, the same services that a port is named after,
 * and the same segments. `beyond: 'addresses'` adds classes for all addresses of both families, cut at every prefix that
 * a policy names; `'none'` leaves them out.
 *
 * @param table - ends of the topology by the selectors of at least these policies; made if left out
 */
export function endClasses(
	topology: Topology,
	stack: Stack,
	beyond: 'addresses' | 'none',
	table: EndTable = endTable(topology, selectorsOf(stack)),
): readonly EndClass[] {
	const answers = answersOf(table, stack);
	const alike = Map.groupBy(table.profiles, signatureOf(stack, answers));
	const order = new Map(topology.workloads.map((workload, at) => [workload, at]));
	const rank = (workload: Workload): number => order.get(workload)!;
	const workloads = [...alike.values()]
		.map(profiles => {
			const members = profiles.flatMap(profile => profile.members);
			return profiles.length === 1 ? members : members.sort((a, b) => rank(a) - rank(b));
		})
		.sort(([a], [b]) => rank(a!) - rank(b!));
	const spans = beyond === 'none' ? [] : ([4, 6] as const).flatMap(family => spansOf(table, family, answers));
	return [
		...workloads.map((members, index) => ({index, members, beyond: null})),
		...spans.map((span, at) => ({index: workloads.length + at, members: [], beyond: span})),
	];
}

/** What all selectors say of an end, as a text that is equal for equal answers. */
type Answers = (end: number) => string;

function answersOf({selected, ends}: EndTable, stack: Stack): Answers {
	const sets = [...new Set(selectorsOf(stack).map(selected))];
	const words = (sets.length + 31) >>> 5;
	const byEnd = turned(sets, ends.length);
	return end => byEnd.subarray(end * words, (end + 1) * words).join(' ');
}

function signatureOf(stack: Stack, answers: Answers): (profile: Profile) => string {
	const matches = stack.flatMap(({guardrails, rules, baseline}) =>
		[...guardrails, ...rules, ...baseline].flatMap(rule => [rule, ...rule.unless]),
	);
	const keys = [...new Set(matches.flatMap(({same, differ}) => [...same, ...differ]))];
	const named = new Set(matches.flatMap(({on}) => (on ?? []).filter(isService).map(({name}) => name)));
	return ({members, firstEnd}) => {
		const workload = members[0]!;
		return JSON.stringify([
			workload.outside,
			workload.managed,
			workload.segments,
			keys.map(key => relationValues(key, workload)),
			workload.services.flatMap(service =>
				serviceNames(service)
					.filter(name => named.has(name))
					.map(name => [name, service.protocol, service.port, service.lastPort]),
			),
			workload.addresses.map(({family, segment}, at) => [family, segment, answers(firstEnd + at)]),
		]);
	};
}

const isService = (match: PortMatch): match is Extract<PortMatch, {kind: 'service'}> => match.kind === 'service';

/** All addresses of a family, cut where a prefix begins or ends; those with the same answers are one class. */
function spansOf(
	{pieces, beyondKind}: EndTable,
	family: Family,
	answers: Answers,
): readonly NonNullable<EndClass['beyond']>[] {
	const alike = Map.groupBy(
		pieces.filter(piece => piece.family === family),
		({kind}) => answers(beyondKind(kind)),
	);
	return [...alike.values()].map(group => ({family, ranges: joined(group)}));
}

/** Neighbouring pieces as one range. */
function joined(pieces: readonly Piece[]): readonly AddressSpan[] {
	const done: {first: bigint; last: bigint}[] = [];
	for (const {first, last} of pieces) {
		const before = done.at(-1);
		if (before !== undefined && before.last + 1n === first) before.last = last;
		else done.push({first, last});
	}
	const {family} = pieces[0]!;
	return done.map(({first, last}) => ({first: renderAddress(family, first), last: renderAddress(family, last)}));
}

/** One end of the class in that family, as a flow would have it; null where the class has no address of the family. */
export function endOf({members, beyond}: EndClass, family: Family): End | null {
	if (beyond !== null) return beyond.family === family ? {workload: null, address: beyond.ranges[0]!.first} : null;
	const workload = members[0]!;
	const own = workload.addresses.find(one => one.family === family);
	return own === undefined ? null : {workload, address: own.address};
}
