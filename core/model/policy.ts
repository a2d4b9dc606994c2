// A policy after parsing: names resolved, selectors as requirements, every rule with an id and a place. Native files
// and Kubernetes manifests both become this, and evaluator and compiler read nothing else.
import type {Place} from './problem.ts';
import type {Protocol} from './topology.ts';

export type Direction = 'ingress' | 'egress';
export type Action = 'allow' | 'deny' | 'pass';
export type Mode = 'observe' | 'enforce';

/**
 * One thing that a workload must have. `label` tests the workload's labels, `namespace` its namespace's labels;
 * `values: null` means any value; `wanted: false` inverts, and then holds without the label too.
 */
export type Requirement =
	| {
			readonly kind: 'label' | 'namespace-label';
			readonly key: string;
			readonly values: readonly string[] | null;
			readonly wanted: boolean;
	  }
	/** Names of namespaces. */
	| {readonly kind: 'namespace'; readonly names: readonly string[]; readonly wanted: boolean}
	/** Names, kinds or bases of workloads. */
	| {readonly kind: 'workload'; readonly names: readonly string[]; readonly wanted: boolean}
	/** Networks (`app`) or segments (`app.prod`). */
	| {readonly kind: 'network'; readonly names: readonly string[]; readonly wanted: boolean}
	/** The address of this flow's end lies in one of `cidrs` and in none of `except`. */
	| {readonly kind: 'cidr'; readonly cidrs: readonly string[]; readonly except: readonly string[]}
	/** A defined name: one of its terms holds. */
	| {readonly kind: 'is'; readonly name: string; readonly selector: Selector};

/**
 * All requirements must hold. `reach` says who can match at all: `workloads` never an outside host and never an address
 * that no workload owns; `outside` only outside hosts; `anything` every address (Kubernetes' missing peer, and terms
 * with a `cidr`).
 */
export interface Term {
	readonly reach: 'workloads' | 'outside' | 'anything';
	readonly requirements: readonly Requirement[];
	readonly where: Place;
}

/** Holds when any of its terms does; no term matches nothing. */
export type Selector = readonly Term[];

/** A port that a rule names. `first..last` inclusive. */
export type PortMatch =
	| {readonly kind: 'range'; readonly protocol: 'tcp' | 'udp' | 'sctp'; readonly first: number; readonly last: number}
	/** Every port of the protocol; for icmp: echo of both families. */
	| {readonly kind: 'protocol'; readonly protocol: Protocol}
	/** A service's name at the destination; `protocol` null means whichever it has. */
	| {readonly kind: 'service'; readonly name: string; readonly protocol: 'tcp' | 'udp' | 'sctp' | null};

/** What a rule matches, also used for `unless`. `on: null` is everything, icmp and other protocols included. */
export interface Match {
	readonly from: Selector;
	readonly to: Selector;
	/** Label keys, and the reserved env, network, workload. */
	readonly same: readonly string[];
	readonly differ: readonly string[];
	readonly on: readonly PortMatch[] | null;
}

export interface Rule extends Match {
	/** Unique over a stack: generated, `[a-z0-9.]+`, at most 40 characters; what logs and counters carry. */
	readonly id: string;
	/** What the user wrote after `allow:`; free text, never syntax. */
	readonly name: string;
	readonly action: Action;
	/** Only for denies; `enforce` is the policy's own mode. */
	readonly mode: Mode;
	/** Kubernetes rules speak for one direction; null means both. */
	readonly direction: Direction | null;
	readonly unless: readonly Match[];
	readonly note: {readonly ticket: string | null; readonly until: string | null} | null;
	readonly where: Place;
}

export interface Policy {
	readonly name: string;
	/** `[a-z0-9]+`, unique over a stack: `p0`, `p1`. */
	readonly id: string;
	readonly dialect: 'native' | 'kubernetes';
	/** Kind of the Kubernetes object that it was (`NetworkPolicy`); left out for native ones. */
	readonly objectKind?: string;
	/** What no rule decides. Rule id `<id>.default`. */
	readonly default: 'allow' | 'deny';
	readonly mode: Mode;
	/** Of the workloads it speaks for, those where it is enforced; the others observe. */
	readonly enforce: Selector;
	readonly applies: Selector;
	readonly directions: readonly Direction[];
	readonly established: 'keep' | 'cut';
	readonly denied: 'drop' | 'reject';
	readonly guardrails: readonly Rule[];
	readonly rules: readonly Rule[];
	readonly baseline: readonly Rule[];
	/**
	 * Kubernetes NetworkPolicy: an end it speaks for is isolated, so that what no rule of any policy allowed there is
	 * denied before the baseline, by the rule `<id>.isolation` of the first isolating policy.
	 */
	readonly isolates: boolean;
	readonly where: Place;
}

/** The policies in force together, in the order of the files; ids are unique over it. An empty stack allows everything. */
export type Stack = readonly Policy[];

export type Tier = 'guardrails' | 'rules' | 'isolation' | 'baseline' | 'default' | 'none';

/** The rule that decided. Tier `none`: no policy speaks for that end, id `none`. */
export interface RuleRef {
	readonly id: string;
	readonly name: string;
	readonly policy: string;
	readonly tier: Tier;
	readonly where: Place | null;
}

/** What one end says. */
export interface EndVerdict {
	readonly action: 'allow' | 'deny';
	readonly rule: RuleRef;
}

/**
 * The verdict on a flow: allow or deny, with the rule that gave it (the first end that denies; for allow the
 * destination's). `asIf` is the stack with what only observes; it differs exactly where the flow is would-deny or
 * would-allow.
 */
export interface Verdict {
	readonly action: 'allow' | 'deny';
	readonly rule: RuleRef;
	/** The end that decided. */
	readonly direction: Direction;
	/** What each end said; null for an end that no enforcer judges at this placement (outside, unmanaged). */
	readonly egress: EndVerdict | null;
	readonly ingress: EndVerdict | null;
	readonly asIf: {readonly action: 'allow' | 'deny'; readonly rule: RuleRef; readonly direction: Direction};
}

/** Where rules can stand: in the workload's namespace, at its port out of its reach, or between segments. */
export type RulePlace = 'host' | 'fabric' | 'gateway';

/** Where a policy is enforced: at one place, or at two, of which each judges for itself. */
export const placements = ['host', 'fabric', 'gateway', 'host+fabric'] as const;
export type Placement = (typeof placements)[number];
