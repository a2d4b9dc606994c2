// The addresses in a cell: one, several, or with the names of interfaces: `eth0:10.1.2.3/24;eth1:10.9.0.4`.
import ipaddr from 'ipaddr.js';

export interface RowAddresses {
	/** In the one text form, each once. */
	readonly addresses: readonly string[];
	/** What stands where an address should and is none, or none that a workload can have. */
	readonly wrong: readonly string[];
}

export function rowAddresses(cells: readonly string[]): RowAddresses {
	const addresses = new Set<string>();
	const wrong: string[] = [];
	for (const word of cells.flatMap(cell => cell.split(/[\s,;|]+/)).filter(one => one !== '')) {
		const found = readAddress(word);
		if (found === undefined) wrong.push(word);
		else if (found !== 'passed') addresses.add(found);
	}
	return {addresses: [...addresses], wrong};
}

/** Loopback and link-local addresses are on every machine and say nothing. */
const passedBy = new Set(['loopback', 'linkLocal']);
const impossible = new Set(['unspecified', 'multicast', 'broadcast']);

function readAddress(word: string): string | 'passed' | undefined {
	const bare = word.replace(/\/\d{1,3}$/, '').replace(/^\[(.*)\]$/, '$1');
	const address = normalAddress(bare) ?? normalAddress(bare.replace(/^[\p{L}][\p{L}\p{N}._-]*[:=]/u, ''));
	if (address === undefined) return undefined;
	const range = ipaddr.parse(address).range();
	if (passedBy.has(range)) return 'passed';
	return impossible.has(range) ? undefined : address;
}

/** An address in its one text form; undefined for what is none. */
export function normalAddress(text: string): string | undefined {
	const isIpv6 = text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text);
	if (!isIpv6 && !ipaddr.IPv4.isValidFourPartDecimal(text)) return undefined;
	return ipaddr.process(text).toString();
}
