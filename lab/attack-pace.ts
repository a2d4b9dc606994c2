// How fast an attacker goes that somebody watches: an action at a time, paused, or as fast as it can.

export interface Pace {
	readonly paused: boolean;
	/** Least milliseconds between the beginnings of two actions, 0..60,000; 0: as fast as it can. */
	readonly intervalMs: number;
}

export interface Pacer {
	/** Holds from now on; `step` lets one more action through where it is paused. */
	set(pace: Pace, step?: boolean): void;
	/** Resolves when this action may begin; one that began goes on. Rejects with the signal's reason. */
	admit(action: number, signal?: AbortSignal): Promise<void>;
}

/** One for each attack. Actions that are planned side by side begin one after the other. */
export function createPacer(first: Pace = {paused: false, intervalMs: 0}): Pacer {
	let pace = first;
	let steps = 0;
	let begunAt = Number.NEGATIVE_INFINITY;
	let wake: () => void = () => undefined;
	let turn: Promise<unknown> = Promise.resolve();
	const admitted = new Map<number, Promise<void>>();
	const waitMs = (): number => (pace.paused ? Number.POSITIVE_INFINITY : begunAt + pace.intervalMs - performance.now());
	const begin = async (signal?: AbortSignal): Promise<void> => {
		while (steps === 0 && waitMs() > 0) {
			signal?.throwIfAborted();
			await changed(waitMs(), signal);
		}
		signal?.throwIfAborted();
		steps = Math.max(0, steps - 1);
		begunAt = performance.now();
	};
	const changed = (ms: number, signal?: AbortSignal): Promise<void> =>
		new Promise(resolve => {
			const timer = Number.isFinite(ms) ? setTimeout(resolve, ms) : undefined;
			wake = () => {
				clearTimeout(timer);
				resolve();
			};
			signal?.addEventListener('abort', wake, {once: true});
		});
	return {
		set(next, step = false) {
			pace = next;
			steps = step ? steps + 1 : 0;
			wake();
		},
		admit(action, signal) {
			const known = admitted.get(action);
			if (known !== undefined) return known;
			const begun = turn.then(() => begin(signal));
			turn = begun.catch(() => undefined);
			admitted.set(action, begun);
			return begun;
		},
	};
}
