import type {InForce} from '../contracts/in-force.ts';
import type {WatchEvent} from '../contracts/watch-event.ts';
import type {Rehearsal} from '../model/rehearsal.ts';

/** Counted up with what an older reader would misunderstand. */
export const recordingSchema = 'firebreak/recording/v1';

/** The first line: what a lab says of itself to whoever begins to watch. */
export interface RecordingHead {
	readonly schema: typeof recordingSchema;
	/** Of Firebreak. */
	readonly version: string;
	readonly lab: string;
	/** Milliseconds since 1970 of the events' zero. */
	readonly startedAt: number;
	/** When the recording began, by the clock of the events. */
	readonly nowMs: number;
	readonly rehearsal: Rehearsal;
	readonly inForce: InForce;
	/** Who had fallen before. */
	readonly compromised: readonly {
		readonly workload: string;
		readonly from: string | null;
		readonly technique: string | null;
	}[];
	/** Texts of policy files, by the names that the places of rules have. */
	readonly sources: Readonly<Record<string, string>>;
}

export interface Recording {
	readonly head: RecordingHead;
	/** As they were told. */
	readonly events: readonly WatchEvent[];
}
