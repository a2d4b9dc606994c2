// The same attacker in the lab and in the model, in worlds by chance. A case repeats with FIREBREAK_SEED=N.
import test from 'ava';
import {randomFlowPolicy, randomRelayWorld, randomTechniques} from '../builders/random-relay-world.ts';
import {seeded} from '../builders/seeded.ts';
import {whyNoPackets} from '../builders/unshared.ts';
import {attackLab, inBoth} from './attacks-told.ts';

const firstSeed = Number(process.env.FIREBREAK_SEED ?? 1);
const worlds = 6;
const policies = 3;
const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;
const title = 'lab and model tell the same attack in worlds by chance: what was tried, what fell, and by which rules';

packets(reason === null ? title : `${title} (skipped: ${reason})`, async t => {
	t.timeout(300_000);
	const won = new Map<string, number>();
	for (let seed = firstSeed; seed < firstSeed + worlds; seed++) {
		const topology = randomRelayWorld(seeded(seed));
		await using lab = await attackLab(topology);
		for (let policy = 0; policy < policies; policy++) {
			const chance = seeded(seed * 1000 + policy);
			const attack = {
				stack: randomFlowPolicy(chance, topology),
				techniques: randomTechniques(chance),
				foothold: 'h0',
				seed,
			};
			const both = await inBoth(lab, topology, attack);
			t.deepEqual(both.lab, both.model, `seed ${seed} policy ${policy}: ${attack.techniques.join(' ')}`);
			for (const text of both.lab.actions.filter(action => action.includes(': success,'))) {
				const technique = text.split(' ')[0]!;
				won.set(technique, (won.get(technique) ?? 0) + 1);
			}
		}
	}
	t.log(`seeds ${firstSeed}…${firstSeed + worlds - 1}: ${JSON.stringify(Object.fromEntries(won))}`);
	// Without these the test would compare nothing of what it is for; other seeds may lack one of them.
	if (firstSeed !== 1) return;
	for (const technique of ['proxy-through', 'cross-networks', 'tunnel', 'dns-channel', 'exfiltrate'])
		t.true((won.get(technique) ?? 0) > 0, `${technique} came through nowhere`);
});
