// Many ends of flows as few words: kinds, and whole environments where all of one are meant.
import type {Family, Topology, Workload} from '../../core/model/topology.ts';
import type {SharedClass} from '../../core/reach/changes-classes.ts';
import {addressName} from '../../core/reach/connections-address-name.ts';
import {joinedSpans} from '../../core/reach/connections-ranges.ts';
import type {AddressSpan} from '../../core/reach/end-class.ts';
import {oneLine, plural} from '../report/lines.ts';

/** One end of many flows. */
export interface Party {
	/** Whole kinds by name, parts of one as `web.prod (1 of 2)`; sorted. */
	readonly kinds: readonly KindPart[];
	/** Addresses that no workload owns. */
	readonly ranges: readonly AddressSpan[];
	readonly workloads: number;
}

export interface KindPart {
	readonly kind: string;
	readonly workloads: number;
	/** Of the kind, on both sides together. */
	readonly of: number;
	/** Environment, or namespace where it is in none. */
	readonly zone: string | null;
	readonly jewel: boolean;
	readonly outside: boolean;
}

export interface Parties {
	partyOf(classes: readonly number[]): Party;
	/** `web.prod, api.prod`, `all of dev (8 kinds)`, `14 kinds (api.dev, cache.dev, …)`; at most `most` names. */
	words(party: Party, most?: number): string;
}

interface KnownKind extends Omit<KindPart, 'workloads' | 'of'> {
	readonly names: Set<string>;
}

/** Knows the kinds of both sides. */
export function partiesOf(classes: readonly SharedClass[], topologies: readonly Topology[]): Parties {
	const kinds = new Map<string, KnownKind>();
	for (const {workloads} of topologies)
		for (const workload of workloads) {
			const known = kinds.get(workload.kind);
			kinds.set(workload.kind, kindWith(known, workload));
		}
	const addresses = topologies.flatMap(({workloads}) => workloads.flatMap(workload => workload.addresses));
	const families = [...new Set(addresses.map(({family}) => family))];
	const zones = Map.groupBy(kinds.values(), ({zone}) => zone);
	const ofClass = classes.map(({members}) => Map.groupBy(members, ({kind}) => kind));
	return {
		partyOf(numbers) {
			const counts = new Map<string, number>();
			for (const number of numbers)
				for (const [kind, members] of ofClass[number]!) counts.set(kind, (counts.get(kind) ?? 0) + members.length);
			const parts = [...counts].map(([kind, workloads]) => {
				const {names, ...known} = kinds.get(kind)!;
				return {...known, workloads, of: names.size};
			});
			return {
				kinds: parts.sort((a, b) => (a.kind < b.kind ? -1 : 1)),
				ranges: joinedSpans(numbers.flatMap(number => classes[number]!.beyond?.ranges ?? [])),
				workloads: parts.reduce((sum, {workloads}) => sum + workloads, 0),
			};
		},
		words: (party, most = 3) => wordsOf(party, {zones, families, total: kinds.size, most}),
	};
}

function kindWith(known: KnownKind | undefined, workload: Workload): KnownKind {
	const {kind, environment, namespace, jewel, outside, name} = workload;
	if (known === undefined) return {kind, zone: environment ?? namespace, jewel, outside, names: new Set([name])};
	known.names.add(name);
	return jewel && !known.jewel ? {...known, jewel} : known;
}

interface Known {
	readonly zones: ReadonlyMap<string | null, readonly KnownKind[]>;
	readonly families: readonly Family[];
	readonly total: number;
	readonly most: number;
}

function wordsOf({kinds, ranges}: Party, {zones, families, total, most}: Known): string {
	const beyond = ranges.length === 0 ? [] : [addressName(ranges, families)];
	const whole = kinds.filter(part => part.workloads === part.of);
	if (whole.length === total && total > most) return ['every workload', ...beyond].join(', ');
	const byZone = Map.groupBy(whole, ({zone}) => zone);
	const full = [...byZone].filter(
		([zone, parts]) => zone !== null && parts.length > 2 && parts.length === zones.get(zone)!.length,
	);
	const covered = new Set(full.flatMap(([, parts]) => parts.map(({kind}) => kind)));
	const rest = kinds.filter(({kind}) => !covered.has(kind)).map(partWord);
	const names = full.map(([zone, parts]) => `all of ${oneLine(zone!)} (${plural(parts.length, 'kind')})`).sort();
	const others = rest.length <= most ? rest : [`${plural(rest.length, 'kind')} (${rest.slice(0, 2).join(', ')}, …)`];
	return [...names, ...others, ...beyond].join(', ');
}

/** `web.prod`, `web.prod (1 of 2)`. */
export const partWord = ({kind, workloads, of}: KindPart): string =>
	workloads === of ? oneLine(kind) : `${oneLine(kind)} (${workloads} of ${of})`;
