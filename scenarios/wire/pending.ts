// The probes under way, and the rules by which one is settled: a deny only by its log, an arrival only by the far end.
import type {Arrival, Evidence, KernelLog, Outcome} from '../../core/contracts/evidence.ts';
import type {Flow} from '../../core/model/flow.ts';
import type {Protocol} from '../../core/model/topology.ts';

/** One probe (or the opening of a conversation) under way. */
export interface Pending {
	readonly flow: Flow;
	/** `protocol` and source end: unique while it is under way. */
	readonly key: string;
	readonly destinationKey: string;
	/** `probe`: the far end resets at once; `talk`: the far end goes on to speak; `business`: so too, and it counts as traffic. */
	readonly purpose: 'probe' | 'talk' | 'business';
	/** Programs of the far end's own answer there (`LiveSite.ownServices`): nobody tells the lab what they accept. */
	readonly foreign: boolean;
	/** First datagram of a udp flow. */
	readonly payload: Buffer;
	readonly sentMicros: number;
	readonly deadlineMs: number;
	/** How long it waits for more logs once it is settled. */
	readonly patienceMs: number;
	/** How many accepts rules in the fabric log of it before it arrives. */
	readonly farAccepts: number;
	/** Descriptor of the sending socket, -1 where it is shared (icmp). */
	fd: number;
	arrival: Arrival;
	/** The sender's kernel reported a refusal: a closed port, unless a rule's log explains it. */
	refused: boolean;
	/** Udp to a foreign service: the far kernel logged it behind the rules' decision. Open, unless it is refused. */
	delivered: boolean;
	/** The fabric says that nobody owns the address. */
	ownerless: boolean;
	logs: KernelLog[];
	/** When it was first settled; null while it is not. */
	settledMs: number | null;
	/** Why it cannot be known, where something is known to have gone wrong. */
	trouble: string | null;
	/** Told once; `fd` is the caller's where a conversation is open, else -1 or closed. */
	settle: (evidence: Evidence, fd: number) => void;
}

export const pendingKey = (protocol: Protocol, source: string): string => protocol + source;

/**
 * The outcome, once there is one; undefined while more may come.
 *
 * Denied: a rule logged the denial of this very packet. Open: the far end saw it, and all rules on its way logged the
 * accept. Closed: the far end refused, all accepts were logged, and no denial was. Nothing else is ever known.
 */
export function settled(pending: Pending): Outcome | undefined {
	const denial = pending.logs.find(({decision}) => decision === 'deny');
	if (denial !== undefined) {
		return pending.arrival === 'open'
			? {kind: 'inconclusive', reason: `it arrived although ${denial.rule} logged a denial`}
			: {kind: 'denied', rule: denial.rule, direction: denial.direction};
	}
	const accepted = (direction: string): boolean =>
		pending.logs.some(log => log.placement === 'host' && log.direction === direction && log.decision === 'allow');
	if (!accepted('egress') || !accepted('ingress')) return undefined;
	if (pending.farAccepts > 0) {
		const beyond = pending.logs.filter(log => log.placement !== 'host' && log.decision === 'allow');
		if (beyond.length < pending.farAccepts) return undefined;
	}
	if (pending.arrival === 'open') return {kind: 'open'};
	if (pending.refused) return {kind: 'closed'};
	return pending.delivered ? {kind: 'open'} : undefined;
}

/** What a probe that nothing settled is: inconclusive, with the most that is known. */
export function unsettled(pending: Pending, full: string | null): Outcome {
	if (pending.ownerless) return {kind: 'inconclusive', reason: 'nobody owns the address'};
	if (pending.trouble !== null) return {kind: 'inconclusive', reason: pending.trouble};
	if (full !== null) return {kind: 'inconclusive', reason: `connection tracking is full at ${full}`};
	if (pending.arrival === 'open')
		return {kind: 'inconclusive', reason: 'it arrived, and the log of its accept was not read'};
	if (pending.refused) return {kind: 'inconclusive', reason: 'refused, and no rule of the far end logged it'};
	const seen = pending.logs.map(({direction, decision}) => `${direction} ${decision}`).join(', ');
	return {kind: 'inconclusive', reason: seen === '' ? 'timeout without a log' : `timeout after ${seen}`};
}

/** Evidence of a pending probe with its outcome. What the far end's kernel answered or logged needs its arrival said. */
export const evidenceOf = (pending: Pending, outcome: Outcome, micros: number): Evidence => ({
	flow: pending.flow,
	arrival: outcome.kind === 'closed' || outcome.kind === 'open' ? outcome.kind : pending.arrival,
	logs: pending.logs,
	outcome,
	micros: micros - pending.sentMicros,
});
