// The history of one attacker in one network, judged afterwards.
import type {ActionRecord, AttackEnd} from './event.ts';
import type {Evidence} from './evidence.ts';

/** One workload's fall. The foothold is the first, by action 0. */
export interface Fall {
	readonly workload: string;
	/** Number of the action, 0 for the foothold. */
	readonly action: number;
	/** Pivot it came from; null for the foothold. Through a relay, the pivot that was in control. */
	readonly from: string | null;
	/** The relay that made the connection; left out where `from` did. */
	readonly via?: string;
	/** Hops from the foothold: 0 for itself. */
	readonly hops: number;
	readonly pivot: boolean;
	readonly technique: string | null;
	readonly protocol: string | null;
	readonly port: number | null;
}

export interface AttackRun {
	readonly foothold: string;
	readonly seed: number;
	readonly ended: AttackEnd;
	readonly timeline: readonly ActionRecord[];
	readonly falls: readonly Fall[];
	/** What the network saw of each action's flows: by action number; in the model the verdicts as evidence. */
	readonly evidence: readonly {readonly action: number; readonly evidence: readonly Evidence[]}[];
	readonly labSeconds: number | null;
}
