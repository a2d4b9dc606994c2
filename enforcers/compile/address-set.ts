// Sets of addresses as ranges: what selectors with cidr, except and workloads become.
import type {Family} from '../../core/model/topology.ts';
import {type AddressRange, addressBits, renderAddress} from '../../core/policy/address.ts';

/** Ranges of one family, sorted, disjoint, and never touching one another. */
export type AddressSet = readonly AddressRange[];

/** Every address of a family. */
export const allAddresses = (family: Family): AddressSet => [
	{family, first: 0n, last: (1n << BigInt(addressBits[family])) - 1n},
];

/** Whether nothing of the family is missing. */
export const isAll = (set: AddressSet): boolean =>
	set.length === 1 && set[0]!.first === 0n && set[0]!.last === allAddresses(set[0]!.family)[0]!.last;

/** The set of these ranges, of one family, in any order and overlapping as they like. */
export function addressSet(ranges: readonly AddressRange[]): AddressSet {
	const set: AddressRange[] = [];
	for (const range of [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
		const before = set.at(-1);
		if (before === undefined || range.first > before.last + 1n) set.push(range);
		else if (range.last > before.last) set[set.length - 1] = {...before, last: range.last};
	}
	return set;
}

/** What lies in both. */
export const intersect = (left: AddressSet, right: AddressSet): AddressSet =>
	addressSet(
		left.flatMap(a =>
			right.flatMap(b => {
				const first = a.first > b.first ? a.first : b.first;
				const last = a.last < b.last ? a.last : b.last;
				return first <= last ? [{family: a.family, first, last}] : [];
			}),
		),
	);

/** What lies in `from` and not in `without`. */
export function subtract(from: AddressSet, without: AddressSet): AddressSet {
	const left: AddressRange[] = [];
	let at = 0;
	for (const {family, first, last} of from) {
		let start = first;
		while (at < without.length && without[at]!.last < start) at++;
		for (let hole = at; hole < without.length && without[hole]!.first <= last; hole++) {
			if (without[hole]!.first > start) left.push({family, first: start, last: without[hole]!.first - 1n});
			start = without[hole]!.last + 1n;
		}
		if (start <= last) left.push({family, first: start, last});
	}
	return left;
}

/** The elements of the set as nftables writes them: `198.18.0.1`, `198.18.0.0/20`, `198.18.0.1-198.18.0.9`. */
export const renderElements = (set: AddressSet): readonly string[] =>
	set.map(({family, first, last}) => {
		const size = last - first + 1n;
		if (size === 1n) return renderAddress(family, first);
		const isPrefix = (size & (size - 1n)) === 0n && first % size === 0n;
		return isPrefix
			? `${renderAddress(family, first)}/${addressBits[family] - (size.toString(2).length - 1)}`
			: `${renderAddress(family, first)}-${renderAddress(family, last)}`;
	});
