// Random sequences of commands on three labs at once against a model of them. FIREBREAK_SEQUENCES says how many (50 is what
// a change of the lab is tried with); FIREBREAK_SEED repeats them.
import test from 'ava';
import {unshared, whyNoPackets} from '../builders/unshared.ts';

interface Modelled {
	readonly unexpected: readonly {
		readonly seed: number;
		readonly what: string;
		readonly answer: object;
		readonly history: readonly string[];
	}[];
	readonly left: readonly unknown[];
	readonly commands: number;
	readonly ms: number;
}
const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const count = Number(process.env.FIREBREAK_SEQUENCES ?? 8);
const seed = Number(process.env.FIREBREAK_SEED ?? Date.now() % 1_000_000);
const most = 60_000 + count * 25_000;

packets(
	titled(`${count} random sequences on three labs at once: every answer is the model’s, no lab mixes, nothing is left`),
	async t => {
		t.timeout(most);
		const words = [String(seed), String(count)];
		const {unexpected, left, commands, ms} = await unshared<Modelled>('system/fixtures/labs-model.ts', words, most);
		t.log(`seed ${seed}: ${commands} commands in ${Math.round(ms / 1000)} s`);
		t.deepEqual(unexpected, [], `seed ${seed}`);
		t.deepEqual(left, [], `seed ${seed}`);
		t.true(commands > count * 12);
	},
);
