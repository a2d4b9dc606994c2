// A match at one workload as the left sides of nftables rules, of which any may hold.
import type {Direction} from '../../core/model/policy.ts';
import type {Family, Workload} from '../../core/model/topology.ts';
import {parseAddress} from '../../core/policy/address.ts';
import {addressSet, isAll} from './address-set.ts';
import type {LocalAddresses, LocalMatch} from './local-program.ts';
import type {NamedSets} from './named-sets.ts';
import type {PeerGroup, PeersOf} from './peers.ts';
import {type Compared, portTexts} from './port-set.ts';

/** What matches of one workload are rendered with. */
export interface Lines {
	readonly workload: Workload;
	readonly compared: Compared;
	readonly peersOf: PeersOf;
	readonly sets: NamedSets;
}

const families = [4, 6] as const;

/** Left sides for a match; none where it can match nothing, one empty text where it matches everything. */
export const matchLines = (match: LocalMatch, direction: Direction, lines: Lines): readonly string[] =>
	lines.peersOf(match, direction, lines.workload).flatMap(group => groupLines(group, match.local, direction, lines));

/** Left sides for "one of these own addresses": one empty text where they are all of them. */
export const localLines = (local: LocalAddresses, direction: Direction, lines: Lines): readonly string[] =>
	isEvery(local, lines.workload) ? [''] : families.flatMap(family => localText(local, family, direction, lines) ?? []);

function groupLines(
	{ports, addresses}: PeerGroup,
	local: LocalAddresses,
	direction: Direction,
	lines: Lines,
): readonly string[] {
	if (isEvery(local, lines.workload) && families.every(family => isAll(addresses[family])))
		return portTexts(ports, null, lines.compared);
	return families.flatMap(family => {
		const own = localText(local, family, direction, lines);
		const set = addresses[family];
		if (own === undefined || set.length === 0) return [];
		const peer = isAll(set)
			? ''
			: addressText(family, direction === 'egress' ? 'daddr' : 'saddr', lines.sets.textOf(family, set), lines);
		const ends =
			[own, peer].filter(text => text.startsWith('ip') || text.startsWith('ct')).join(' ') ||
			`meta nfproto ipv${family}`;
		return portTexts(ports, family, lines.compared).map(port => `${ends} ${port}`.trim());
	});
}

const isEvery = (local: LocalAddresses, {addresses}: Workload): boolean => local.length === addresses.length;

/** Undefined where none of them is of the family; `meta nfproto …` where all of the family are. */
function localText(local: LocalAddresses, family: Family, direction: Direction, lines: Lines): string | undefined {
	const all = lines.workload.addresses.filter(address => address.family === family);
	const some = all.filter(({address}) => local.includes(address));
	if (some.length === 0) return undefined;
	if (some.length === all.length) return `meta nfproto ipv${family}`;
	const set = addressSet(some.map(({address}) => parseAddress(address)));
	return addressText(family, direction === 'egress' ? 'saddr' : 'daddr', lines.sets.textOf(family, set), lines);
}

const addressText = (family: Family, end: 'saddr' | 'daddr', values: string, {compared}: Lines): string =>
	`${compared === 'packet' ? '' : 'ct original '}${family === 4 ? 'ip' : 'ip6'} ${end} ${values}`;
