import test from 'ava';
import {added, entries, history, newest, slice} from '../../../tui/console/history.ts';

const numbers = (count: number, most: number) =>
	Array.from({length: count}, (_, at) => at).reduce(
		(list, one) => added(list, one, new WeakSet()),
		history<number>(most),
	);

test('a history gives back what was added, whole and in part', t => {
	for (const count of [0, 1, 63, 64, 65, 200, 1000]) {
		const list = numbers(count, 10_000);
		const all = Array.from({length: count}, (_, at) => at);
		t.deepEqual(entries(list), all);
		t.is(newest(list), all.at(-1));
		for (const [from, to] of [
			[0, 10],
			[60, 70],
			[count - 3, count + 5],
			[-5, 2],
			[128, 128],
		] as const)
			t.deepEqual(slice(list, from, to), all.slice(Math.max(0, from), Math.max(0, to)), `${count}: ${from}..${to}`);
	}
});

test('a history forgets its beginning, counts that, and stays small', t => {
	const list = numbers(100_000, 1000);
	t.is(list.length + list.forgotten, 100_000);
	t.true(list.length >= 1000 && list.length < 1200, `${list.length}`);
	t.is(newest(list), 99_999);
	t.is(slice(list, 0, 1)[0], list.forgotten);
});

test('adding to a history leaves it as it was', t => {
	const list = numbers(70, 1000);
	const batch = new WeakSet();
	const more = added(added(list, 70, batch), 71, batch);
	t.deepEqual([more.length, newest(more), slice(more, 69, 80)], [72, 71, [69, 70, 71]]);
	t.is(list.length, 70);
	t.is(newest(list), 69);
});
