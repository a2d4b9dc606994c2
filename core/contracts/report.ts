// The result of `rehearse`, schema `firebreak/rehearsal/v1`: the fields of DESIGN.md, by these names. Undefined is null.
import type {Mode, Placement} from '../model/policy.ts';

export interface StillLost {
	readonly kind: string;
	readonly environment: string | null;
	readonly jewel: boolean;
	/** From the foothold on; each step with the rule that let it pass (null where no rule was in force). */
	readonly path: readonly {
		readonly from: string;
		readonly to: string;
		/** The relay that made the connection, whose rule it is; left out where `from` did. */
		readonly via?: string;
		readonly technique: string;
		readonly protocol: string | null;
		readonly port: number | null;
		readonly rule: RuleText | null;
	}[];
	/** The cheapest step to cut: its index in `path`, and the dependencies that need it. Null where no rule allowed one. */
	readonly cut: {readonly step: number; readonly neededBy: readonly string[]} | null;
}

/** A rule as reports name it. */
export interface RuleText {
	readonly id: string;
	readonly name: string;
	readonly policy: string;
	/** `segmented.policy.yaml:19`, or null for `none`. */
	readonly where: string | null;
}

export interface Containment {
	readonly compromised: number;
	readonly others: number;
	/** compromised / others; null where there are no others. */
	readonly blastRadius: number | null;
	/** Workloads beside kinds. */
	readonly workloads: {readonly compromised: number; readonly others: number};
	/** `jewels`: crown jewels among the others there. */
	readonly byEnvironment: Readonly<
		Record<string, {readonly compromised: number; readonly others: number; readonly jewels: number}>
	>;
	readonly saved: number | null;
	readonly savable: number | null;
	/** Why `saved` is null: `nothing to contain`, `a limit ended the run`, `goal-directed`, `the control`. */
	readonly savedReason: string | null;
	readonly jewelsReached: number;
	readonly jewels: number;
	readonly hopsToFirstJewel: number | null;
	readonly actionsToFirstJewel: number | null;
	readonly labSeconds: number | null;
	readonly exposedServices: number;
	readonly servicesOfOthers: number;
	/** Attempts of the attacker that some end logged, allowed or denied; `deniedAttempts` are some of them. */
	readonly noise: number;
	readonly deniedAttempts: number;
	readonly firstDeniedAction: number | null;
	readonly stillLost: readonly StillLost[];
	readonly lostKinds: readonly string[];
	readonly ended: 'exhausted' | 'goal' | 'limit';
}

export interface BrokenFlow {
	/** `worker.prod -> queue.prod:5672/tcp`. */
	readonly dependency: string;
	/** Flows that fail, of all that answered with no policy. */
	readonly failing: number;
	readonly of: number;
	readonly rule: RuleText | null;
	readonly source: 'declared' | 'imported' | 'assumed' | 'learned';
	readonly vital: boolean;
}

export interface Coverage {
	/** Services of counted kinds, those with a known caller, and the share covered / services (null where there are none). */
	readonly services: number;
	readonly covered: number;
	readonly share: number | null;
	readonly bySource: Readonly<Record<'declared' | 'imported' | 'assumed' | 'learned', number>>;
	/** `carts:80/tcp`. */
	readonly withoutCaller: readonly string[];
}

export interface Breakage {
	/** Known dependencies that are neither dangling nor assumed. */
	readonly dependencies: number;
	readonly broken: number;
	readonly flows: readonly BrokenFlow[];
	readonly untestable: readonly string[];
	readonly dangling: readonly string[];
	readonly orphaned: readonly string[];
	readonly coverage: Coverage;
}

export interface Outcomes {
	readonly checked: number;
	readonly permitted: number;
	readonly rejected: number;
	readonly escaped: number;
	readonly misdropped: number;
	readonly inconclusive: number;
	/** Flows by name with the reason, at most 100. */
	readonly inconclusiveFlows: readonly {readonly flow: string; readonly reason: string}[];
	/** Would-deny and would-allow, counted beside. */
	readonly wouldDeny: number;
	readonly wouldAllow: number;
}

