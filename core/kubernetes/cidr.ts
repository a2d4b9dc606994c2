// CIDRs as NetworkPolicy has them: one family, canonical, comparable.
import ipaddr from 'ipaddr.js';

export interface Cidr {
	readonly family: 4 | 6;
	/** Network address and length, canonical: `10.0.0.0/8`; bits of the host are cleared, as the API does. */
	readonly text: string;
	readonly length: number;
	readonly bytes: readonly number[];
}

/** A CIDR, or undefined: no address alone, no leading zeros, no zones, no IPv4 inside IPv6. */
export function parseCidr(text: string): Cidr | undefined {
	const match = /^([0-9a-fA-F.:]{2,45})\/(0|[1-9]\d{0,2})$/.exec(text);
	if (match === null) return undefined;
	const [, address, digits] = match as unknown as [string, string, string];
	const length = Number(digits);
	if (isIpv4(address)) {
		if (length > 32) return undefined;
		const network = ipaddr.IPv4.networkAddressFromCIDR(text);
		return {family: 4, length, text: `${network.toString()}/${length}`, bytes: network.toByteArray()};
	}
	if (!ipaddr.IPv6.isValid(address) || address.includes('.') || length > 128) return undefined;
	const network = ipaddr.IPv6.networkAddressFromCIDR(text);
	return {family: 6, length, text: `${network.toRFC5952String()}/${length}`, bytes: network.toByteArray()};
}

/** Four decimal numbers without leading zeros. */
export const isIpv4 = (text: string): boolean =>
	/^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/.test(text) && ipaddr.IPv4.isValid(text);

/** An address in the form in which the model keeps it (IPv6 compressed, lower case), or undefined. */
export function canonicalAddress(text: string): {readonly family: 4 | 6; readonly address: string} | undefined {
	if (isIpv4(text)) return {family: 4, address: text};
	if (text.includes('.') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined;
	return {family: 6, address: ipaddr.IPv6.parse(text).toRFC5952String()};
}

/** True where every address of `inner` lies in `outer`, and `outer` has more. */
export function isStrictlyInside(inner: Cidr, outer: Cidr): boolean {
	if (inner.family !== outer.family || inner.length <= outer.length) return false;
	return inner.bytes.every((byte, at) => {
		const bits = Math.min(8, Math.max(0, outer.length - at * 8));
		const mask = (0xff << (8 - bits)) & 0xff;
		return (byte & mask) === (outer.bytes[at]! & mask);
	});
}
