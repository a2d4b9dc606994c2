// Attackers by real packets, and the same in the model: what they tried, what fell, and what the network saw of it.
import test from 'ava';
import type {Lab} from '../../core/contracts/lab.ts';
import {whyNoPackets} from '../builders/unshared.ts';
import {attackCases, worlds} from './attack-cases.ts';
import {attackLab, inBoth} from './attacks-told.ts';

const reason = whyNoPackets();
const packets = reason === null ? test.serial : test.skip;
const labs = new Map<string, Promise<Lab>>();
const labOf = (world: keyof typeof worlds): Promise<Lab> => {
	const known = labs.get(world) ?? attackLab(worlds[world]);
	labs.set(world, known);
	return known;
};
test.after.always(async () => {
	for (const lab of labs.values()) await (await lab)[Symbol.asyncDispose]();
});

for (const {title, world, stack, placement = 'host', techniques, tried, lost} of attackCases) {
	packets(reason === null ? title : `${title} (skipped: ${reason})`, async t => {
		const technique = title.split(':')[0]!;
		const attack = {stack, placement, techniques, foothold: 'wiki', seed: 1};
		const {lab, model} = await inBoth(await labOf(world), worlds[world], attack);
		const own = lab.actions.filter(text => text.startsWith(`${technique} `));
		t.deepEqual(
			own.map(text => text.slice(technique.length + 1)),
			tried,
		);
		t.deepEqual(lab.falls, lost);
		t.deepEqual(lab, model, 'the model tells the same');
	});
}
