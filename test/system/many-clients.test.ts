// Twenty clients on one lab, some killed: the lab stays right. FIREBREAK_SEED repeats a run.
import test from 'ava';
import {unshared, whyNoPackets} from '../builders/unshared.ts';

interface Many {
	readonly wrong: readonly object[];
	readonly done: {readonly answered: number; readonly left: number; readonly killed: number};
	readonly mismatches: number;
	readonly inconclusive: number;
	readonly falls: number;
	readonly after: {
		readonly inForce: {readonly name: string};
		readonly clients: number;
		readonly busy: string | null;
		readonly counters: {readonly attacks: number};
	};
	readonly open: readonly [number, number];
	readonly down: number;
	readonly left: unknown;
}
const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const seed = Number(process.env.FIREBREAK_SEED ?? Date.now() % 1_000_000);

packets(
	titled(
		'twenty clients at once, of which some are killed: each is answered right, and the lab is as every other afterwards',
	),
	async t => {
		t.timeout(110_000);
		const {wrong, done, mismatches, inconclusive, falls, after, open, down, left} = await unshared<Many>(
			'system/fixtures/many-clients.ts',
			[String(seed)],
			105_000,
		);
		t.log(`seed ${seed}: ${JSON.stringify(done)}`);
		t.deepEqual(wrong, [], `seed ${seed}`);
		t.is(done.killed, 8);
		t.true(done.answered > 30 && done.left > 5);
		t.deepEqual([mismatches, inconclusive, falls], [0, 0, 2]);
		t.deepEqual([after.inForce.name, after.clients, after.busy, after.counters.attacks], ['narrow', 1, null, 1]);
		t.true(open[1] <= open[0] + 2, `descriptors of the engine: ${open}`);
		t.is(down, 0);
		t.is(left, null);
	},
);
