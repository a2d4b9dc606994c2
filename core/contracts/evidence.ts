// What one probe showed: the kernel's word by its logs, and the far end's by its answer. Never inferred.
import type {Flow} from '../model/flow.ts';
import type {Direction} from '../model/policy.ts';

/** What a rule's log said of the very packet. `would-deny` and `would-allow` come from rules that only observe. */
export interface KernelLog {
	readonly direction: Direction;
	readonly decision: 'allow' | 'deny' | 'would-deny' | 'would-allow';
	/** Rule id (`p0.r3`, `p0.default`, `none`). */
	readonly rule: string;
	/** `host` until other placements exist. */
	readonly placement: 'host' | 'fabric' | 'gateway';
}

/**
 * The far end's word: `open`, a service accepted (tcp), received (udp), heard the INIT (sctp) or the kernel echoed (icmp);
 * `closed`, a reset, abort or unreachable that no rule logged; `none`, nothing was seen.
 */
export type Arrival = 'open' | 'closed' | 'none';

/**
 * `open`/`closed`: arrived and every end's accept was logged. `denied`: a deny was logged for this packet and nothing
 * arrived. `inconclusive`: all else, with the reason.
 */
export type Outcome =
	| {readonly kind: 'open' | 'closed'}
	| {readonly kind: 'denied'; readonly rule: string; readonly direction: Direction}
	| {readonly kind: 'inconclusive'; readonly reason: string};

export interface Evidence {
	readonly flow: Flow;
	readonly arrival: Arrival;
	/** In the order in which they were read; at most one decision a direction and placement, and one observation. */
	readonly logs: readonly KernelLog[];
	readonly outcome: Outcome;
	/** From sending to verdict. */
	readonly micros: number;
}

/** Prefix of every log line of Firebreak's rules, at most 127 characters (nf_log's limit is 128 with its NUL). */
export const renderLogPrefix = ({direction, decision, rule, placement}: KernelLog): string =>
	`fb ${placement} ${direction} ${decision} ${rule}`;

/** The inverse; undefined for a log that is not ours. */
export function parseLogPrefix(prefix: string): KernelLog | undefined {
	const [mark, placement, direction, decision, rule] = prefix.split(' ');
	if (mark !== 'fb' || rule === undefined) return undefined;
	return {placement, direction, decision, rule} as KernelLog;
}

/** NFLOG groups, one namespace each: denials (and would-verdicts) are always read, accepts only while probing. */
export const logGroups = {deny: 1, accept: 2} as const;
