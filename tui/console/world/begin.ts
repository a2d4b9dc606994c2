// The world before its first event: what a lab says of itself when one asks, or the head of a recording.
import type {Placement, Stack} from '../../../core/model/policy.ts';
import type {Rehearsal} from '../../../core/model/rehearsal.ts';
import {quarantinedBy} from '../../../core/policy/quarantine.ts';
import {ruleById} from '../../../core/policy/rule-index.ts';
import {history} from '../history.ts';
import type {Fate, World, WorldPolicy} from './world.ts';

/** So much is kept of each list; what is older is counted. */
const kept = {timeline: 20_000, verdicts: 5000, log: 2000} as const;

export interface Beginning {
	readonly lab: string;
	readonly rehearsal: Rehearsal;
	readonly startedAt: number;
	/** By the clock of the events. */
	readonly nowMs: number;
	readonly inForce: {
		readonly name: string;
		readonly stack: Stack;
		readonly placement: Placement;
		readonly observed: boolean;
	};
	/** Texts of the policies' files, by the names that rules' places have; what is not there is shown by its rules. */
	readonly sources?: ReadonlyMap<string, string>;
	/** Who fell before this console looked. */
	readonly compromised: readonly {
		readonly workload: string;
		readonly from: string | null;
		readonly technique: string | null;
	}[];
}

export const begin = ({lab, rehearsal, startedAt, nowMs, inForce, compromised, sources}: Beginning): World => ({
	lab,
	rehearsal,
	startedAt,
	clockMs: nowMs,
	policy: worldPolicy(inForce, nowMs),
	sources: sources ?? new Map(),
	fates: new Map(
		compromised.map(({workload, from, technique}): [string, Fate] => [
			workload,
			{state: 'pivot', foothold: from === null, from, technique, atMs: nowMs, denied: 0},
		]),
	),
	quarantined: new Set(quarantinedBy(inForce.stack)),
	attack: null,
	attempts: [],
	...emptyLists(),
	log: history(kept.log),
	hits: new Map(),
	lastRule: null,
	needs: new Map(),
	measured: new Map(),
	missed: 0,
});

/** Of an attacker, before it did anything. */
export const emptyLists = (): Pick<World, 'timeline' | 'verdicts'> => ({
	timeline: history(kept.timeline),
	verdicts: history(kept.verdicts),
});

export const worldPolicy = (inForce: Beginning['inForce'], sinceMs: number): WorldPolicy => ({
	...inForce,
	sinceMs,
	rules: ruleById(inForce.stack),
});
