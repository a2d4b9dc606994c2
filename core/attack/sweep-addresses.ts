import ipaddr from 'ipaddr.js';

/** The most addresses that a sweep of one prefix tries: a /22. */
const most = 1024;

/**
 * The IPv4 prefix, of at most 1,024 addresses, that somebody inside `cidr` sweeps: the prefix itself, or of a larger one
 * the /22 around the first of `own` that lies in it, or its first /22. Undefined for IPv6, whose prefixes are too large.
 *
 * @param cidr - a prefix in text form, `198.18.0.0/22`; bits beyond its length are ignored
 * @param own - addresses of whoever sweeps
 */
export function sweepPrefix(cidr: string, own: readonly string[]): string | undefined {
	if (!isIPv4(cidr)) return undefined;
	const [network, bits] = ipaddr.IPv4.parseCIDR(cidr);
	const size = 2 ** (32 - bits);
	const first = Math.floor(toNumber(network.toString()) / size) * size;
	if (size <= most) return `${toText(first)}/${bits}`;
	const self = own.filter(isIPv4).map(toNumber);
	const near = self.find(address => address >= first && address < first + size) ?? first;
	return `${toText(Math.floor(near / most) * most)}/22`;
}

/** The addresses of a prefix that `sweepPrefix` gave, ascending, its first and its last included. */
export function sweepAddresses(prefix: string): readonly string[] {
	const [network, bits] = ipaddr.IPv4.parseCIDR(prefix);
	const first = toNumber(network.toString());
	return Array.from({length: 2 ** (32 - bits)}, (_, at) => toText(first + at));
}

/** Whether an IPv4 address lies in a prefix that `sweepPrefix` gave. */
export function isSwept(prefix: string, address: string): boolean {
	const [network = '', bits] = prefix.split('/');
	const size = 2 ** (32 - Number(bits));
	return Math.floor(toNumber(network) / size) === Math.floor(toNumber(address) / size);
}

/** Whether an address or prefix in text form is IPv4. */
export const isIPv4 = (address: string): boolean => !address.includes(':');

const toNumber = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

const toText = (address: number): string => [24, 16, 8, 0].map(shift => (address >>> shift) & 255).join('.');
