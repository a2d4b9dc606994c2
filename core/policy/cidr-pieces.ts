// All addresses, cut where a prefix begins or ends, so that a prefix is asked once a piece and never once an address.
import type {Family} from '../model/topology.ts';
import {addressBits, parseAddress, parseCidr} from './address.ts';

/** Neighbouring addresses of one family that are in the same prefixes. */
export interface Piece {
	readonly family: Family;
	readonly first: bigint;
	readonly last: bigint;
	/** Number of those prefixes as a set: pieces of one family that are in the same ones share it. */
	readonly kind: number;
}

export interface CidrPieces {
	/** Ascending within a family, IPv4 first; together every address. */
	readonly pieces: readonly Piece[];
	/** Kinds are `0..kinds-1`. */
	readonly kinds: number;
	/** One piece of each kind. */
	readonly samples: readonly Piece[];
	/** The kind of the piece in which an address lies. */
	kindOf(address: string): number;
}

/** @param cidrs - prefixes or addresses in text form, as often as they come */
export function cidrPieces(cidrs: Iterable<string>): CidrPieces {
	const ranges = [...new Set(cidrs)].map(parseCidr);
	const kinds = new Map<string, number>();
	const pieces = ([4, 6] as const).flatMap((family): readonly Piece[] => {
		const own = ranges.filter(range => range.family === family);
		const end = 1n << BigInt(addressBits[family]);
		const borders = [...new Set([0n, end, ...own.flatMap(({first, last}) => [first, last + 1n])])].sort((a, b) =>
			a < b ? -1 : 1,
		);
		return borders.slice(0, -1).map((first, at) => {
			const within = own.flatMap((range, number) => (range.first <= first && first <= range.last ? [number] : []));
			const key = `${family} ${within.join(' ')}`;
			const kind = kinds.get(key) ?? kinds.size;
			kinds.set(key, kind);
			return {family, first, last: borders[at + 1]! - 1n, kind};
		});
	});
	const ipv4 = pieces.filter(({family}) => family === 4);
	const ipv6 = pieces.filter(({family}) => family === 6);
	const firsts = Float64Array.from(ipv4, ({first}) => Number(first));
	return {
		pieces,
		kinds: kinds.size,
		samples: [...kinds.values()].map(kind => pieces.find(piece => piece.kind === kind)!),
		kindOf(address) {
			const isIPv6 = address.includes(':');
			if (isIPv6) {
				if (ipv6.length === 1) return ipv6[0]!.kind;
				const {first} = parseAddress(address);
				return lastWhere(ipv6.length, at => ipv6[at]!.first <= first, ipv6);
			}
			if (ipv4.length === 1) return ipv4[0]!.kind;
			const number = ipv4Number(address);
			return lastWhere(ipv4.length, at => firsts[at]! <= number, ipv4);
		},
	};
}

/** The kind of the last piece for which `holds`, which it does for the first and then up to some piece. */
function lastWhere(count: number, holds: (at: number) => boolean, pieces: readonly Piece[]): number {
	let [low, high] = [0, count];
	while (high - low > 1) {
		const middle = (low + high) >>> 1;
		if (holds(middle)) low = middle;
		else high = middle;
	}
	return pieces[low]!.kind;
}

/** Of an address in four decimal parts. */
function ipv4Number(text: string): number {
	let [number, part] = [0, 0];
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === 46) {
			number = number * 256 + part;
			part = 0;
		} else part = part * 10 + code - 48;
	}
	return number * 256 + part;
}
