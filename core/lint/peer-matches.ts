// Which peers a rule means for one end, and on which ports: the two sides of every match, for all peers at once.
import type {Direction, Match, PortMatch} from '../model/policy.ts';
import type {Workload} from '../model/topology.ts';
import type {PeerMatch} from '../policy/end-program.ts';
import {relationValues} from '../policy/relation.ts';
import type {PortSet} from '../reach/port-set.ts';
import {addBit, type BitSet, bitSet, bothBits, eitherBits, isNone, type Span, spanOf, withoutBits} from './bit-set.ts';
import {endTraits} from './end-traits.ts';
import type {LintEnd} from './ends.ts';
import {namesServices, portsOf} from './ports-of.ts';
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
	const traits = endTraits();
	const byRelation = new Map<string, BitSet>();
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
	const related = (match: Match, {workload}: LintEnd): BitSet => {
		if (match.same.length === 0 && match.differ.length === 0) return everyone;
		if (workload === null) return bitSet(ends.length);
		const name = traits.relation(match, workload);
		const known = byRelation.get(name) ?? relatedTo(match, workload);
		byRelation.set(name, known);
		return known;
	};
	const relatedTo = ({same, differ}: Match, workload: Workload): BitSet => {
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
		const pieces = [...Map.groupBy(ends, ({workload}) => traits.ports(on, workload)).values()].map(members => ({
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
	return {
		trait: traits.of,
		pieces(match, direction, end) {
			const key = `${direction} ${traits.of(match.match, direction, end)}`;
			const pieces = made.get(key) ?? piecesOf(match, direction, end);
			made.set(key, pieces);
			return pieces;
		},
	};
}

type Bare = Omit<Piece, 'span'>;
