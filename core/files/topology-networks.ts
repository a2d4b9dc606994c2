// Networks as segments, one an environment, and the segments that each workload lies in.
import ipaddr from 'ipaddr.js';
import {cutRange, ipv6RangeOf, overlap} from '../model/addresses.ts';
import {parseRange} from './address-range.ts';
import {didYouMean} from './nearest.ts';
import {plainWord} from './plain-word.ts';
import {complain, type Declared, type Draft} from './topology-declarations.ts';
import {type KindDraft, kindName} from './topology-kinds.ts';
import type {NetworkInput} from './topology-schema.ts';

/** One cut of a network: `app.prod`, or `app` for workloads without environment. */
export interface SegmentDraft {
	readonly name: string;
	readonly network: string;
	readonly environment: string | null;
	readonly ipv4: string;
	readonly ipv6: string;
}

export interface Networks {
	/** By name, in the order of the files and of the environments. */
	readonly segments: ReadonlyMap<string, SegmentDraft>;
	/** Ranges before the cut, by name of the network. */
	readonly ranges: ReadonlyMap<string, string>;
	/** Segments of each kind by its name, in its own order; none where something is wrong with them. */
	readonly ofKind: ReadonlyMap<string, readonly SegmentDraft[]>;
}

/** Where no network is declared. RFC 2544: meets nobody's LAN. */
const implicit = {name: 'net', cidr: '198.18.0.0/16'} as const;

/** Where outside hosts live that name no network: documentation ranges (RFC 5737, RFC 3849), never cut. */
const beyond = {name: 'outside', ipv4: '192.0.2.0/24', ipv6: '2001:db8::/64'} as const;

export function resolveNetworks(draft: Draft, kinds: readonly KindDraft[]): Networks {
	const ranges = readRanges(draft, kinds);
	const wanted = new Map(kinds.map(kind => [kind, wantedBy(draft, kind)]));
	const withoutEnvironment = new Set(
		[...wanted].flatMap(([kind, names]) =>
			kind.environment === null ? names.filter(name => !name.includes('.')) : [],
		),
	);
	const segments = new Map<string, SegmentDraft>();
	for (const [network, cidr] of ranges)
		for (const segment of cut(draft, {network, cidr}, withoutEnvironment.has(network)))
			segments.set(segment.name, segment);
	const ofKind = new Map<string, readonly SegmentDraft[]>();
	for (const [kind, names] of wanted)
		ofKind.set(
			kind.kind,
			names.flatMap(name => segmentNamed(draft, {kind, name, segments, ranges}) ?? []),
		);
	return {segments, ranges, ofKind};
}

function readRanges(draft: Draft, kinds: readonly KindDraft[]): ReadonlyMap<string, string> {
	const ranges = new Map<string, string>();
	const places = new Map<string, Declared<NetworkInput>>();
	for (const declared of draft.networks.values()) {
		const {name, document, path, input} = declared;
		if (name === beyond.name)
			complain(
				draft,
				{document, path, part: 'key'},
				`the network name ${name} is reserved`,
				'outside hosts live in it',
			);
		const wrong = whyNoRange(input.cidr);
		if (wrong !== undefined) {
			complain(draft, {document, path: [...path, 'cidr']}, wrong.what, wrong.mend);
			continue;
		}
		for (const [other, range] of ranges)
			if (overlap(range, input.cidr)) {
				const what = `network ${name}, ${input.cidr}, overlaps network ${other}, ${range}`;
				complain(draft, {document, path: [...path, 'cidr']}, what, 'give one of them another range');
			}
		ranges.set(name, input.cidr);
		places.set(name, declared);
	}
	if (draft.networks.size === 0 && !draft.lost.has('networks')) ranges.set(implicit.name, implicit.cidr);
	if (kinds.some(isBeyond)) {
		for (const [name, range] of ranges)
			if (overlap(range, beyond.ipv4)) {
				const {document, path} = places.get(name)!;
				const what = `network ${name}, ${range}, overlaps ${beyond.ipv4}, where outside hosts live`;
				complain(
					draft,
					{document, path: [...path, 'cidr']},
					what,
					'give it another range, or the outside hosts a network',
				);
			}
		ranges.set(beyond.name, beyond.ipv4);
	}
	return ranges;
}

