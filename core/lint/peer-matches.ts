// Which peers a rule means for one end, and on which ports: the two sides of every match, for all peers at once.
import type {Direction, Match, PortMatch} from '../model/policy.ts';
import type {PeerMatch} from '../policy/end-program.ts';
import {portRanges} from '../policy/port.ts';
import {relationValues} from '../policy/relation.ts';
import {everyPort, noPorts, type PortSet, portSet} from '../reach/port-set.ts';
import {addBit, type BitSet, bitSet, bothBits, eitherBits, isNone, type Span, spanOf, withoutBits} from './bit-set.ts';
import type {LintEnd} from './ends.ts';
import type {SelectorSets} from './selector-sets.ts';

/** Peers for which a rule means the same ports. */
export interface Piece {
	readonly peers: BitSet;
	readonly ports: PortSet;
	/** Where in `peers` there is something: most rules mean few of many. */
	readonly span: Span;
}

export interface PeerMatches {
	/** Disjoint, none empty. */
	pieces(match: PeerMatch, direction: Direction, end: LintEnd): readonly Piece[];
	/** A word for the rule and for what of the end decides its `pieces`: two ends with one answer have the same. */
	trait(match: Match, direction: Direction, end: LintEnd): string;
}

export function peerMatches(ends: readonly LintEnd[], selectors: SelectorSets): PeerMatches {
	const byValue = new Map<string, BitSet>();
	const byPorts = new Map<readonly PortMatch[], readonly Bare[]>();
	const made = new Map<string, readonly Piece[]>();
	const numbers = new Map<Match, number>();
	const everyone = bitSet(
		ends.length,
		ends.map(({index}) => index),
	);

	/** Ends that have one of these values of the key. */
	const having = (key: string, values: readonly string[] | null): BitSet => {
		const name = JSON.stringify([key, values]);
		const known = byValue.get(name);
		if (known !== undefined) return known;
		const set = bitSet(ends.length);
		for (const {index, workload} of ends) {
			const own = workload === null ? [] : relationValues(key, workload);
			if (values === null ? own.length > 0 : own.some(value => values.includes(value))) addBit(set, index);
		}
		byValue.set(name, set);
		return set;
	};
	const related = ({same, differ}: Match, {workload}: LintEnd): BitSet => {
		if (same.length === 0 && differ.length === 0) return everyone;
		if (workload === null) return bitSet(ends.length);
		const alike = same.reduce((set, key) => bothBits(set, having(key, relationValues(key, workload))), everyone);
		if (differ.length === 0) return alike;
		const unlike = differ.map(key => {
			const own = relationValues(key, workload);
			return own.length === 0 ? bitSet(ends.length) : withoutBits(having(key, null), having(key, own));
		});
		return bothBits(alike, unlike.reduce(eitherBits));
	};
	const byDestination = (on: readonly PortMatch[]): readonly Bare[] => {
		const known = byPorts.get(on);
		if (known !== undefined) return known;
		const made = Map.groupBy(ends, ({workload}) => portsOf(on, workload).join());
		const pieces = [...made.values()].map(members => ({
			peers: bitSet(
				ends.length,
				members.map(({index}) => index),
			),
			ports: portsOf(on, members[0]!.workload),
		}));
		byPorts.set(on, pieces);
		return pieces;
	};

	const piecesOf = ({peer, match}: PeerMatch, direction: Direction, end: LintEnd): readonly Piece[] => {
		const peers = bothBits(selectors.of(peer), related(match, end));
		if (isNone(peers)) return [];
		const {on} = match;
		const all =
			on === null || direction === 'ingress' || !namesServices(on)
				? [{peers, ports: portsOf(on, end.workload)}]
				: byDestination(on).map(piece => ({peers: bothBits(peers, piece.peers), ports: piece.ports}));
		return all
			.filter(piece => piece.ports.length > 0 && !isNone(piece.peers))
			.map(piece => ({...piece, span: spanOf(piece.peers)}));
	};
	const trait: PeerMatches['trait'] = (match, direction, {workload}) => {
		const {same, differ, on} = match;
		const number = numbers.get(match) ?? numbers.size;
		numbers.set(match, number);
		const values = [...same, ...differ].map(key => (workload === null ? [] : relationValues(key, workload)));
		const ports = direction === 'ingress' && on !== null && namesServices(on) ? portsOf(on, workload) : noPorts;
		return values.length === 0 && ports.length === 0 ? `${number}` : `${number}${JSON.stringify([values, ports])}`;
	};
	return {
		trait,
		pieces(match, direction, end) {
			const key = `${direction} ${trait(match.match, direction, end)}`;
			const pieces = made.get(key) ?? piecesOf(match, direction, end);
			made.set(key, pieces);
			return pieces;
		},
	};
}

type Bare = Omit<Piece, 'span'>;

const namesServices = (on: readonly PortMatch[]): boolean => on.some(({kind}) => kind === 'service');

/** The ports that `on` means at a destination. */
export const portsOf = (on: readonly PortMatch[] | null, destination: LintEnd['workload']): PortSet =>
	on === null ? everyPort : portSet(on.flatMap(match => portRanges(match, destination)));
