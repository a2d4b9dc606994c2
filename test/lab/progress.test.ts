import {setTimeout as wait} from 'node:timers/promises';
import test from 'ava';
import type {ActionRecord, LabEvent} from '../../core/contracts/event.ts';
import {attackProgress, probeProgress} from '../../lab/progress.ts';

const record = (action: number, rest: Partial<ActionRecord> = {}): ActionRecord =>
	({action, result: 'nothing', compromised: null, ...rest}) as ActionRecord;

const told = (event: LabEvent | undefined) => {
	if (event?.kind !== 'stage') return undefined;
	const {stage, done, total, entered, denied} = event;
	return {stage, done, total, entered, denied};
};

test("a round's actions, which come all at once, are told once and all of them are in it", async t => {
	const events: LabEvent[] = [];
	const tell = attackProgress(5000, event => events.push(event));
	tell(record(1));
	tell(record(2, {compromised: 'web.dev', result: 'success'}));
	tell(record(3, {result: 'denied'}));
	await Promise.resolve();
	t.deepEqual(events.map(told), [{stage: 'attack', done: 3, total: 5000, entered: 1, denied: 1}]);
	tell(record(4));
	await Promise.resolve();
	t.is(events.length, 1);
	await wait(60);
	tell(record(5, {result: 'denied'}));
	await Promise.resolve();
	t.deepEqual(told(events[1]), {stage: 'attack', done: 5, total: 5000, entered: 1, denied: 2});
});

test('a probe tells at most twenty times a second how far it is', async t => {
	const events: LabEvent[] = [];
	const tell = probeProgress(400, event => events.push(event));
	const startedMs = performance.now();
	for (let done = 1; done <= 400; done++) {
		tell(done);
		await Promise.resolve();
		if (done % 100 === 0) await wait(30);
	}
	const most = 1 + Math.floor((performance.now() - startedMs) / 50);
	t.true(events.length >= 2 && events.length <= most, `${events.length} of ${most}`);
	t.deepEqual(told(events[0]), {stage: 'probe', done: 1, total: 400, entered: undefined, denied: undefined});
});
