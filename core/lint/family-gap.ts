// Where a rule about addresses of one family makes the two families differ between the same two ends.
import type {Family} from '../model/topology.ts';
import type {EndClass} from '../reach/end-class.ts';
import {difference, samePorts} from '../reach/port-set.ts';
import {membersOf} from './bit-set.ts';
import {cidrTermsOf, wholeFamilies} from './cidr-terms.ts';
import {flowOf, type LintEnd} from './ends.ts';
import type {Fate} from './fate.ts';
import type {Witness} from './finding.ts';
import type {LintSubject, WrittenRule} from './subject.ts';
import {portsToShow, witnessOf} from './witness.ts';

export interface FamilyGap {
	readonly written: WrittenRule;
	/** The family in which it may pass, and does not in the other. */
	readonly open: Family;
	/** The flow that passes. */
	readonly witness: Witness;
}

/** Pairs that are compared for one rule; of more, the first so many. */
const mostPairs = 100_000;

/** Null where what the rule decides in one family is decided alike in the other, between each two ends that have both. */
export function familyGap(
	subject: LintSubject,
	{written, encounters}: Extract<Fate, {kind: 'works'}>,
): FamilyGap | null {
	const twinOf = twins(
		subject,
		cidrTermsOf(written.rule).some(({cidr}) => wholeFamilies(cidr).length > 0),
	);
	let looked = 0;
	for (const {view, group, meeting} of encounters) {
		if (meeting.decides.length === 0) continue;
		for (const end of view.ends)
			for (const number of membersOf(group.peers)) {
				const peer = subject.ends.all[number]!;
				const [endTwin, peerTwin] = [twinOf(end), twinOf(peer)];
				if (endTwin === undefined || peerTwin === undefined) continue;
				if (looked++ > mostPairs) return null;
				const [here, there] =
					view.direction === 'egress'
						? [
								{source: end, destination: peer},
								{source: endTwin, destination: peerTwin},
							]
						: [
								{source: peer, destination: end},
								{source: peerTwin, destination: endTwin},
							];
				const witness = written.rule.action === 'allow' ? shown(subject, here, there) : shown(subject, there, here);
				if (witness !== null) return {written, open: witness.flow.family, witness};
			}
	}
	return null;
}

/**
 * The same end in the other family: a workload's first address, and for the world beyond the addresses that stand for
 * it, where the rule means all of a family. Undefined for what has no twin.
 */
function twins({ends}: LintSubject, world: boolean): (end: LintEnd) => LintEnd | undefined {
	const firsts = new Map<EndClass, Map<Family, LintEnd>>();
	for (const end of ends.all) {
		const own = firsts.get(end.endClass) ?? new Map<Family, LintEnd>();
		firsts.set(end.endClass, own);
		if (!own.has(end.family)) own.set(end.family, end);
	}
	const beyond = ends.all.filter(({workload, address}) => workload === null && worldly.includes(address));
	return end => {
		const other = otherFamily[end.family];
		const own = firsts.get(end.endClass)!;
		if (end.workload !== null) return own.get(end.family) === end ? own.get(other) : undefined;
		return world && beyond.includes(end) ? beyond.find(({family}) => family === other) : undefined;
	};
}

const otherFamily = {4: 6, 6: 4} as const;

/** What `lintEnds` shows the world by. */
const worldly: readonly string[] = ['203.0.113.10', '8.8.8.8', '2001:db8::10', '2001:4860:4860::8888'];

interface Pair {
	readonly source: LintEnd;
	readonly destination: LintEnd;
}

/** A flow that passes between the one pair, and is denied between the other. */
function shown(subject: LintSubject, open: Pair, shut: Pair): Witness | null {
	const [wide, narrow] = [open, shut].map(({source, destination}) => subject.open(source, destination));
	if (samePorts(wide!, narrow!)) return null;
	for (const port of portsToShow(difference(wide!, narrow!), open.destination)) {
		const twin = flowOf(shut.source, shut.destination, port);
		if (twin === undefined || subject.verdict(twin).action !== 'deny') continue;
		const witness = witnessOf(subject, [flowOf(open.source, open.destination, port)], ({action}) => action === 'allow');
		if (witness !== null) return witness;
	}
	return null;
}
