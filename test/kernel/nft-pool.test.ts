import test from 'ava';
import {unshared, whyNoPackets} from '../builders/unshared.ts';

interface Answers {
	readonly helpers: number;
	readonly before: readonly (string | null)[];
	readonly meanwhile: readonly (string | null)[];
	readonly after: readonly (string | null)[];
}
const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;

packets(
	`every job is answered, also those of a helper that is killed${reason === null ? '' : ` (skipped: ${reason})`}`,
	async t => {
		const {helpers, before, meanwhile, after} = await unshared<Answers>('kernel/fixtures/nft-pool.ts');
		t.is(helpers, 2, 'a pool grows');
		t.deepEqual(before, [null, null, null]);
		t.is(meanwhile.length, 40);
		t.true(
			meanwhile.some(error => error === null),
			'the other helper goes on',
		);
		t.true(
			meanwhile.some(error => error !== null),
			'what the killed one had is not taken for done',
		);
		t.is(after.length, 2);
		t.true(after.some(error => error !== null));
	},
);
