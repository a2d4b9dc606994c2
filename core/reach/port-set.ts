// Sets of protocols and ports as sorted intervals, so that what two ends allow is compared whole and not port by port.
import type {Protocol} from '../model/topology.ts';
import type {PortRange} from '../policy/port.ts';

/**
 * Pairs first, last of ordinals (inclusive), sorted, disjoint and never adjacent, so that equal sets are equal lists. An
 * ordinal is `protocol × 65,536 + port`; ports are 1..65535, and 0 for icmp alone.
 */
export type PortSet = readonly number[];

const protocols: readonly Protocol[] = ['sctp', 'tcp', 'udp', 'icmp'];
const span = 65_536;
const base: Readonly<Record<Protocol, number>> = {sctp: 0, tcp: span, udp: 2 * span, icmp: 3 * span};

/** One port of a protocol as a number. */
export const ordinal = (protocol: Protocol, port: number): number => base[protocol] + port;

export const noPorts: PortSet = [];

/** What a rule without `on` means: tcp, udp and sctp whole, and icmp (which stands for every other protocol). */
export const everyPort: PortSet = [
	1,
	65_535,
	span + 1,
	span + 65_535,
	2 * span + 1,
	2 * span + 65_535,
	3 * span,
	3 * span,
];

/** The ports of some ranges; 0 as a first port means 1. */
export function portSet(ranges: readonly PortRange[]): PortSet {
	const pairs = ranges.map(({protocol, first, last}) =>
		protocol === 'icmp' ? [base.icmp, base.icmp] : [base[protocol] + Math.max(1, first), base[protocol] + last],
	) as [number, number][];
	pairs.sort(([a], [b]) => a - b);
	const set: number[] = [];
	for (const [first, last] of pairs) add(set, first, last);
	return set;
}

/** The set as ranges, in the order sctp, tcp, udp, icmp. */
export function rangesOf(set: PortSet): readonly PortRange[] {
	const ranges: PortRange[] = [];
	for (let at = 0; at < set.length; at += 2) {
		const protocol = protocols[Math.floor(set[at]! / span)]!;
		ranges.push({protocol, first: set[at]! % span, last: set[at + 1]! % span});
	}
	return ranges;
}

export const hasPort = (set: PortSet, protocol: Protocol, port: number): boolean => {
	const wanted = ordinal(protocol, port);
	for (let at = 0; at < set.length; at += 2) if (set[at]! <= wanted && wanted <= set[at + 1]!) return true;
	return false;
};

export const samePorts = (a: PortSet, b: PortSet): boolean =>
	a === b || (a.length === b.length && a.every((value, at) => value === b[at]));

export function union(a: PortSet, b: PortSet): PortSet {
	if (a.length === 0 || a === b) return b;
	if (b.length === 0) return a;
	const set: number[] = [];
	let [left, right] = [0, 0];
	while (left < a.length || right < b.length) {
		const fromLeft = right >= b.length || (left < a.length && a[left]! <= b[right]!);
		if (fromLeft) add(set, a[left]!, a[left + 1]!);
		else add(set, b[right]!, b[right + 1]!);
		if (fromLeft) left += 2;
		else right += 2;
	}
	return set;
}

export function intersection(a: PortSet, b: PortSet): PortSet {
	if (a === b || b.length === 0) return b;
	const set: number[] = [];
	for (let left = 0, right = 0; left < a.length && right < b.length; ) {
		const first = Math.max(a[left]!, b[right]!);
		const last = Math.min(a[left + 1]!, b[right + 1]!);
		if (first <= last) set.push(first, last);
		if (a[left + 1]! < b[right + 1]!) left += 2;
		else right += 2;
	}
	return set;
}

/** What is in `a` and not in `b`. */
export function difference(a: PortSet, b: PortSet): PortSet {
	if (a === b) return noPorts;
	if (a.length === 0 || b.length === 0) return a;
	const set: number[] = [];
	let right = 0;
	for (let left = 0; left < a.length; left += 2) {
		let first = a[left]!;
		const last = a[left + 1]!;
		while (right < b.length && b[right + 1]! < first) right += 2;
		for (let at = right; at < b.length && b[at]! <= last && first <= last; at += 2) {
			if (b[at]! > first) set.push(first, b[at]! - 1);
			first = Math.max(first, b[at + 1]! + 1);
		}
		if (first <= last) set.push(first, last);
	}
	return set;
}

/** Appends an interval that begins at or after the last one's beginning; one protocol never runs into the next. */
function add(set: number[], first: number, last: number): void {
	const end = set.length - 1;
	if (end > 0 && first <= set[end]! + 1 && first % span !== 0) set[end] = Math.max(set[end]!, last);
	else set.push(first, last);
}

/**
 * `TCP 80,443,UDP 53`, `All Connections`, `No Connections`: the words of netpol-analyzer's connlist. Icmp is no part of
 * it and is left out, and a set of tcp, udp and sctp whole is all of it.
 */
export function renderPorts(set: PortSet): string {
	const ranges = rangesOf(set).filter(({protocol}) => protocol !== 'icmp');
	if (ranges.length === 0) return 'No Connections';
	if (ranges.length === 3 && ranges.every(({first, last}) => first === 1 && last === 65_535)) return 'All Connections';
	const words: string[] = [];
	let before: Protocol | null = null;
	for (const {protocol, first, last} of ranges) {
		const range = first === last ? `${first}` : `${first}-${last}`;
		words.push(protocol === before ? range : `${protocol.toUpperCase()} ${range}`);
		before = protocol;
	}
	return words.join(',');
}
