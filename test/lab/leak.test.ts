// Two policies take turns under steady traffic. What both deny never arrives, what both allow always does. `npm run bench
// -- leak` does the same a thousand times.
import test from 'ava';
import {unshared, whyNoPackets} from '../builders/unshared.ts';
import {type LeakCounts, type LeakRun, leakCounts} from './leak-counts.ts';

const reason = whyNoPackets();
const packets = reason === null ? test.serial : test.serial.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);

const run = async (...words: readonly string[]): Promise<LeakCounts & Pick<LeakRun, 'by'>> => {
	const found = await unshared<LeakRun>('lab/fixtures/leak.ts', words);
	return {...leakCounts(found), by: found.by};
};

for (const [change, times, how] of [
	['swap', 40, 'rules are swapped'],
	['cut', 25, 'rules are swapped that cut what is open'],
	['elements', 15, 'elements of sets change'],
	['relabel', 12, 'a workload is relabelled'],
] as const) {
	packets(
		titled(`while ${how}, nothing passes that both policies deny, and nothing is lost that both allow`),
		async t => {
			t.timeout(90_000);
			const {by, judged, leaked, dropped, differed} = await run(String(times), change);
			t.deepEqual({leaked, dropped}, {leaked: 0, dropped: 0});
			t.true(judged > 5000, `${judged}`);
			t.true(differed.arrived > 100 && differed.stopped > 100, JSON.stringify(differed));
			t.true((change === 'swap' || change === 'cut' ? by.swaps : by.elements) >= times * 3, JSON.stringify(by));
		},
	);
}

packets(titled('a loader that takes rules away before the next come leaks'), async t => {
	t.timeout(90_000);
	t.true((await run('10', 'swap', 'torn')).leaked > 0);
});

packets(titled('under no policy everything passes that should not'), async t => {
	t.timeout(90_000);
	const {leaked, judged} = await run('4', 'swap', 'none');
	t.true(leaked > judged / 4);
});
