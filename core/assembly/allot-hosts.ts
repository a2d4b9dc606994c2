// Addresses for workloads: those of the source first, then the lowest free of each network, as topology files have it.
import {contains, hostsIn, ipv6Beside, isReserved, roomIn} from '../model/addresses.ts';
import type {Problem} from '../model/problem.ts';
import type {Address} from '../model/topology.ts';
import {hasRoom, ipv6Of} from './allot-networks.ts';
import type {Attachment, MachinePart} from './parts.ts';

export interface AllottedHosts {
	/** By machine, then by replica: IPv4 before IPv6, network by network. */
	readonly addresses: ReadonlyMap<MachinePart, readonly (readonly Address[])[]>;
	readonly problems: readonly Problem[];
}

/**
 * @param machines - in the order in which they take what is free
 * @param ranges - IPv4 range by network
 * @returns problems for addresses of the source that lie outside their network or have an owner
 */
export function allotHosts(machines: readonly MachinePart[], ranges: ReadonlyMap<string, string>): AllottedHosts {
	const owners = new Map<string, string>();
	const problems: Problem[] = [];
	for (const {name, attachments} of machines)
		for (const attachment of attachments) {
			if (attachment.address === null) continue;
			const wrong = whyUnfit(attachment, ranges.get(attachment.network)!, owners.get(attachment.address));
			if (wrong === undefined) owners.set(attachment.address, name);
			else problems.push({where: attachment.where, ...wrong});
		}
	const hosts = new Map([...ranges].map(([network, cidr]) => [network, hostsIn(cidr)]));
	const next = (network: string): string => {
		const free = hosts.get(network)!;
		for (let one = free.next(); one.done !== true; one = free.next()) if (!owners.has(one.value)) return one.value;
		throw new Error(`no room in ${network}`);
	};
	const take = ({network, address}: Attachment): readonly Address[] => {
		const cidr = ranges.get(network)!;
		const ipv4 = address ?? next(network);
		return [
			{family: 4, address: ipv4, segment: network, ...(address !== null && {fixed: true as const})},
			{family: 6, address: ipv6Beside(cidr, ipv6Of(network, cidr), ipv4), segment: network},
		];
	};
	if (problems.length === 0) problems.push(...crowded(machines, ranges));
	if (problems.length > 0) return {addresses: new Map(), problems};
	const addresses = new Map(
		machines.map(machine => [machine, Array.from({length: machine.replicas}, () => machine.attachments.flatMap(take))]),
	);
	return {addresses, problems};
}

function whyUnfit(
	{address, network}: Attachment,
	cidr: string,
	owner: string | undefined,
): Pick<Problem, 'what' | 'mend'> | undefined {
	if (owner !== undefined) return {what: `${address} is the address of ${owner} too`, mend: 'an address has one owner'};
	if (!contains(cidr, address!))
		return {what: `${address} lies outside network ${network}, ${cidr}`, mend: 'take one of its range'};
	if (isReserved(cidr, address!))
		return {what: `${address} is the first or last address of network ${network}, ${cidr}`, mend: 'take another'};
	return undefined;
}

/** Networks of the source with more workloads than addresses. */
function crowded(machines: readonly MachinePart[], ranges: ReadonlyMap<string, string>): readonly Problem[] {
	const all = machines.flatMap(({attachments, replicas}) => attachments.map(one => ({...one, replicas})));
	return [...Map.groupBy(all, ({network}) => network)].flatMap(([network, its]) => {
		const cidr = ranges.get(network)!;
		const count = its.reduce((sum, {replicas}) => sum + replicas, 0);
		if (
			hasRoom(
				cidr,
				its.flatMap(({address}) => address ?? []),
				count,
			)
		)
			return [];
		const what = `network ${network}, ${cidr}, has room for ${roomIn(cidr)}, and ${count} workloads are in it`;
		return [{where: its[0]!.where, what, mend: 'give it a wider range'}];
	});
}
