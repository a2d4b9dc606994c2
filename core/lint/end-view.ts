// What one end says about all of its peers: the peers in groups for which every rule means the same ports, and in each
// group what every rule decides. Ends with the same rules share a view.
import type {Direction, Rule} from '../model/policy.ts';
import type {EndProgram, Step} from '../policy/end-program.ts';
import {difference, everyPort, intersection, noPorts, type PortSet, union} from '../reach/port-set.ts';
import {type BitSet, bothWithin, hasBit, isNone, meet, withoutWithin} from './bit-set.ts';
import type {LintEnd} from './ends.ts';
import type {PeerMatches, Piece} from './peer-matches.ts';

/** A rule in a group. */
export interface Meeting {
	readonly step: Step;
	/** What it means there, exceptions taken away; never empty. */
	readonly matches: PortSet;
	/** What of that no earlier rule had decided. */
	readonly decides: PortSet;
}

export interface PeerGroup {
	readonly peers: BitSet;
	/** Only those that match something there, in the order of asking. */
	readonly guardrails: readonly Meeting[];
	readonly rules: readonly Meeting[];
	readonly baseline: readonly Meeting[];
	/** What no guardrail decides, so that the rules are asked. */
	readonly asked: PortSet;
	/** What of `asked` would be allowed with no rule at all: by baseline and default. */
	readonly otherwise: PortSet;
	readonly allowed: PortSet;
}

export interface EndView {
	readonly direction: Direction;
	readonly program: EndProgram;
	/** Those that share it. */
	readonly ends: Set<LintEnd>;
	readonly groups: readonly PeerGroup[];
}

type Tier = 'guardrails' | 'rules' | 'baseline';

/** A rule or one of its exceptions, and the peers that it means. */
interface Column {
	readonly step: Step;
	readonly tier: Tier;
	readonly exception: boolean;
	readonly pieces: readonly Piece[];
}

export function endView(
	{direction, program, end}: {direction: Direction; program: EndProgram; end: LintEnd},
	{matches, peers}: {matches: PeerMatches; peers: BitSet},
): EndView {
	const columns = (['guardrails', 'rules', 'baseline'] as const).flatMap(tier =>
		program[tier].flatMap(step =>
			[step, ...step.unless].map(
				(match, at): Column => ({step, tier, exception: at > 0, pieces: matches.pieces(match, direction, end)}),
			),
		),
	);
	const groups = grouped(columns, peers).map(group => judged(program, columns, group));
	return {direction, program, ends: new Set([end]), groups};
}

export const groupOf = ({groups}: EndView, peer: LintEnd): PeerGroup | undefined =>
	groups.find(({peers}) => hasBit(peers, peer.index));

/** Peers, and the ports of each column that means any of them. */
interface Group {
	readonly peers: BitSet;
	readonly ports: ReadonlyMap<number, PortSet>;
}

/** All peers, parted wherever a column tells them apart. */
function grouped(columns: readonly Column[], peers: BitSet): readonly Group[] {
	let groups: readonly Group[] = [{peers, ports: new Map()}];
	for (const [at, {pieces}] of columns.entries())
		for (const piece of pieces)
			groups = groups.flatMap(group => {
				if (!meet(group.peers, piece.peers, piece.span)) return [group];
				const matched = {
					peers: bothWithin(group.peers, piece.peers, piece.span),
					ports: new Map([...group.ports, [at, piece.ports]]),
				};
				const outside = withoutWithin(group.peers, piece.peers, piece.span);
				return isNone(outside) ? [matched] : [{peers: outside, ports: group.ports}, matched];
			});
	return groups;
}

function judged(program: EndProgram, columns: readonly Column[], {peers, ports}: Group): PeerGroup {
	const matching: Record<Tier, Map<Step, PortSet>> = {guardrails: new Map(), rules: new Map(), baseline: new Map()};
	for (const [at, set] of ports) {
		const {step, tier, exception} = columns[at]!;
		if (!exception) matching[tier].set(step, set);
		else if (matching[tier].has(step)) matching[tier].set(step, difference(matching[tier].get(step)!, set));
	}
	const guardrails = inOrder(matching.guardrails, everyPort);
	const passed = sum(guardrails.meetings, 'pass');
	const asked = union(guardrails.left, passed);
	const rules = inOrder(matching.rules, asked);
	const byDefault = program.otherwise.verdict.action === 'allow';
	const isolated = program.isolation !== null;
	const baseline = inOrder(matching.baseline, isolated ? noPorts : rules.left);
	const bare = inOrder(matching.baseline, isolated ? noPorts : asked);
	const otherwise = union(sum(bare.meetings, 'allow'), byDefault ? bare.left : noPorts);
	const decided = [...guardrails.meetings, ...rules.meetings, ...baseline.meetings];
	return {
		peers,
		guardrails: guardrails.meetings,
		rules: rules.meetings,
		baseline: baseline.meetings,
		asked,
		otherwise,
		allowed: union(sum(decided, 'allow'), byDefault ? baseline.left : noPorts),
	};
}

/** Each rule decides what those before it left. */
export function inOrder(
	matching: ReadonlyMap<Step, PortSet>,
	all: PortSet,
): {readonly meetings: readonly Meeting[]; readonly left: PortSet} {
	let left = all;
	const meetings: Meeting[] = [];
	for (const [step, matches] of matching) {
		if (matches.length === 0) continue;
		const decides = intersection(matches, left);
		left = difference(left, decides);
		meetings.push({step, matches, decides});
	}
	return {meetings, left};
}

const sum = (meetings: readonly Meeting[], action: Rule['action']): PortSet =>
	meetings.reduce((set, {step, decides}) => (step.action === action ? union(set, decides) : set), noPorts);
