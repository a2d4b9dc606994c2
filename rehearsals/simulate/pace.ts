// Long work in this process, so that it can be watched and stopped: it stands still now and then to hear of Ctrl-C.
import {setImmediate} from 'node:timers/promises';

export interface Pace {
	/** Milliseconds of a steady clock. */
	readonly now: () => number;
	/** Aborted by Ctrl-C: the work stops before its next step and throws the signal's reason. */
	readonly interrupted: AbortSignal;
	/** Told what is done, at most every `breathMs`; `total` is null where nobody knows. */
	readonly watch: (stage: string, done: number, total: number | null) => void;
}

const breathMs = 50;

/** What the generator gives in the end. @throws the reason of an interruption */
export async function paced<Result>(
	pace: Pace,
	stage: string,
	total: number | null,
	work: Generator<void, Result>,
): Promise<Result> {
	let breathed = pace.now();
	for (let done = 0; ; done++) {
		const step = work.next();
		if (step.done === true) return step.value;
		if (pace.now() - breathed < breathMs) continue;
		pace.watch(stage, done, total);
		await setImmediate();
		pace.interrupted.throwIfAborted();
		breathed = pace.now();
	}
}
