// What a lab that stays knows of itself, as its clients are told.
import type {InForce} from '../core/contracts/in-force.ts';
import type {Placement} from '../core/model/policy.ts';
import type {Runtime} from '../core/model/topology.ts';

/** What one counter of the kernel says. */
export interface RuleCount {
	readonly packets: number;
	readonly bytes: number;
}

/** How often the rules in force were hit since they came into force. */
export interface Hits {
	/** What they are, and since when (milliseconds since 1970). */
	readonly inForce: InForce;
	readonly since: number;
	/** By name of the counter (`c_egress_p0_r1`), over all workloads; probes and attackers count too. */
	readonly counted: Readonly<Record<string, RuleCount>>;
	/** Attempts of traffic alone, by `egress p0.r1` and `egress would p0.r1`. */
	readonly ofTraffic: Readonly<Record<string, number>>;
}

/** A workload that fell since the last reset, and where that came from. */
export interface Compromised {
	readonly workload: string;
	readonly from: string | null;
	readonly technique: string | null;
	readonly scenario: string;
}

export interface LabStatus {
	readonly lab: string;
	readonly rehearsal: string;
	readonly folder: string;
	readonly workloads: number;
	readonly services: number;
	readonly runtime: Runtime;
	readonly rootless: boolean;
	readonly pid: number;
	/** Milliseconds since 1970: when the engine started; an event's `atMs` counts from there. */
	readonly startedAt: number;
	readonly inForce: {
		readonly name: string;
		readonly placement: Placement;
		readonly observed: boolean;
		readonly since: number;
		/** When it goes unless it is confirmed, and what comes back; null where it is there for good. */
		readonly until: {readonly at: number; readonly back: string} | null;
	};
	/** Connected now, the one that asks among them. */
	readonly clients: number;
	/** What a request of some client is doing now, or null. */
	readonly busy: string | null;
	/** Since the last reset. */
	readonly counters: {
		readonly flowsProbed: number;
		readonly flowsDenied: number;
		readonly attacks: number;
		readonly actions: number;
		readonly actionsDenied: number;
		readonly commands: number;
		/** Packets of no probe that a rule allowed or denied; a connection is at most one on leaving and one on entering. */
		readonly packetsAllowed: number;
		readonly packetsDenied: number;
	};
	readonly compromised: readonly Compromised[];
}
