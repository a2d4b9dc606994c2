// Links to networks: each link is one, and all links of a bridge; links whose addresses are of one range are one too.
import {hasRoom, isUsable} from '../../core/assembly/allot-networks.ts';
import {networkOf} from '../../core/assembly/network-of.ts';
import type {Attachment, NetworkPart} from '../../core/assembly/parts.ts';
import {plainWord} from '../../core/files/plain-word.ts';
import {contains, gatewayOf, isReserved, overlap} from '../../core/model/addresses.ts';
import type {Place, Problem} from '../../core/model/problem.ts';
import {plain} from '../../core/native/native-names.ts';
import type {ClabMachine, Machines} from './clab-machine.ts';
import {execAddresses} from './exec-addresses.ts';
import type {Link, LinkEnd} from './links.ts';

export interface ClabNetworks {
	readonly parts: readonly NetworkPart[];
	readonly attachments: ReadonlyMap<ClabMachine, readonly Attachment[]>;
	readonly warnings: readonly Problem[];
}

interface Member {
	readonly machine: ClabMachine;
	/** `10.0.0.1/30`, or null. */
	readonly ipv4: string | null;
	readonly where: Place;
}

interface Segment {
	readonly name: string;
	members: readonly Member[];
	readonly where: Place;
}

/** @param taken - names and ranges of networks that there are already */
export function clabNetworks(links: readonly Link[], machines: Machines, taken: readonly NetworkPart[]): ClabNetworks {
	const warnings: Problem[] = [];
	const names = new Set(['outside', ...taken.map(({name}) => name)]);
	const joined = joinByRange(segmentsOf(links, machines, names));
	const ranges = taken.flatMap(({cidr}) => cidr ?? []);
	const attachments = new Map<ClabMachine, Attachment[]>();
	const parts = joined.map(({name, members, where}): NetworkPart => {
		const range = rangeOf(members, ranges);
		const cidr = range?.cidr ?? null;
		let spare = range?.gateway ?? null;
		if (cidr !== null) ranges.push(cidr);
		const owned = new Set<string>();
		const seen = new Set<ClabMachine>();
		for (const {machine, ipv4, where: at} of members) {
			if (seen.has(machine)) continue;
			seen.add(machine);
			const address = ipv4?.split('/')[0] ?? spare;
			if (ipv4 === null) spare = null;
			const fits =
				address !== null &&
				cidr !== null &&
				contains(cidr, address) &&
				!isReserved(cidr, address) &&
				!owned.has(address);
			if (ipv4 !== null && !fits)
				warnings.push({
					where: at,
					what: `${machine.name} gets another address than ${plainWord(ipv4)}: that cannot be kept in the network ${name}`,
					mend: '',
				});
			if (fits) owned.add(address);
			attachments.set(machine, [
				...(attachments.get(machine) ?? []),
				{network: name, address: fits ? address : null, where: at},
			]);
		}
		return {name, cidr, where};
	});
	return {parts, attachments, warnings};
}

function segmentsOf(links: readonly Link[], {nodes, byNode}: Machines, names: Set<string>): readonly Segment[] {
	const exec = new Map([...nodes.values()].map(({written, node}) => [written, execAddresses(node.exec)]));
	const byBridge = new Map<string, Segment>();
	const all: Segment[] = [];
	const isBridge = (end: LinkEnd): boolean => nodes.get(end.node)?.role === 'bridge';
	const open = (stem: string, where: Place): Segment => {
		let name = plain(stem);
		for (let number = 2; names.has(name); number++) name = `${plain(stem)}-${number}`;
		names.add(name);
		const segment = {name, members: [], where};
		all.push(segment);
		return segment;
	};
	for (const {ends, beyond, where} of links) {
		if (beyond === 'mgmt-net') continue;
		const bridges = ends.filter(isBridge).map(({node}) => node);
		const before = bridges.flatMap(bridge => byBridge.get(bridge) ?? []);
		const stem =
			bridges[0] ??
			[...ends.map(({node}) => byNode.get(node)?.name ?? node), ...(beyond === null ? [] : [beyond])].join('-');
		const segment = before[0] ?? open(stem, where);
		// Two bridges that a link joins are one network.
		const other = before.find(one => one !== segment);
		if (other !== undefined) {
			segment.members = [...segment.members, ...other.members];
			other.members = [];
			for (const [bridge, its] of byBridge) if (its === other) byBridge.set(bridge, segment);
		}
		for (const bridge of bridges) byBridge.set(bridge, segment);
		const ended = ends.flatMap((end): Member[] => {
			const machine = byNode.get(end.node);
			return machine === undefined
				? []
				: [{machine, ipv4: end.ipv4 ?? exec.get(end.node)?.get(end.interface) ?? null, where: end.where}];
		});
		const inside = bridges.flatMap((bridge): Member[] => {
			const [device = '', owner] = bridge.split('|');
			const machine = owner === undefined ? undefined : byNode.get(owner);
			return machine === undefined ? [] : [{machine, ipv4: exec.get(owner!)?.get(device) ?? null, where}];
		});
		segment.members = [...segment.members, ...ended, ...inside];
	}
	return all.filter(({members}) => members.length > 0);
}

const rangesIn = (members: readonly Member[]): readonly string[] =>
	members.flatMap(({ipv4}) => (ipv4 === null ? [] : (networkOf(ipv4) ?? []))).filter(isUsable);

/** A switch in between is not seen here: what it joins has addresses of one range. */
function joinByRange(segments: readonly Segment[]): readonly Segment[] {
	const kept: Segment[] = [];
	for (const segment of segments) {
		const its = rangesIn(segment.members);
		const same = kept.find(({members}) => rangesIn(members).some(one => its.some(other => overlap(one, other))));
		if (same === undefined) kept.push({...segment});
		else same.members = [...same.members, ...segment.members];
	}
	return kept;
}

interface Range {
	readonly cidr: string;
	/** The address that one without any must take, since nobody is given it unasked: a router's, by custom. */
	readonly gateway: string | null;
}

/** The widest range of its addresses that nobody has; null where there is none, or where it has no room for everybody. */
function rangeOf(members: readonly Member[], taken: readonly string[]): Range | null {
	const length = (cidr: string): number => Number(cidr.split('/')[1]);
	const [widest] = [...rangesIn(members)].sort((a, b) => length(a) - length(b));
	if (widest === undefined || taken.some(one => overlap(one, widest))) return null;
	const given = members.flatMap(({ipv4}) => ipv4?.split('/')[0] ?? []).filter(address => contains(widest, address));
	const count = new Set(members.map(({machine}) => machine)).size;
	if (hasRoom(widest, [...new Set(given)], count)) return {cidr: widest, gateway: null};
	const gateway = gatewayOf(widest);
	const spare = !given.includes(gateway) && members.some(({ipv4}) => ipv4 === null);
	return spare && hasRoom(widest, [...new Set([...given, gateway])], count) ? {cidr: widest, gateway} : null;
}
