import test from 'ava';
import {type SideBySide, sideBySide} from '../../scenarios/side-by-side.ts';

const never = (): boolean => false;
const turns = async (count: number): Promise<void> => {
	for (let turn = 0; turn < count; turn++) await Promise.resolve();
};

/** What was told, in the order in which it was. */
async function gathered<Result>(
	tasks: readonly (() => Promise<Result>)[],
	options: Omit<SideBySide<Result>, 'each'>,
): Promise<readonly Result[]> {
	const told: Result[] = [];
	await sideBySide(tasks, {...options, each: result => told.push(result)});
	return told;
}

test('results come in the order of the tasks, whichever ends first', async t => {
	const tasks = [5, 1, 3, 0].map((count, at) => async () => {
		await turns(count);
		return at;
	});
	t.deepEqual(await gathered(tasks, {width: 4, isOver: never}), [0, 1, 2, 3]);
	t.deepEqual(await gathered([], {width: 4, isOver: never}), []);
});

test('no more than the width are in flight, and as many as that are', async t => {
	let inFlight = 0;
	let most = 0;
	const tasks = Array.from({length: 20}, () => async () => {
		most = Math.max(most, ++inFlight);
		await turns(3);
		inFlight--;
	});
	await gathered(tasks, {width: 4, isOver: never});
	t.is(most, 4);
});

test('once it is over nothing is started, and what was started is given', async t => {
	let started = 0;
	const tasks = Array.from({length: 10}, (_, at) => async () => {
		started++;
		await turns(2);
		return at;
	});
	const results = await gathered(tasks, {width: 2, isOver: () => started >= 5});
	t.deepEqual(results, [0, 1, 2, 3, 4]);
	t.is(started, 5);
});

test('a failure is thrown after all that was started has ended, and starts nothing more', async t => {
	let ended = 0;
	let started = 0;
	const tasks = Array.from({length: 10}, (_, at) => async () => {
		started++;
		await turns(at === 1 ? 1 : 5);
		ended++;
		if (at === 1) throw new Error('the second');
	});
	await t.throwsAsync(gathered(tasks, {width: 3, isOver: never}), {message: 'the second'});
	t.is(ended, started);
	t.true(started < 10);
});

test('a result is told as soon as all before it are there, and not before', async t => {
	const told: string[] = [];
	const gates = [0, 1, 2].map(() => Promise.withResolvers<void>());
	const tasks = gates.map((gate, at) => async () => {
		await gate.promise;
		told.push(`${at} ended`);
		return at;
	});
	const all = sideBySide(tasks, {width: 3, isOver: never, each: at => told.push(`${at} told`)});
	gates[1]!.resolve();
	await turns(10);
	t.deepEqual(told, ['1 ended']);
	gates[0]!.resolve();
	await turns(10);
	t.deepEqual(told, ['1 ended', '0 ended', '0 told', '1 told']);
	gates[2]!.resolve();
	await all;
	t.deepEqual(told.slice(4), ['2 ended', '2 told']);
});
