// What the engine tells of a step while it is under way: how far it is, at most twenty times a second. What happened is
// the step's answer; who records a run reads that.
import type {ActionRecord, LabEvent} from '../core/contracts/event.ts';
import type {StageStep} from '../core/contracts/stage.ts';

const leastMs = 50;

type Tell = (event: LabEvent) => void;

/** What a boot is at. */
export type BootStep = Omit<StageStep, 'stage'>;

/** To be called with what a boot waits for, as often as one likes; what is new or done is told at once. */
export function bootProgress(tell: Tell): (step: BootStep) => void {
	let [text, toldMs] = ['', Number.NEGATIVE_INFINITY];
	return step => {
		const atMs = performance.now();
		if (step.text === text && step.done < step.total && atMs - toldMs < leastMs) return;
		[text, toldMs] = [step.text, atMs];
		tell({kind: 'stage', stage: 'boot', ...step, atMs});
	};
}

/** To be called with the number of flows that have their evidence. */
export function probeProgress(total: number, tell: Tell): (done: number) => void {
	let done = 0;
	const say = seldom(atMs => tell({kind: 'stage', stage: 'probe', text: 'flows probed', done, total, atMs}));
	return count => {
		done = count;
		say();
	};
}

/**
 * To be called with each action once it is over.
 *
 * @param limit - the most actions that the scenario allows
 */
export function attackProgress(limit: number, tell: Tell): (record: ActionRecord) => void {
	let [done, entered, denied] = [0, 0, 0];
	const say = seldom(atMs =>
		tell({kind: 'stage', stage: 'attack', text: 'actions', done, total: limit, entered, denied, atMs}),
	);
	return ({action, compromised, result}) => {
		done = action;
		if (compromised !== null) entered++;
		if (result === 'denied') denied++;
		say();
	};
}

/**
 * Calls `say` unless it did so just now: once what is under way has run its course (a round's actions come all at once),
 * and still before the step's answer, which waits for that too.
 */
function seldom(say: (atMs: number) => void): () => void {
	let last = Number.NEGATIVE_INFINITY;
	return () => {
		const now = performance.now();
		if (now - last < leastMs) return;
		last = now;
		queueMicrotask(() => say(now));
	};
}
