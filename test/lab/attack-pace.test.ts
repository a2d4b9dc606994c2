import {setTimeout as sleep, setImmediate as turn} from 'node:timers/promises';
import test from 'ava';
import {createPacer} from '../../lab/attack-pace.ts';

/** Actions admitted so far, in their order. */
function admitting(pacer: ReturnType<typeof createPacer>, actions: readonly number[], signal?: AbortSignal) {
	const admitted: number[] = [];
	const all = Promise.allSettled(
		actions.map(action => pacer.admit(action, signal).then(() => void admitted.push(action))),
	);
	return {admitted, all};
}

test('without a pace every action begins at once', async t => {
	const {admitted, all} = admitting(createPacer(), [1, 2, 3]);
	await all;
	t.deepEqual(admitted, [1, 2, 3]);
});

test('paused, nothing begins; a step lets one begin, and what has begun goes on', async t => {
	const pacer = createPacer({paused: true, intervalMs: 0});
	const {admitted, all} = admitting(pacer, [1, 2]);
	await sleep(20);
	t.deepEqual(admitted, []);
	pacer.set({paused: true, intervalMs: 0}, true);
	await turn();
	await turn();
	t.deepEqual(admitted, [1]);
	await pacer.admit(1);
	pacer.set({paused: false, intervalMs: 0});
	await all;
	t.deepEqual(admitted, [1, 2]);
});

test('two actions begin an interval apart, and a new pace counts at once', async t => {
	const pacer = createPacer({paused: false, intervalMs: 60_000});
	const {admitted, all} = admitting(pacer, [1, 2, 3]);
	await sleep(20);
	t.deepEqual(admitted, [1]);
	pacer.set({paused: false, intervalMs: 0});
	await all;
	t.deepEqual(admitted, [1, 2, 3]);
});

test('a stopped attack waits for no pace: what is not begun is refused with the reason', async t => {
	const pacer = createPacer({paused: true, intervalMs: 0});
	const stop = new AbortController();
	const asked = [pacer.admit(1, stop.signal), pacer.admit(2, stop.signal)];
	stop.abort(new Error('stopped'));
	for (const one of asked) await t.throwsAsync(one, {message: 'stopped'});
});
