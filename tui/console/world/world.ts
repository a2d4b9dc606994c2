// What the console knows of a lab: the fold of its events, from a live lab or from a recording, and nothing else.
import type {ActionRecord, AttackEnd} from '../../../core/contracts/event.ts';
import type {KernelLog} from '../../../core/contracts/evidence.ts';
import type {Placement, RuleRef, Stack} from '../../../core/model/policy.ts';
import type {Rehearsal} from '../../../core/model/rehearsal.ts';
import type {Family, Protocol} from '../../../core/model/topology.ts';
import type {History} from '../history.ts';

/** The policy that judges packets now. */
export interface WorldPolicy {
	readonly name: string;
	readonly stack: Stack;
	readonly placement: Placement;
	/** Denies nothing, and logs what it would deny. */
	readonly observed: boolean;
	/** By the clock of the events. */
	readonly sinceMs: number;
	/** Every rule that a log can name. */
	readonly rules: ReadonlyMap<string, RuleRef>;
}

/** What happened to one workload since the last reset; one to which nothing happened has none. */
export interface Fate {
	/** `tried`: an attacker aimed at it; `compromised`: a session without a shell; `pivot`: code of the attacker runs there. */
	readonly state: 'tried' | 'compromised' | 'pivot';
	readonly foothold: boolean;
	/** Whence it fell, and by which technique; null for footholds and where it only was tried. */
	readonly from: string | null;
	readonly technique: string | null;
	readonly atMs: number;
	/** Attempts on it that a rule stopped. */
	readonly denied: number;
}

/** One thing aimed from one workload at another, drawn along its way for a moment. */
export interface Attempt {
	readonly from: string;
	readonly to: string;
	readonly port: number | null;
	readonly protocol: string | null;
	readonly result: 'allowed' | 'denied' | 'fell';
	readonly atMs: number;
}

export interface AttackState {
	readonly scenario: string;
	readonly foothold: string;
	readonly candidate: string;
	readonly startedMs: number;
	readonly actions: number;
	readonly denied: number;
	/** Null while it is under way; `stopped` where its client went. */
	readonly ended: AttackEnd | 'stopped' | null;
}

/** One line of the timeline. */
export type Step =
	| {readonly kind: 'started' | 'over'; readonly text: string; readonly atMs: number}
	| {
			readonly kind: 'action';
			readonly record: ActionRecord;
			/** The rule that stopped it, of the policy in force then; null where none did or nobody said. */
			readonly rule: RuleRef | null;
			readonly atMs: number;
	  }
	| {readonly kind: 'policy'; readonly text: string; readonly atMs: number};

/** One verdict on one flow, live. */
export interface Verdict {
	/** Workloads, or addresses where nobody owns them. */
	readonly from: string;
	readonly to: string;
	readonly family: Family;
	readonly protocol: Protocol;
	readonly port: number;
	readonly decision: KernelLog['decision'] | 'closed' | 'inconclusive';
	readonly rule: RuleRef | null;
	/** Who sent it: a probe, an attacker, or a program in a workload. */
	readonly by: 'probe' | 'attack' | 'traffic';
	/** Where the rule stands; null for probes, whose verdict is of both ends. */
	readonly site: string | null;
	readonly atMs: number;
}

/** How often a rule decided, since the policy is in force. */
export interface Hits {
	readonly count: number;
	readonly lastMs: number;
}

/** Flows of one dependency under the policy in force: how many were probed, and how many of them a rule denied. */
export interface Need {
	readonly probed: number;
	readonly denied: number;
}

export interface World {
	readonly lab: string;
	readonly rehearsal: Rehearsal;
	/** Milliseconds since 1970 of the events' zero; 0 where nobody knows. */
	readonly startedAt: number;
	/** The newest event's time. */
	readonly clockMs: number;
	readonly policy: WorldPolicy;
	/** Texts of policy files, by the names that the places of rules have. */
	readonly sources: ReadonlyMap<string, string>;
	/** By workload. */
	readonly fates: ReadonlyMap<string, Fate>;
	readonly quarantined: ReadonlySet<string>;
	readonly attack: AttackState | null;
	/** Of the last moments, oldest first. */
	readonly attempts: readonly Attempt[];
	readonly timeline: History<Step>;
	readonly verdicts: History<Verdict>;
	readonly log: History<{readonly text: string; readonly atMs: number}>;
	readonly hits: ReadonlyMap<string, Hits>;
	/** The rule that decided last. */
	readonly lastRule: string | null;
	/** By the dependency's number in the topology. */
	readonly needs: ReadonlyMap<number, Need>;
	/** Reachability as probed under the policy in force: by `cellKey` of kinds. */
	readonly measured: ReadonlyMap<string, 'open' | 'closed' | 'denied' | 'mixed' | 'inconclusive'>;
	/** Events that nobody could tell: whoever watched read too slowly. */
	readonly missed: number;
}

/** Source kind, destination kind, port: what a cell of the matrix is about. */
export const cellKey = (from: string, to: string, protocol: string, port: number): string =>
	`${from}>${to}:${port}/${protocol}`;
