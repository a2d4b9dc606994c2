// What is told of work that is still under way, at most twenty times a second.

/** How far a step is. */
export interface StageStep {
	/**
	 * `pull`: of an image, in bytes; `build`: of one, in steps; `boot`: what a lab is waiting for now; `answer`: services;
	 * `apply`: a policy. Of a run `probe`: flows; `attack`: actions, `total` the most that the scenario allows: what is done
	 * is told again, one by one, by `flow-probed` and `action` when the step is over.
	 */
	readonly stage: string;
	/** What it is about, for people: a name, or what is counted. */
	readonly text: string;
	/** Over where it has come to `total`. */
	readonly done: number;
	/** 0 where it is not known. */
	readonly total: number;
	/** Of `attack`: workloads compromised by these actions, and actions that a rule denied. */
	readonly entered?: number;
	readonly denied?: number;
	/** Who is waited for, the longest first. */
	readonly waiting?: readonly string[];
}

export interface StageEvent extends StageStep {
	readonly kind: 'stage';
	readonly atMs: number;
}
