// What whoever sends flows is told of them, and how it asks.
import type {Evidence} from '../../core/contracts/evidence.ts';
import type {LiveSite} from '../../core/contracts/site.ts';
import type {Flow} from '../../core/model/flow.ts';
import type {Direction} from '../../core/model/policy.ts';
import type {Pending} from './pending.ts';
import type {Sctp} from './sctp.ts';

export interface Prober extends Disposable {
	readonly pending: Map<string, Pending>;
	/** Whether a probe or an attacker sent that packet a while ago, by key of its source and key of its destination. */
	readonly sent: (key: string, destinationKey: string) => boolean;
	/** To be called whenever something was learnt of a pending probe. */
	readonly onChange: (pending: Pending) => void;
	/** Workloads whose own root took their rules away: nothing there logs any more. Whoever puts rules back takes them out. */
	readonly tampered: Set<string>;
	/** The far ends of SCTP, which has no listening sockets. */
	readonly sctp: Sctp;
	/** How long a settled probe waits for what rules that only observe log behind a decision, in another group's batch; 0 at first. */
	wait(ms: number): void;
	/** A site that came up later, or is gone. */
	join(site: LiveSite): void;
	leave(site: LiveSite): void;
	/** From now on: how many accepts rules in the fabric log of a flow that they let pass; none at first. */
	expect(farAccepts: (flow: Flow) => number): void;
	/** Evidence in the order of the flows. `each` is told as verdicts come in. */
	probe(flows: readonly Flow[], options: ProbeOptions): Promise<readonly Evidence[]>;
	/** Opens a conversation: resolves as a probe does; where it is open, `fd` is the caller's. `payload` is udp's first datagram. */
	open(
		flow: Flow,
		payload: Buffer,
		timeoutMs: number,
		purpose?: 'talk' | 'business',
		sourcePort?: number,
	): Promise<{readonly evidence: Evidence; readonly fd: number}>;
	/** What rules and the far end say of a packet that the caller sends and whose arrival the caller sees. */
	follow(flow: Flow, how: Following): Promise<Evidence>;
	/** A source port above those of probes, for who binds its own. */
	ownPort(): number;
}

export interface Following {
	readonly timeoutMs: number;
	/** Unique among what is followed from the flow's source address. */
	readonly sourcePort: number;
	readonly unheard: readonly Direction[];
	/** Rules that are there already know the connection: those in the fabric log no accept of it either. */
	readonly known?: true;
	/** Sends it; `arrived` is to be called when the far end saw it. What it throws is thrown by `follow`. */
	send(arrived: () => void): void;
}

export interface ProbeOptions {
	readonly timeoutMs: number;
	/** How long a settled probe of this call waits for more logs; the prober's own patience where that is longer. */
	readonly patienceMs?: number;
	/** Of every flow of the call; there may be one flow at a time from an address. Left out: any that is free. */
	readonly sourcePort?: number;
	readonly each?: (done: number) => void;
}