export interface Fidelity {
	readonly checked: number;
	readonly mismatches: number;
	readonly flows: readonly {
		readonly flow: string;
		readonly model: string;
		readonly kernel: string;
		readonly farEnd: string;
	}[];
	/** Kinds that model and lab attackers disagree on; counted in `mismatches`. */
	readonly attacker: readonly string[];
}

export interface TimelineEntry {
	readonly atMs: number;
	readonly action: number;
	readonly technique: string;
	readonly attack: string;
	readonly from: string;
	readonly to: string;
	readonly port: string | null;
	readonly result: string;
	readonly rule: RuleText | null;
	readonly detail: string;
}

export interface RunReport {
	readonly candidate: string;
	readonly placement: Placement;
	readonly scenario: string;
	readonly foothold: string;
	readonly mode: Mode;
	/** True for the worst of a candidate × scenario's footholds; its figures are the headline. */
	readonly worst: boolean;
	readonly footholds: {readonly count: number; readonly median: number};
	readonly containment: Containment;
	readonly breakage: Breakage;
	readonly looseness: {readonly usableNow: number | null; readonly openToNothing: number | null};
	readonly outcomes: Outcomes;
	readonly fidelity: Fidelity;
	readonly timeline: readonly TimelineEntry[];
}

export interface ExpectationReport {
	readonly where: string;
	readonly what: string;
	readonly expected: string;
	readonly found: string;
	/** Null: inconclusive. */
	readonly held: boolean | null;
}

/** The rules that the model would drop so that no crown jewel falls to this attacker, dropped where the attack was measured. */
export interface TriedCut {
	readonly candidate: string;
	readonly placement: Placement;
	readonly scenario: string;
	/** Kind of the foothold. */
	readonly foothold: string;
	readonly measured: 'packets' | 'model';
	readonly dropped: readonly RuleText[];
	/** Kinds that can be lost: all that count but the foothold's. */
	readonly others: number;
	readonly before: {readonly compromised: number; readonly jewelsReached: number};
	readonly after: {
		readonly compromised: number;
		readonly jewelsReached: number;
		readonly ended: Containment['ended'];
	};
	/** Kinds still lost without those rules. */
	readonly lostKinds: readonly string[];
	/** Dependencies broken without those rules, `worker.prod -> queue.prod:5672/tcp`; and those that the model said would be. */
	readonly broken: readonly string[];
	readonly expectedToBreak: readonly string[];
}

export interface RehearsalReport {
	readonly schema: 'firebreak/rehearsal/v1';
	readonly name: string;
	/** `packets`, or `model` where nothing was measured (`--model-only`). */
	readonly measured: 'packets' | 'model';
	readonly topology: {
		readonly name: string;
		readonly kinds: number;
		readonly workloads: number;
		readonly services: number;
		readonly dependencies: number;
		readonly jewels: number;
	};
	readonly inputs: readonly {readonly path: string; readonly sha256: string}[];
	readonly revision: string | null;
	readonly versions: Readonly<Record<string, string>>;
	readonly assumptions: readonly string[];
	readonly seed: number;
	readonly runs: readonly RunReport[];
	/** One for each candidate that loses a crown jewel and that dropping rules would mend. */
	readonly cuts: readonly TriedCut[];
	readonly latencies: {
		readonly bootMs: number | null;
		readonly applyMs: number | null;
		/** From the start of an apply to each workload's kernel acknowledgement; of the slowest apply. Null where nothing was loaded. */
		readonly propagation: {readonly p50Ms: number; readonly p99Ms: number} | null;
		readonly probesPerSecond: number | null;
		readonly teardownMs: number | null;
	};
	readonly expectations: readonly ExpectationReport[];
	/** True: all held; false: one failed; null: something was inconclusive and nothing failed. */
	readonly passed: boolean | null;
	/** The sentences of `What this does not show`. */
	readonly limits: readonly string[];
}
