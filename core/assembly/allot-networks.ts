// A range for each network: the one that the source names, else one of 198.18.0.0/15, which meets nobody's (RFC 2544).
import {ipv6RangeOf, isGateway, overlap, roomIn} from '../model/addresses.ts';
import type {Problem} from '../model/problem.ts';
import type {NetworkPart, Parts} from './parts.ts';

/** Where outside hosts live that name no network, as in topology files: documentation ranges (RFC 5737, RFC 3849). */
export const beyond = {name: 'outside', ipv4: '192.0.2.0/24', ipv6: '2001:db8::/64'} as const;

/** The IPv6 prefix beside a network's IPv4 range. */
export const ipv6Of = (network: string, cidr: string): string =>
	network === beyond.name ? beyond.ipv6 : ipv6RangeOf(cidr);

/** 198.18.0.0, and how many addresses there are. */
const range = {first: (198 * 256 + 18) * 65_536, size: 2 ** 17};

export interface AllottedNetworks {
	/** IPv4 range by network, in the order of the parts. */
	readonly ranges: ReadonlyMap<string, string>;
	readonly problems: readonly Problem[];
}

/** Ranges of the source must not overlap: of two that do, the second is a problem. */
export function allotNetworks({
	networks,
	machines,
	where,
}: Pick<Parts, 'networks' | 'machines' | 'where'>): AllottedNetworks {
	const ranges = new Map<string, string>();
	const problems: Problem[] = [];
	const given = networks.filter((one): one is NetworkPart & {cidr: string} => one.cidr !== null);
	for (const {name, cidr, where: at} of given) {
		const other = [...ranges].find(([, taken]) => overlap(taken, cidr));
		if (other === undefined) ranges.set(name, cidr);
		else
			problems.push({
				where: at,
				what: `network ${name}, ${cidr}, overlaps network ${other[0]}, ${other[1]}`,
				mend: 'give one of them another range',
			});
	}
	const fixed = [...ranges.values()];
	const members = new Map<string, number>();
	for (const {attachments, replicas} of machines)
		for (const {network} of attachments) members.set(network, (members.get(network) ?? 0) + replicas);
	const least = networks.length > 300 ? 16 : 256;
	let next = range.first;
	for (const {name, cidr} of networks) {
		if (cidr !== null) continue;
		const size = Math.max(least, 2 ** Math.ceil(Math.log2((members.get(name) ?? 0) + 4)));
		const at = (): string => `${dotted(next)}/${32 - Math.log2(size)}`;
		next = Math.ceil(next / size) * size;
		while (fixed.some(other => overlap(other, at()))) next += size;
		if (next + size > range.first + range.size) {
			const what = 'there are more networks and workloads than 198.18.0.0/15 has addresses for';
			return {ranges, problems: [...problems, {where, what, mend: 'use fewer replicas'}]};
		}
		ranges.set(name, at());
		next += size;
	}
	return {ranges: new Map(networks.map(({name}) => [name, ranges.get(name) ?? dotted(0)])), problems};
}

const dotted = (number: number): string => [24, 16, 8, 0].map(shift => Math.floor(number / 2 ** shift) % 256).join('.');

const unfit = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '240.0.0.0/4'];

/** Whether workloads can have addresses of this range, and two of them besides the first and the last. */
export const isUsable = (cidr: string): boolean =>
	Number(cidr.split('/')[1]) <= 30 && Number(cidr.split('/')[1]) > 0 && !unfit.some(one => overlap(one, cidr));

/** Whether a range has room for `count` workloads, of which some have these addresses of it. */
export const hasRoom = (cidr: string, addresses: readonly string[], count: number): boolean => {
	const asked = addresses.filter(address => isGateway(cidr, address)).length;
	return count - asked <= roomIn(cidr);
};
