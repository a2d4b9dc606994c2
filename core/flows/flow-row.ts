// One flow that was seen on a lab, with what the rules of both ends said to it.
import type {PacketEnd} from '../contracts/watch-event.ts';
import type {RuleRef} from '../model/policy.ts';
import type {Family, Protocol} from '../model/topology.ts';

/** Connections of the same ends that the same rules decided in the same way. */
export interface FlowRow {
	readonly source: PacketEnd;
	readonly destination: PacketEnd;
	readonly family: Family;
	readonly protocol: Protocol;
	/** The destination's; 0 for icmp. */
	readonly port: number;
	/** What happened to its packets. */
	readonly verdict: 'allow' | 'deny';
	/** Where rules that only observe would have decided otherwise; null where they agree. */
	readonly would: 'would-deny' | 'would-allow' | null;
	/** The rule of each end that logged it; null where that end has logged nothing (yet). */
	readonly egress: RuleRef | null;
	readonly ingress: RuleRef | null;
	/** The rule that would have decided otherwise. */
	readonly wouldRule: RuleRef | null;
	/** What was in force, such as `segmented`; null where it is known from connection tracking alone. */
	readonly inForce: string | null;
	/** Attempts: each connection once, however often its first packet was sent. */
	readonly count: number;
	/** Milliseconds since 1970. */
	readonly firstAt: number;
	readonly lastAt: number;
	/** Connections of these ends that are open now, and what went through them; null where there are none. */
	readonly open: OpenNow | null;
}

export interface OpenNow {
	readonly connections: number;
	/** Of both directions; 0 where accounting was off. */
	readonly packets: number;
	readonly bytes: number;
}

/** What a lab has seen since it came up, or since its last reset. */
export interface SeenFlows {
	/** Milliseconds since 1970. */
	readonly since: number;
	readonly rows: readonly FlowRow[];
	/** Attempts that are in no row, since there was no room for another. */
	readonly uncounted: number;
	/** How often the kernel had to drop logs: the rows may then be incomplete. */
	readonly lost: number;
	/** Workloads whose open connections were not asked for, since asking takes time; 0 for most labs. */
	readonly unasked: number;
}

/** The rule that decided: the one that denied, else the one that would have, else the destination's, else the source's. */
export const decidingRule = ({would, wouldRule, egress, ingress}: FlowRow): RuleRef | null =>
	would === null ? (ingress ?? egress) : wouldRule;
