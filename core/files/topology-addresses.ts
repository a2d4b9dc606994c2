// An IPv4 and an IPv6 address for every workload: the fixed ones first, then the next free of each segment.
import ipaddr from 'ipaddr.js';
import {contains, hostsIn, ipv6Beside, isGateway, isReserved, prefixFor, roomIn} from '../model/addresses.ts';
import type {Address, Family} from '../model/topology.ts';
import {plainWord} from './plain-word.ts';
import {complain, type Draft} from './topology-declarations.ts';
import type {KindDraft} from './topology-kinds.ts';
import type {Networks, SegmentDraft} from './topology-networks.ts';

interface Allocation {
	readonly draft: Draft;
	readonly networks: Networks;
	/** Owner of each address, by kind. */
	readonly owners: Map<string, string>;
	readonly free: Map<string, Iterator<string>>;
	/** Addresses wanted of each segment. */
	readonly wanted: Map<string, number>;
}

/**
 * Addresses of each replica of each kind, in the order of its segments, IPv4 before IPv6. They follow from the files
 * alone: kinds in their order, replicas by number, each the lowest free address.
 */
export function allocateAddresses(
	draft: Draft,
	kinds: readonly KindDraft[],
	networks: Networks,
): ReadonlyMap<string, readonly (readonly Address[])[]> {
	const allocation: Allocation = {draft, networks, owners: new Map(), free: new Map(), wanted: new Map()};
	const fixed = new Map(kinds.map(kind => [kind.kind, fixedAddresses(allocation, kind)]));
	const all = new Map<string, readonly (readonly Address[])[]>();
	for (const kind of kinds)
		all.set(
			kind.kind,
			Array.from({length: kind.replicas}, () => completed(allocation, kind, fixed.get(kind.kind)!)),
		);
	checkRoom(allocation);
	return all;
}

function fixedAddresses(allocation: Allocation, kind: KindDraft): readonly Address[] {
	const texts = kind.input.addresses ?? [];
	const {draft, owners} = allocation;
	if (texts.length > 0 && kind.replicas > 1)
		complain(
			draft,
			{document: kind.document, path: kind.pathOf('addresses'), part: 'key'},
			`${kind.base} has fixed addresses and ${kind.replicas} replicas`,
			'an address has one owner: leave addresses out, or write the replicas as workloads',
		);
	return texts.flatMap((text, index) => {
		const at = {document: kind.document, path: [...kind.pathOf('addresses'), index]};
		const address = normal(text);
		if (address === undefined) {
			complain(draft, at, `${plainWord(text)} is not an address of a workload`, 'such as 198.18.0.10 or fd00::10');
			return [];
		}
		const owner = owners.get(address);
		if (owner !== undefined) {
			complain(draft, at, `${address} is the address of ${owner} too`, 'an address has one owner');
			return [];
		}
		owners.set(address, kind.kind);
		const found = segmentOf(allocation, kind, address);
		if (found.kind === 'wrong') {
			complain(draft, at, found.what, found.mend);
			return [];
		}
		const {segment} = found;
		const cidr = segment === null ? undefined : allocation.networks.segments.get(segment)!.ipv4;
		if (segment !== null && familyOf(address) === 4 && !isGateway(cidr!, address)) count(allocation, segment);
		return [{family: familyOf(address), address, segment}];
	});
}

const count = ({wanted}: Allocation, segment: string): unknown => wanted.set(segment, (wanted.get(segment) ?? 0) + 1);

const familyOf = (address: string): Family => (address.includes(':') ? 6 : 4);

/** Names of the library for addresses that a host cannot have, or not for long. */
const special = new Set(['unspecified', 'loopback', 'linkLocal', 'multicast', 'broadcast', 'ipv4Mapped']);

/** In the one text form, or undefined for what is no address that a workload can have. */
function normal(text: string): string | undefined {
	const isIpv6 = text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text);
	if (!isIpv6 && !ipaddr.IPv4.isValidFourPartDecimal(text)) return undefined;
	const address = ipaddr.parse(text);
	return special.has(address.range()) ? undefined : address.toString();
}

