import ipaddr from 'ipaddr.js';

/** Whether an address lies in a prefix, both in text form; never where their families differ. */
export function liesIn(address: string, cidr: string): boolean {
	if (address.includes(':') !== cidr.includes(':')) return false;
	return ipaddr.parse(address).match(ipaddr.parseCIDR(cidr));
}
