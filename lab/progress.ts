// What the engine tells of a step while it is under way: how far it is, at most twenty times a second. What happened is
// the step's answer; who records a run reads that.
import type {ActionRecord, LabEvent} from '../core/contracts/event.ts';

const leastMs = 50;

type Tell = (event: LabEvent) => void;

/** To be called with the number of flows that have their evidence. */
export function probeProgress(total: number, tell: Tell): (done: number) => void {
	const now = seldom();
	return done => now(atMs => tell({kind: 'stage', stage: 'probe', text: 'flows probed', done, total, atMs}));
}

/**
 * To be called with each action once it is over.
 *
 * @param limit - the most actions that the scenario allows
 */
export function attackProgress(limit: number, tell: Tell): (record: ActionRecord) => void {
	const now = seldom();
	let entered = 0;
	let denied = 0;
	return ({action, compromised, result}) => {
		if (compromised !== null) entered++;
		if (result === 'denied') denied++;
		now(atMs =>
			tell({kind: 'stage', stage: 'attack', text: 'actions', done: action, total: limit, entered, denied, atMs}),
		);
	};
}

/** Calls what it is given, unless it did so just now. */
function seldom(): (say: (atMs: number) => void) => void {
	let last = Number.NEGATIVE_INFINITY;
	return say => {
		const now = performance.now();
		if (now - last < leastMs) return;
		last = now;
		say(now);
	};
}
