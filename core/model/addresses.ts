// Arithmetic of addresses: cutting networks into segments and giving hosts their numbers. All ranges are IPv4 in the
// form `198.18.0.0/20`, without bits beyond the prefix; the IPv6 side follows from them.
import ipaddr from 'ipaddr.js';

/** A range as numbers: its first address and how many it has, a power of two. */
interface Block {
	readonly first: number;
	readonly size: number;
	readonly prefix: number;
}

/** Addresses of a segment that no workload gets: the network's own, the gateway's (the first after it), the broadcast. */
const reserved = 3;

/**
 * The range in equal cuts, the least power of two of them that holds `parts`, of which the first `parts` are given.
 * Undefined where a cut would have no room for a workload (longer than /30).
 */
export function cutRange(cidr: string, parts: number): readonly string[] | undefined {
	const {first, prefix} = toBlock(cidr);
	const cut = prefix + Math.ceil(Math.log2(parts));
	if (cut > 30) return undefined;
	return Array.from({length: parts}, (_, index) => `${toText(first + index * 2 ** (32 - cut))}/${cut}`);
}

/** How many workloads a segment has room for; 0 for /31 and /32. */
export const roomIn = (cidr: string): number => Math.max(0, toBlock(cidr).size - reserved);

/** The longest prefix whose `parts` equal cuts have room for `workloads` each; may be negative, where no IPv4 range has. */
export const prefixFor = (parts: number, workloads: number): number =>
	32 - Math.ceil(Math.log2(parts)) - Math.max(2, Math.ceil(Math.log2(workloads + reserved)));

export function overlap(one: string, other: string): boolean {
	const [a, b] = [toBlock(one), toBlock(other)];
	return a.first < b.first + b.size && b.first < a.first + a.size;
}

/** Whether an address, IPv4 or IPv6, lies in a range of the same family. */
export function contains(cidr: string, address: string): boolean {
	const [range, bits] = ipaddr.parseCIDR(cidr);
	const host = ipaddr.parse(address);
	return host.kind() === range.kind() && host.match(range as ipaddr.IPv4 & ipaddr.IPv6, bits);
}

/** Addresses of an IPv4 segment that workloads may have, in ascending order. */
export function* hostsIn(cidr: string): Generator<string> {
	const {first, size} = toBlock(cidr);
	for (let at = 2; at < size - 1; at++) yield toText(first + at);
}

/**
 * Whether an address of the IPv4 segment is the network's own or the broadcast. The gateway's may be had by who asks for
 * it, since the fabric's own address lies in no segment; nobody gets it unasked.
 */
export function isReserved(cidr: string, address: string): boolean {
	const {first, size} = toBlock(cidr);
	const offset = toNumber(address) - first;
	return offset === 0 || offset === size - 1;
}

/** Whether it is the first after the network's own, which counts as no room (`roomIn`). */
export const isGateway = (cidr: string, address: string): boolean => address === gatewayOf(cidr);

/** The first address after the network's own. */
export const gatewayOf = (cidr: string): string => toText(toBlock(cidr).first + 1);

/**
 * The IPv6 prefix of an IPv4 segment: fd00:f1eb (a unique local prefix, RFC 4193), then the 32 bits of its first address,
 * as /64: 198.18.4.0/22 has fd00:f1eb:c612:400::/64. Segments that do not overlap have different ones.
 */
export function ipv6RangeOf(cidr: string): string {
	const {first} = toBlock(cidr);
	return `${ipv6Text([0xfd00, 0xf1eb, first >>> 16, first & 0xffff, 0, 0, 0, 0])}/64`;
}

/**
 * The IPv6 address beside an IPv4 one: the same number in the segment's /64. 198.18.4.5 in 198.18.4.0/22, which has
 * fd00:f1eb:c612:400::/64, has fd00:f1eb:c612:400::5.
 */
export function ipv6Beside(cidr: string, ipv6Range: string, address: string): string {
	const offset = toNumber(address) - toNumber(cidr.slice(0, cidr.indexOf('/')));
	const [network = ''] = ipv6Range.split('/', 1);
	const [high, low] = [offset >>> 16, offset & 0xffff];
	// `fd00:f1eb:c612:400::` and what stands behind it is the shortest form (RFC 5952) of most of them.
	if (offset > 0 && network.endsWith('::'))
		return `${network}${high === 0 ? '' : `${high.toString(16)}:`}${low.toString(16)}`;
	const {parts} = ipaddr.IPv6.parse(network);
	return ipv6Text([...parts.slice(0, 6), high, low]);
}

function toBlock(cidr: string): Block {
	const [address, prefix] = cidr.split('/');
	const bits = Number(prefix);
	return {first: toNumber(address!), size: 2 ** (32 - bits), prefix: bits};
}

/** Of four decimal parts. */
function toNumber(address: string): number {
	let [sum, part] = [0, 0];
	for (let at = 0; at < address.length; at++) {
		const code = address.charCodeAt(at);
		if (code !== dot) part = part * 10 + code - zero;
		else [sum, part] = [sum * 256 + part, 0];
	}
	return sum * 256 + part;
}

const [dot, zero] = [46, 48];

const toText = (value: number): string =>
	`${Math.floor(value / 2 ** 24)}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;

const ipv6Text = (parts: readonly number[]): string => new ipaddr.IPv6([...parts]).toString();
