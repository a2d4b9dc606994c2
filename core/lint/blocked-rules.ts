// Allows that one end says and the other one always contradicts: what they allow never arrives.
import type {Direction} from '../model/policy.ts';
import {intersection} from '../reach/port-set.ts';
import {membersOf} from './bit-set.ts';
import {flowOf, kindsIn, type LintEnd} from './ends.ts';
import type {Encounter, Fate} from './fate.ts';
import type {Witness} from './finding.ts';
import type {LintSubject, WrittenRule} from './subject.ts';
import {flowsBetween, witnessOf} from './witness.ts';

export interface Blocked {
	readonly written: WrittenRule;
	/** The direction in which it is allowed; the other one is denied. */
	readonly direction: Direction;
	/** The end that the rule speaks for, and the one that contradicts it. */
	readonly end: LintEnd;
	readonly peer: LintEnd;
	/** Never null: a rule is told only where a flow shows it. */
	readonly witness: Witness;
}

/** Pairs of ends that are looked at for one rule; beyond that it is taken to be of use. */
const mostPairs = 400_000;

/** Of the rules that work, those of which no flow between two ends passes both. */
export function blockedRules(subject: LintSubject, fates: readonly Fate[]): readonly Blocked[] {
	return fates.flatMap(fate => {
		if (fate.kind !== 'works' || fate.written.tier !== 'rules') return [];
		const pair = firstBlocked(subject, fate.encounters);
		return pair === null ? [] : explain(subject, fate.written, pair);
	});
}

interface Pair {
	readonly encounter: Encounter;
	readonly end: LintEnd;
	readonly peer: LintEnd;
}

/** Null where some flow passes, or there is none. */
function firstBlocked(subject: LintSubject, encounters: readonly Encounter[]): Pair | null {
	let first: Pair | null = null;
	let looked = 0;
	for (const encounter of encounters) {
		const {view, group, meeting} = encounter;
		const asked = intersection(meeting.matches, group.asked);
		if (asked.length === 0) continue;
		for (const end of view.ends) {
			if (subject.view(view.direction, end) !== view) continue;
			for (const number of membersOf(group.peers)) {
				const peer = subject.ends.all[number]!;
				if (looked++ > mostPairs) return null;
				if (flowOf(end, peer, {protocol: 'tcp', port: 1}) === undefined) continue;
				const far = subject.side(otherWay[view.direction], peer, end);
				if (far === null || intersection(far, asked).length > 0) return null;
				if (!areReplicas(end, peer)) first ??= {encounter, end, peer};
			}
		}
	}
	return first;
}

/** Of one kind: what they have to say to each other nobody wrote a rule for. */
const areReplicas = (end: LintEnd, peer: LintEnd): boolean =>
	end.endClass === peer.endClass && kindsIn(end).length === 1;

const otherWay: Readonly<Record<Direction, Direction>> = {egress: 'ingress', ingress: 'egress'};

function explain(subject: LintSubject, written: WrittenRule, {encounter, end, peer}: Pair): readonly Blocked[] {
	const {view, group, meeting} = encounter;
	const {direction} = view;
	const asked = intersection(meeting.matches, group.asked);
	const witness = witnessOf(
		subject,
		flowsBetween(view, end, peer, asked),
		verdict =>
			verdict[direction]?.action === 'allow' && verdict.action === 'deny' && verdict.direction === otherWay[direction],
	);
	return witness === null ? [] : [{written, direction, end, peer, witness}];
}
