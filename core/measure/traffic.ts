// Evidence by the pair of kinds it runs between, so that a thousand dependencies do not each read every flow.
import type {Evidence} from '../contracts/evidence.ts';
import {flowKey} from '../model/flow.ts';
import type {Kinds} from './kinds.ts';

/** What was seen with no policy, and of the same flow under the candidate: undefined where it was not probed there. */
export interface Seen {
	readonly control: Evidence;
	readonly probed: Evidence | undefined;
}

/** By source kind, then destination kind; a workload's flows to itself are left out. */
export type Traffic = ReadonlyMap<string, ReadonlyMap<string, readonly Seen[]>>;

/** Pairs up both sides. Flows that the control never saw are in neither. */
export function trafficOf(kinds: Kinds, control: readonly Evidence[], probed: readonly Evidence[]): Traffic {
	const byKey = new Map(probed.map(evidence => [flowKey(evidence.flow), evidence]));
	const traffic = new Map<string, Map<string, Seen[]>>();
	for (const evidence of control) {
		const {source, destination} = evidence.flow;
		const [from, to] = [kinds.of(source.workload), kinds.of(destination.workload)];
		if (from === null || to === null || source.workload === destination.workload) continue;
		const row = traffic.get(from) ?? new Map<string, Seen[]>();
		traffic.set(from, row);
		const seen = row.get(to) ?? [];
		row.set(to, seen);
		seen.push({control: evidence, probed: byKey.get(flowKey(evidence.flow))});
	}
	return traffic;
}
