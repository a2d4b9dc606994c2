// Ends that no rule tells apart: workloads of one class are judged alike, and so are addresses beyond the topology.
import type {Match, Policy, PortMatch, Selector, Stack} from '../model/policy.ts';
import type {Family, Topology, Workload} from '../model/topology.ts';
import {addressBits, parseAddress, parseCidr, renderAddress} from '../policy/address.ts';
import {relationValues} from '../policy/relation.ts';
import {type End, type Networks, networksOf, selects} from '../policy/selector.ts';

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

/** Every selector and match that the policies hold, exceptions included. */
function partsOf(stack: Stack): {readonly selectors: readonly Selector[]; readonly matches: readonly Match[]} {
	const matches = stack.flatMap(({guardrails, rules, baseline}) =>
		[...guardrails, ...rules, ...baseline].flatMap(rule => [rule, ...rule.unless]),
	);
	const own = stack.flatMap(({applies, enforce}: Policy) => [applies, enforce]);
	return {matches, selectors: [...own, ...matches.flatMap(({from, to}) => [from, to])]};
}

/**
 * The coarsest partition that these policies together are sure of: two workloads of one class have the same answer from
 * every selector, the same values of every key that a relation compares, the same services that a port is named after,
 * and the same segments. `beyond: 'addresses'` adds classes for all addresses of both families, cut at every prefix that
 * a policy names; `'none'` leaves them out.
 */
export function endClasses(topology: Topology, stack: Stack, beyond: 'addresses' | 'none'): readonly EndClass[] {
	const {selectors, matches} = partsOf(stack);
	const networks = networksOf(topology);
	const keys = [...new Set(matches.flatMap(({same, differ}) => [...same, ...differ]))];
	const named = [...new Set(matches.flatMap(({on}) => (on ?? []).filter(isService).map(({name}) => name)))];
	const signature = (workload: Workload): string =>
		JSON.stringify([
			workload.outside,
			workload.managed,
			workload.segments,
			keys.map(key => relationValues(key, workload)),
			workload.services
				.filter(({name}) => named.includes(name))
				.map(({name, protocol, port, lastPort}) => [name, protocol, port, lastPort]),
			workload.addresses.map(({family, address}) => [family, answers(selectors, {workload, address}, networks)]),
		]);
	const workloads = [...Map.groupBy(topology.workloads, signature).values()];
	const spans = beyond === 'none' ? [] : ([4, 6] as const).flatMap(family => spansOf(selectors, family, networks));
	return [
		...workloads.map((members, index) => ({index, members, beyond: null})),
		...spans.map((span, at) => ({index: workloads.length + at, members: [], beyond: span})),
	];
}

const isService = (match: PortMatch): match is Extract<PortMatch, {kind: 'service'}> => match.kind === 'service';

const answers = (selectors: readonly Selector[], end: End, networks: Networks): string =>
	selectors.map(selector => (selects(selector, end, networks) ? '1' : '0')).join('');

/** All addresses of a family, cut where a prefix begins or ends; those with the same answers are one class. */
function spansOf(
	selectors: readonly Selector[],
	family: Family,
	networks: Networks,
): readonly NonNullable<EndClass['beyond']>[] {
	const cidrs = [...new Set(selectors.flatMap(cidrsOf))].map(parseCidr).filter(range => range.family === family);
	const end = 1n << BigInt(addressBits[family]);
	const borders = [...new Set([0n, end, ...cidrs.flatMap(({first, last}) => [first, last + 1n])])].sort((a, b) =>
		a < b ? -1 : 1,
	);
	const pieces = borders.slice(0, -1).map((first, at) => ({
		first: renderAddress(family, first),
		last: renderAddress(family, borders[at + 1]! - 1n),
	}));
	const alike = Map.groupBy(pieces, ({first}) => answers(selectors, {workload: null, address: first}, networks));
	return [...alike.values()].map(ranges => ({family, ranges: joined(ranges)}));
}

/** Neighbouring ranges as one. */
function joined(ranges: readonly AddressSpan[]): readonly AddressSpan[] {
	const done: AddressSpan[] = [];
	for (const range of ranges) {
		const before = done.at(-1);
		const touches = before !== undefined && parseAddress(before.last).last + 1n === parseAddress(range.first).first;
		if (touches) done[done.length - 1] = {first: before.first, last: range.last};
		else done.push(range);
	}
	return done;
}

const cidrsOf = (selector: Selector): readonly string[] =>
	selector.flatMap(({requirements}) =>
		requirements.flatMap(requirement =>
			requirement.kind === 'cidr'
				? [...requirement.cidrs, ...requirement.except]
				: requirement.kind === 'is'
					? cidrsOf(requirement.selector)
					: [],
		),
	);

/** One end of the class in that family, as a flow would have it; null where the class has no address of the family. */
export function endOf({members, beyond}: EndClass, family: Family): End | null {
	if (beyond !== null) return beyond.family === family ? {workload: null, address: beyond.ranges[0]!.first} : null;
	const workload = members[0]!;
	const own = workload.addresses.find(one => one.family === family);
	return own === undefined ? null : {workload, address: own.address};
}
