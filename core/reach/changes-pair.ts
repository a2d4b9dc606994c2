// One pair of classes: which rules closed it on one side and opened it on the other.
import type {Direction, RuleRef} from '../model/policy.ts';
import type {ChangedEnd, PairChange} from './changes.ts';
import {everyPort, intersection, type PortSet, union} from './port-set.ts';

/** A rule that decides something of a pair; never a `pass`. */
export interface Decider {
	readonly rule: RuleRef;
	readonly action: 'allow' | 'deny';
	/** Not empty, and nothing that another decider of the same end decides. */
	readonly decides: PortSet;
}

/** What each end's rules decide of a pair; null for an end that is not judged. */
export type Deciders = Readonly<Record<Direction, readonly Decider[] | null>>;

/** A change in one family. */
export type FamilyChange = Omit<PairChange, 'family'>;

/**
 * The changes of a pair by the rules responsible: the ends that denied on one side and what they say on the other. Where
 * a side is null (an end is not there), both ends count.
 */
export function pairChanges(pair: {
	readonly opened: PortSet;
	readonly closed: PortSet;
	readonly before: Deciders | null;
	readonly after: Deciders | null;
}): readonly FamilyChange[] {
	const {opened, closed, before, after} = pair;
	const because = before === null || after === null ? 'workloads' : 'policy';
	return [
		...changesOf(opened, before, after).map(({ports, denied, allowed}) => ({
			kind: 'opened' as const,
			because,
			ports,
			ends: endsOf(denied, allowed).map(({direction, deny, allow}) => ({direction, was: deny, now: allow})),
		})),
		...changesOf(closed, after, before).map(({ports, denied, allowed}) => ({
			kind: 'closed' as const,
			because,
			ports,
			ends: endsOf(denied, allowed).map(({direction, deny, allow}) => ({direction, was: allow, now: deny})),
		})),
	] as readonly FamilyChange[];
}

type Word = Decider | null;
type Words = Readonly<Record<Direction, Word>>;

interface Piece {
	readonly ports: PortSet;
	/** Null: nobody denied, for an end was not there. */
	readonly denied: Words | null;
	readonly allowed: Words;
}

/** The ports in pieces on which all four ends have one rule each; pieces that name the same rules are one. */
function changesOf(ports: PortSet, denying: Deciders | null, allowing: Deciders | null): readonly Piece[] {
	if (ports.length === 0) return [];
	const pieces = new Map<string, Piece>();
	for (const allowed of wordsOf(ports, allowing!))
		for (const denied of denying === null ? [{ports: allowed.ports, words: null}] : wordsOf(allowed.ports, denying)) {
			const key = endsOf(denied.words, allowed.words)
				.map(({direction, deny, allow}) => `${direction} ${deny?.id} ${allow?.id}`)
				.join();
			const known = pieces.get(key);
			pieces.set(key, {
				ports: known === undefined ? denied.ports : union(known.ports, denied.ports),
				denied: denied.words,
				allowed: allowed.words,
			});
		}
	return [...pieces.values()];
}

function wordsOf(ports: PortSet, {egress, ingress}: Deciders): readonly {ports: PortSet; words: Words}[] {
	const anybody: readonly Word[] = [null];
	return (egress ?? anybody).flatMap(sent => {
		const left = intersection(ports, sent?.decides ?? everyPort);
		if (left.length === 0) return [];
		return (ingress ?? anybody).flatMap(received => {
			const both = intersection(left, received?.decides ?? everyPort);
			return both.length === 0 ? [] : [{ports: both, words: {egress: sent, ingress: received}}];
		});
	});
}

type EndPair = {
	readonly direction: ChangedEnd['direction'];
	readonly deny: ChangedEnd['was'];
	readonly allow: ChangedEnd['was'];
};

/** The ends that denied, each with what it says where the flow is allowed. */
function endsOf(denied: Words | null, allowed: Words): readonly EndPair[] {
	const ends = (['egress', 'ingress'] as const).flatMap((direction): readonly EndPair[] => {
		const [deny, allow] = [denied?.[direction] ?? null, allowed[direction]?.rule ?? null];
		if (denied === null) return allow === null ? [] : [{direction, deny: null, allow}];
		return deny?.action === 'deny' ? [{direction, deny: deny.rule, allow}] : [];
	});
	const [first, second] = ends;
	if (second === undefined || first!.deny?.id !== second.deny?.id || first!.allow?.id !== second.allow?.id) return ends;
	return [{...second, direction: 'both'}];
}
