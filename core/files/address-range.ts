// Ranges of addresses as users write them, in the one form that evaluator and compiler read.
import ipaddr from 'ipaddr.js';
import {quote} from './wording.ts';

/** A range in its normal form (`10.0.0.0/8`, `2001:db8::/32`), or what is wrong with the text. */
export type RangeText =
	| {readonly kind: 'range'; readonly cidr: string}
	| {readonly kind: 'wrong'; readonly what: string; readonly mend: string};

/** Reads `10.0.0.0/8`, `2001:db8::/32`, and a bare address as the range of itself. Bits beyond the prefix are refused. */
export function parseRange(text: string): RangeText {
	const [address = '', prefix, ...more] = text.split('/');
	const parsed = parseAddress(address);
	const longest = parsed?.kind() === 'ipv6' ? 128 : 32;
	const length = prefix === undefined ? longest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1;
	if (parsed === undefined || more.length > 0 || length < 0 || length > longest)
		return {
			kind: 'wrong',
			what: `${quote(text)} is not a range of addresses`,
			mend: 'a range is written 10.0.0.0/8 or 2001:db8::/32',
		};
	const whole = `${parsed.toString()}/${length}`;
	const network = (
		parsed.kind() === 'ipv6' ? ipaddr.IPv6.networkAddressFromCIDR(whole) : ipaddr.IPv4.networkAddressFromCIDR(whole)
	).toString();
	if (network !== parsed.toString())
		return {kind: 'wrong', what: `${text} has bits beyond its prefix`, mend: `did you mean ${network}/${length}?`};
	return {kind: 'range', cidr: whole};
}

function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
	if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
	return ipaddr.IPv6.isValid(text) && !text.includes('%') && text.includes(':') ? ipaddr.IPv6.parse(text) : undefined;
}