const notForWorkloads: readonly (readonly [string, string])[] = [
	['0.0.0.0/8', 'unspecified'],
	['127.0.0.0/8', 'loopback'],
	['169.254.0.0/16', 'link-local'],
	['224.0.0.0/4', 'multicast'],
	['240.0.0.0/4', 'reserved'],
];

function whyNoRange(cidr: string): {readonly what: string; readonly mend: string} | undefined {
	const range = parseRange(cidr);
	if (range.kind === 'wrong') return range;
	const address = ipaddr.parse(range.cidr.split('/')[0]!);
	if (address.kind() === 'ipv6')
		return {what: `${cidr} is IPv6`, mend: 'write the IPv4 range: each segment gets its IPv6 prefix by itself'};
	if (!cidr.includes('/')) return {what: `${cidr} is one address`, mend: `a range is written ${cidr}/24`};
	const special = notForWorkloads.find(([block]) => overlap(block, range.cidr));
	if (special !== undefined)
		return {
			what: `${cidr} cannot be a network: it has ${special[1]} addresses`,
			mend: 'such as 198.18.0.0/20 or 10.20.0.0/16',
		};
	return undefined;
}

const isBeyond = ({input}: KindDraft): boolean =>
	input.outside === true && input.network === undefined && input.networks === undefined;

/** Names of the networks or segments that a kind says it is in, or its default. */
function wantedBy(draft: Draft, kind: KindDraft): readonly string[] {
	const {input, document, path} = kind;
	if (input.network !== undefined && input.networks !== undefined)
		complain(
			draft,
			{document, path: kind.pathOf('networks'), part: 'key'},
			`${kind.base} has network and networks`,
			'keep one of them',
		);
	if (input.networks !== undefined) return [...new Set(input.networks)];
	if (input.network !== undefined) return [input.network];
	if (isBeyond(kind)) return [beyond.name];
	const names = [...draft.networks.keys()];
	if (names.length <= 1) return [names[0] ?? implicit.name];
	complain(
		draft,
		{document, path, part: 'key'},
		`${kind.base} does not say in which network it is`,
		`add network, one of: ${names.slice(0, 8).join(', ')}`,
	);
	return [];
}

function cut(
	draft: Draft,
	{network, cidr}: {network: string; cidr: string},
	alsoNone: boolean,
): readonly SegmentDraft[] {
	if (network === beyond.name)
		return [{name: network, network, environment: null, ipv4: beyond.ipv4, ipv6: beyond.ipv6}];
	const parts = [...draft.environments, ...(alsoNone || draft.environments.length === 0 ? [null] : [])];
	const cuts = cutRange(cidr, parts.length);
	if (cuts === undefined) {
		const {document, path} = draft.networks.get(network)!;
		const what = `network ${network}, ${cidr}, is too small to be cut into ${parts.length} segments`;
		complain(
			draft,
			{document, path: [...path, 'cidr']},
			what,
			`one for each environment: ${cidr.split('/')[0]}/20 would do`,
		);
		return [];
	}
	return parts.map((environment, index) => {
		const ipv4 = cuts[index]!;
		return {name: kindName(network, environment), network, environment, ipv4, ipv6: ipv6RangeOf(ipv4)};
	});
}

function segmentNamed(
	draft: Draft,
	{kind, name, segments, ranges}: {kind: KindDraft; name: string} & Pick<Networks, 'segments' | 'ranges'>,
): SegmentDraft | undefined {
	const segment = segments.get(
		name.includes('.') ? name : kindName(name, name === beyond.name ? null : kind.environment),
	);
	const network = name.split('.')[0]!;
	// A network whose range is wrong, or that cannot be cut, has had its problem told.
	const told =
		draft.lost.has(network) || (draft.networks.has(network) && (!ranges.has(network) || !name.includes('.')));
	if (segment !== undefined || told) return segment;
	const {networks} = kind.input;
	const path = networks === undefined ? kind.pathOf('network') : [...kind.pathOf('networks'), networks.indexOf(name)];
	complain(
		draft,
		{document: kind.document, path},
		`there is no network ${plainWord(name)}`,
		didYouMean(name, name.includes('.') ? segments.keys() : ranges.keys()),
	);
	return undefined;
}
