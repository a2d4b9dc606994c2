// Addresses and prefixes as numbers. The one place of `core/policy` and of the compiler that reads their text.
import ipaddr from 'ipaddr.js';
import type {Family} from '../model/topology.ts';

/** Addresses `first..last` inclusive, as unsigned numbers of 32 or 128 bits. */
export interface AddressRange {
	readonly family: Family;
	readonly first: bigint;
	readonly last: bigint;
}

/** Number of bits of an address. */
export const addressBits = {4: 32, 6: 128} as const;

const toNumber = (bytes: readonly number[]): bigint => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

const cacheLimit = 100_000;
const addresses = new Map<string, AddressRange>();
const prefixes = new Map<string, AddressRange>();

/** Pure, and asked for the same text very often: remembers what it read, and forgets all of it when that is too much. */
function remember(cache: Map<string, AddressRange>, text: string, read: () => AddressRange): AddressRange {
	const known = cache.get(text);
	if (known !== undefined) return known;
	if (cache.size >= cacheLimit) cache.clear();
	const value = read();
	cache.set(text, value);
	return value;
}

/**
 * One address as a range of one.
 *
 * @throws Error for what is no address: parsers refuse such text long before
 */
export const parseAddress = (text: string): AddressRange =>
	remember(addresses, text, () => {
		const address = ipaddr.parse(text);
		const value = toNumber(address.toByteArray());
		return {family: address.kind() === 'ipv4' ? 4 : 6, first: value, last: value};
	});

/**
 * The addresses of a prefix, host bits ignored; an address without `/` is itself.
 *
 * @throws Error for what is neither
 */
export const parseCidr = (text: string): AddressRange =>
	remember(prefixes, text, () => {
		if (!text.includes('/')) return parseAddress(text);
		const [address, length] = ipaddr.parseCIDR(text);
		const family: Family = address.kind() === 'ipv4' ? 4 : 6;
		const hostBits = BigInt(addressBits[family] - length);
		const first = (toNumber(address.toByteArray()) >> hostBits) << hostBits;
		return {family, first, last: first | ((1n << hostBits) - 1n)};
	});

/** True where `range` and `address` are of one family and the address lies inside. */
export const covers = (range: AddressRange, address: AddressRange): boolean =>
	range.family === address.family && range.first <= address.first && address.last <= range.last;

/** An address as text, IPv6 compressed and in lower case. */
export function renderAddress(family: Family, value: bigint): string {
	const bytes = Array.from({length: addressBits[family] / 8}, (_, at) =>
		Number((value >> BigInt(addressBits[family] - 8 * (at + 1))) & 255n),
	);
	return ipaddr.fromByteArray(bytes).toString();
}
