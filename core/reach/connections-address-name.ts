// What a set of address ranges is called where there is little room.

import type {Family} from '../model/topology.ts';
import {addressBits, parseAddress} from '../policy/address.ts';
import {isWholeFamily, prefixText} from './connections-ranges.ts';
import type {AddressSpan} from './end-class.ts';

/**
 * `any address`; `other addresses` where they are more than half of a family, as what is left when some prefixes are cut
 * out; else the ranges, and how many more. Where the workloads have both families and the ranges one, the name says which.
 */
export function addressName(ranges: readonly AddressSpan[], families: readonly Family[] = [4, 6]): string {
	const byFamily = Map.groupBy(ranges, ({first}) => parseAddress(first).family);
	const only = byFamily.size < families.length ? ` (IPv${[...byFamily.keys()][0]})` : '';
	const all = [...byFamily.values()];
	if (all.every(spans => spans.some(isWholeFamily))) return `any address${only}`;
	if (all.every(isMost)) return `other addresses${only}`;
	const [first, ...more] = ranges.map(prefixText);
	return more.length === 0 ? first! : `${first} +${more.length}`;
}

function isMost(spans: readonly AddressSpan[]): boolean {
	const {family} = parseAddress(spans[0]!.first);
	const size = spans.reduce(
		(sum, {first, last}) => sum + parseAddress(last).first - parseAddress(first).first + 1n,
		0n,
	);
	return size > 1n << BigInt(addressBits[family] - 1);
}
