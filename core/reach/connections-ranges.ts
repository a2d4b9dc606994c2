// Ranges of addresses as text, and neighbours put together: what lies beyond the topology as a list of peers.
import type {Family} from '../model/topology.ts';
import {addressBits, parseAddress} from '../policy/address.ts';
import type {AddressSpan} from './end-class.ts';

/** Sorted, with ranges that touch or overlap as one; IPv4 before IPv6. */
export function joinedSpans(spans: readonly AddressSpan[]): readonly AddressSpan[] {
	const sorted = spans
		.map(span => ({span, from: parseAddress(span.first), to: parseAddress(span.last).last}))
		.sort((a, b) => a.from.family - b.from.family || (a.from.first < b.from.first ? -1 : 1));
	const done: {first: string; last: string; family: Family; end: bigint}[] = [];
	for (const {span, from, to} of sorted) {
		const before = done.at(-1);
		if (before === undefined || before.family !== from.family || from.first > before.end + 1n)
			done.push({first: span.first, last: span.last, family: from.family, end: to});
		else if (to > before.end) Object.assign(before, {last: span.last, end: to});
	}
	return done.map(({first, last}) => ({first, last}));
}

/** `10.0.0.0-10.255.255.255`, the form of a connlist; one address is written twice there too. */
export const spanText = ({first, last}: AddressSpan): string => `${first}-${last}`;

/** `10.0.0.0/8` where the range is a prefix, one address as it is, else first and last. */
export function prefixText({first, last}: AddressSpan): string {
	if (first === last) return first;
	const {family, first: from} = parseAddress(first);
	const size = parseAddress(last).last - from + 1n;
	const bits = size.toString(2).length - 1;
	const isPrefix = size === 1n << BigInt(bits) && from % size === 0n;
	return isPrefix ? `${first}/${addressBits[family] - bits}` : `${first}-${last}`;
}

/** Whether it is every address of its family. */
export const isWholeFamily = (span: AddressSpan): boolean => /\/0$/.test(prefixText(span));
