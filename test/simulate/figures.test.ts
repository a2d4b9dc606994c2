import test from 'ava';
import {draw} from '../../core/model/draw.ts';
import {distribution, histogram} from '../../core/simulate/distribution.ts';
import {meanEstimate, wilson} from '../../core/simulate/intervals.ts';

const near = (value: number, wanted: number): boolean => Math.abs(value - wanted) < 5e-5;

// Newcombe 1998, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, table I, method 3.
for (const [hits, runs, low, high] of [
	[81, 263, 0.2553, 0.3662],
	[15, 148, 0.0624, 0.1605],
	[0, 20, 0, 0.1611],
	[1, 29, 0.0061, 0.1718],
] as const)
	test(`Wilson's interval of ${hits} in ${runs} is the published one`, t => {
		const found = wilson(hits, runs);
		t.true(near(found.low, low) && near(found.high, high), JSON.stringify(found));
	});

test('Wilson of all is one minus Wilson of none', t => {
	t.deepEqual([wilson(20, 20).high, near(wilson(20, 20).low, 1 - 0.1611)], [1, true]);
});

test('the interval of a mean is 1.96 standard errors to both sides, and nothing for one value', t => {
	const {mean, low, high} = meanEstimate([1, 2, 3, 4, 5]);
	t.is(mean, 3);
	t.true(near(high - 3, (1.959964 * Math.sqrt(2.5)) / Math.sqrt(5)) && near(3 - low, high - 3));
	t.deepEqual(meanEstimate([7]), {mean: 7, low: 7, high: 7});
});

test('median, 95th percentile and mean are those of the definitions', t => {
	const hundred = Array.from({length: 100}, (_, at) => 100 - at);
	t.deepEqual(distribution(hundred), {count: 100, worst: 100, median: 50.5, p95: 95, mean: 50.5});
	t.deepEqual(distribution([3]), {count: 1, worst: 3, median: 3, p95: 3, mean: 3});
	t.is(distribution([0, 0, 9]).median, 0);
});

test('every value lies in one bin, and the last ends at the highest there can be', t => {
	for (const [highest, bins] of [
		[20, 10],
		[4, 10],
		[0, 10],
		[999, 10],
	] as const) {
		const values = Array.from({length: highest + 1}, (_, at) => at);
		const found = histogram(values, highest, bins);
		t.true(found.length <= bins);
		t.is(
			found.reduce((sum, {count}) => sum + count, 0),
			values.length,
		);
		t.deepEqual([found[0]!.first, found.at(-1)!.last], [0, highest]);
	}
});

test('draws are even, differ by run and name, and repeat by seed', t => {
	const draws = Array.from({length: 20_000}, (_, run) => draw(1, run, 'api.dev http'));
	t.true(draws.every(value => value >= 0 && value < 1));
	for (const below of [0.1, 0.3, 0.5, 0.9]) {
		const {low, high} = wilson(draws.filter(value => value < below).length, draws.length);
		t.true(low - 0.005 < below && below < high + 0.005, `${below}: ${low} to ${high}`);
	}
	t.is(draw(1, 7, 'a'), draw(1, 7, 'a'));
	t.is(new Set([draw(1, 7, 'a'), draw(2, 7, 'a'), draw(1, 8, 'a'), draw(1, 7, 'b')]).size, 4);
});
