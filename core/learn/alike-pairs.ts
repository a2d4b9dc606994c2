// What was seen of some of a group's workloads, taken as true of all of them: ends with the same labels, where each of
// them was seen with someone of the other group. All that is added is told.
import type {LearnEnd} from './learn-ends.ts';
import {addPair, answers, hasPair, type NeededPort, type Pairs} from './needed-pairs.ts';

/** A pair that a rule allows and nobody was seen to use. */
export interface FurtherPair {
	readonly from: LearnEnd;
	readonly to: LearnEnd;
	readonly port: NeededPort;
}

export interface Generalised {
	readonly ports: readonly NeededPort[];
	readonly further: readonly FurtherPair[];
}

export function alikePairs(ends: readonly LearnEnd[], ports: readonly NeededPort[]): Generalised {
	const groups = Map.groupBy(ends, groupOf);
	const further: FurtherPair[] = [];
	const whole = ports.map(port => {
		const pairs: Pairs = new Map([...port.pairs].map(([from, all]) => [from, new Set(all)]));
		for (const [sources, destinations] of seenGroups(ends, port, groups))
			for (const from of sources)
				for (const to of destinations)
					if (!hasPair(pairs, from.at, to.at)) {
						addPair(pairs, from.at, to.at);
						further.push({from, to, port});
					}
		return {...port, pairs};
	});
	return {ports: whole, further};
}

/** Two groups of which every member was seen on this port, as source or, where it offers the port, as destination. */
function seenGroups(
	ends: readonly LearnEnd[],
	port: NeededPort,
	groups: ReadonlyMap<string, readonly LearnEnd[]>,
): readonly (readonly [readonly LearnEnd[], readonly LearnEnd[]])[] {
	const seen = new Map<string, {readonly from: Set<number>; readonly to: Set<number>}>();
	const between: [string, string, string][] = [];
	for (const [from, all] of port.pairs)
		for (const to of all) {
			const [left, right] = [groupOf(ends[from]!), groupOf(ends[to]!)];
			if (left === right) continue;
			const key = `${left} ${right}`;
			const known = seen.get(key);
			if (known === undefined) between.push([key, left, right]);
			const members = known ?? {from: new Set(), to: new Set()};
			seen.set(key, members);
			members.from.add(from);
			members.to.add(to);
		}
	return between.flatMap(([key, left, right]) => {
		const {from, to} = seen.get(key)!;
		const sources = groups.get(left)!;
		const destinations = groups.get(right)!.filter(end => answers(port, end));
		return from.size === sources.length && to.size === destinations.length ? [[sources, destinations] as const] : [];
	});
}

/** A label besides the environment is what makes workloads a group; without one, each stands for itself. */
function groupOf({kind, labels, labelled, outside}: LearnEnd): string {
	const {env: _, ...rest} = labels;
	return outside || Object.keys(rest).length === 0 ? `kind ${kind}` : labelled;
}
