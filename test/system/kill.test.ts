// Nothing outlives a lab, however it dies: kill -9 of each of its processes, at random moments of many runs.
// FIREBREAK_KILLS says how many; FIREBREAK_SEED repeats a run.
import test from 'ava';
import {unshared, whyNoPackets} from '../builders/unshared.ts';
import type {Killed} from './fixtures/kills.ts';

interface Kills {
	readonly killed: readonly Killed[];
	/** Exit codes of the runs before, beside and after those that were killed. */
	readonly survivors: readonly (number | null)[];
	readonly leftovers: readonly unknown[];
	readonly slowestMs: number;
	readonly complaint: string;
}
const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const count = Number(process.env.FIREBREAK_KILLS ?? (process.env.CI ? 50 : 12));
const seed = Number(process.env.FIREBREAK_SEED ?? Date.now() % 1_000_000);
const most = 400_000;

packets(
	titled(`${count} runs killed at random leave nothing within 2 s, and the runs beside and after them work`),
	async t => {
		t.timeout(most);
		const {killed, survivors, leftovers, slowestMs, complaint} = await unshared<Kills>(
			'system/fixtures/kills.ts',
			[String(seed), String(count)],
			most,
		);
		const slowest = Math.max(...killed.map(({goneMs, victim}) => (victim === 'helper' ? 0 : goneMs)), slowestMs);
		t.log(`seed ${seed}; all gone after ${Math.round(slowest)} ms at most`);
		for (const one of killed) {
			const about = `seed ${seed}: ${one.victim} at ${one.atMs} ms, exit ${one.code ?? one.signal}: ${one.error}`;
			t.deepEqual(one.left, [], about);
			// The command's own end is seen by the shell; what it says of an engine's end is exit 3, unless all was measured.
			if (one.done && (one.victim === 'cli' || one.victim === 'both')) t.is(one.signal, 'SIGKILL', about);
			else t.true(one.code === 3 || one.code === 0, about);
		}
		t.is(killed.length, count);
		t.true(killed.filter(({done}) => done).length > count / 2, 'most were killed before their end');
		t.deepEqual(leftovers, [], `seed ${seed}`);
		t.deepEqual([...new Set(survivors)], [0], complaint);
	},
);
