import ipaddr from 'ipaddr.js';

/** The IPv4 network of an address with its prefix: `10.0.0.1/30` is in `10.0.0.0/30`; undefined for what is none. */
export function networkOf(text: string): string | undefined {
	const [address = '', prefix = ''] = text.split('/');
	if (!ipaddr.IPv4.isValidFourPartDecimal(address) || !/^\d{1,2}$/.test(prefix) || Number(prefix) > 32)
		return undefined;
	return `${ipaddr.IPv4.networkAddressFromCIDR(text).toString()}/${Number(prefix)}`;
}
