// A rehearsal after loading: every file it names read, parsed and valid. Nothing is booted before there is one.
import type {Flow} from './flow.ts';
import type {Placement, Stack} from './policy.ts';
import type {Place} from './problem.ts';
import type {Scenario} from './scenario.ts';
import type {Topology} from './topology.ts';

/** A policy put to the test at one placement. `flat` is the control: an empty stack, always first. */
export interface Candidate {
	readonly name: string;
	readonly stack: Stack;
	readonly placement: Placement;
	/** The column `today`: what is in force now. */
	readonly today: boolean;
	/** Paths of its files, relative to the rehearsal. */
	readonly files: readonly string[];
	readonly where: Place;
}

/** `0`, `<= 3`, `>= 90%`, or exactly these flows or names. Percentages are kept as shares 0..1 with `percent: true`. */
export type Bound =
	| {
			readonly kind: 'compare';
			readonly operator: '=' | '<=' | '<' | '>=' | '>';
			readonly value: number;
			readonly percent: boolean;
	  }
	| {readonly kind: 'exactly'; readonly names: readonly string[]};

/** One thing a rehearsal expects: of one candidate, in one scenario or (null) in all, a measure, perhaps in one environment. */
export interface Expectation {
	readonly candidate: string;
	readonly scenario: string | null;
	readonly measure: string;
	readonly environment: string | null;
	readonly bound: Bound;
	/** As the user wrote it: `compromised.dev <= 3`. */
	readonly text: string;
	readonly where: Place;
}

/** A single flow test; null candidate: every candidate but flat. The flows are all address pairs of the two kinds. */
export interface FlowTest {
	readonly action: 'allow' | 'deny';
	readonly candidate: string | null;
	readonly flows: readonly Flow[];
	readonly text: string;
	readonly where: Place;
}

export interface Accepted {
	readonly flows: readonly Flow[];
	readonly text: string;
	readonly because: string;
	/** ISO date, or null. */
	readonly until: string | null;
	readonly where: Place;
}

export interface Rehearsal {
	readonly name: string;
	/** Absolute folder that its paths are relative to. */
	readonly folder: string;
	readonly topology: Topology;
	/** `flat` first, then `today`, then the others as written. */
	readonly candidates: readonly Candidate[];
	readonly scenarios: readonly Scenario[];
	readonly expectations: readonly Expectation[];
	readonly flows: readonly FlowTest[];
	readonly accepted: readonly Accepted[];
	/** Each input file as it was read: path relative to `folder`, SHA-256 in hex. */
	readonly inputs: readonly {readonly path: string; readonly sha256: string}[];
}
