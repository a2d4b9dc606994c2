import test from 'ava';
import fc from 'fast-check';
import {added, entries, history} from '../../../tui/console/history.ts';
import {type Listing, lengthOf, windowOf} from '../../../tui/console/panes/listing.ts';
import {span, textOf} from '../../../tui/line.ts';

/** Entries of so many lines: entry 3 of two lines is `3/0`, `3/1`. */
const listing = (heights: readonly number[], most = 10_000): Listing<{at: number; height: number}> => ({
	list: heights.reduce(
		(list, height, at) => added(list, {at, height}, new WeakSet()),
		history<{at: number; height: number}>(most),
	),
	key: 'all',
	count: ({height}) => height,
	render: ({at, height}) => Array.from({length: height}, (_, line) => [span(`${at}/${line}`)]),
});
const heights = fc.array(fc.integer({min: 0, max: 3}), {maxLength: 300});

test('any window shows the lines that all entries rendered one after the other have there', t => {
	fc.assert(
		fc.property(heights, fc.integer({min: -5, max: 700}), fc.integer({min: -1, max: 40}), (list, top, rows) => {
			const one = listing(list, 128);
			const whole = entries(one.list).flatMap(entry => one.render(entry).map(textOf));
			t.is(lengthOf(one), whole.length);
			const {lines, above, below} = windowOf(one, {kind: 'at', top}, rows);
			const start = Math.max(0, Math.min(top, whole.length - Math.max(0, rows)));
			t.deepEqual(lines.map(textOf), whole.slice(start, start + Math.max(0, rows)));
			t.is(above + lines.length + below, whole.length);
			t.deepEqual(windowOf(one, {kind: 'follow'}, rows).lines.map(textOf), rows <= 0 ? [] : whole.slice(-rows));
		}),
	);
});

test('what is looked at stays where it is while the list grows, and its end does not', t => {
	const before = listing([1, 1, 2, 1]);
	const after = listing([1, 1, 2, 1, 1, 1]);
	const at = {kind: 'at', top: 1} as const;
	t.deepEqual(windowOf(after, at, 2).lines, windowOf(before, at, 2).lines);
	t.deepEqual(windowOf(after, undefined, 2).lines.map(textOf), ['4/0', '5/0']);
});

test('another filter counts anew', t => {
	const all = listing(Array.from({length: 200}, () => 1));
	t.is(lengthOf(all), 200);
	t.is(lengthOf({...all, key: 'even', count: ({at}) => (at % 2 === 0 ? 1 : 0)}), 100);
	t.is(lengthOf(all), 200);
});