type Found =
	| {readonly kind: 'in'; readonly segment: string | null}
	| {readonly kind: 'wrong'; readonly what: string; readonly mend: string};

/** The segment that a fixed address lies in. Outside hosts, and IPv6, may lie in none: a network has no IPv6 range to leave. */
function segmentOf({networks}: Allocation, kind: KindDraft, address: string): Found {
	const family = familyOf(address);
	const holds = (segment: SegmentDraft): boolean => contains(family === 4 ? segment.ipv4 : segment.ipv6, address);
	const own = networks.ofKind.get(kind.kind) ?? [];
	const mine = own.find(holds);
	if (mine !== undefined)
		return family === 4 && isReserved(mine.ipv4, address)
			? {
					kind: 'wrong',
					what: `${address} is the first or last address of ${mine.name}`,
					mend: 'these are not for workloads',
				}
			: {kind: 'in', segment: mine.name};
	const other = [...networks.segments.values()].find(holds);
	if (other !== undefined)
		return {
			kind: 'wrong',
			what: `${address} lies in ${other.name}, where ${kind.kind} is not`,
			mend: `it is in ${namesOf(own)}`,
		};
	if (family === 6 || kind.input.outside === true || own.length === 0) return {kind: 'in', segment: null};
	return {
		kind: 'wrong',
		what: `${address} lies outside ${namesOf(own)}, where ${kind.kind} is`,
		mend: 'take one of its range',
	};
}

const namesOf = (segments: readonly SegmentDraft[]): string =>
	segments.length === 0 ? 'no network' : segments.map(({name, ipv4}) => `${name} (${ipv4})`).join(' and ');

function completed(allocation: Allocation, kind: KindDraft, fixed: readonly Address[]): readonly Address[] {
	const own = allocation.networks.ofKind.get(kind.kind) ?? [];
	const nowhere = fixed.filter(({segment}) => segment === null);
	const inSegments = own.flatMap((segment, index) => {
		const here = fixed.filter(one => one.segment === segment.name);
		const has = (family: Family): boolean =>
			[...here, ...(index === 0 ? nowhere : [])].some(one => one.family === family);
		if (has(4) && has(6)) return here;
		const ipv4 = here.find(({family}) => family === 4)?.address ?? nextFree(allocation, segment);
		if (ipv4 === undefined) return here;
		const beside: Address = {family: 6, address: ipv6Beside(segment.ipv4, segment.ipv6, ipv4), segment: segment.name};
		return [
			...(has(4) ? [] : [{family: 4 as const, address: ipv4, segment: segment.name}]),
			...here,
			...(has(6) ? [] : [beside]),
		];
	});
	return [...nowhere, ...inSegments];
}

/** The lowest address of the segment that is free together with the IPv6 address beside it; undefined where it is full. */
function nextFree(allocation: Allocation, {name, ipv4, ipv6}: SegmentDraft): string | undefined {
	const {free, owners} = allocation;
	count(allocation, name);
	const hosts = free.get(name) ?? hostsIn(ipv4);
	free.set(name, hosts);
	for (let next = hosts.next(); next.done !== true; next = hosts.next())
		if (!owners.has(next.value) && !owners.has(ipv6Beside(ipv4, ipv6, next.value))) return next.value;
	return undefined;
}

function checkRoom({draft, networks, wanted}: Allocation): void {
	for (const [name, workloads] of wanted) {
		const {network, ipv4} = networks.segments.get(name)!;
		if (workloads <= roomIn(ipv4)) continue;
		const parts = [...networks.segments.values()].filter(segment => segment.network === network).length;
		const declared = draft.networks.get(network);
		const {document} = declared ?? [...draft.workloads.values()][0]!;
		complain(
			draft,
			{document, path: declared === undefined ? ['workloads'] : [...declared.path, 'cidr']},
			`${name} (${ipv4}) has room for ${roomIn(ipv4)}, and ${workloads} workloads are in it`,
			network === 'outside'
				? 'give some of them addresses'
				: `${network} needs a /${prefixFor(parts, workloads)} or wider`,
		);
	}
}
