// Does a change of policy let anything through that both deny, or stop what both allow? A thousand times, under traffic.
import {unshared, whyNoPackets} from '../builders/unshared.ts';
import {type LeakRun, leakCounts} from '../lab/leak-counts.ts';
import {skip, tell} from './figure.ts';

const times = Number(process.env.FIREBREAK_LEAK_TIMES ?? 1000);
const reason = whyNoPackets();

for (const [change, count] of [
	['swap', times],
	['cut', times],
	['elements', Math.ceil(times / 10)],
	['relabel', Math.ceil(times / 10)],
] as const) {
	const asked = {bench: 'leak', unit: 'packets', limit: {most: 0}, also: {change, times: count}};
	const questions = {
		leaked: 'How many packets pass that the policies before and after both deny?',
		dropped: 'How many packets are lost that the policies before and after both allow?',
	};
	if (reason !== null) {
		for (const question of Object.values(questions)) skip({...asked, question}, reason);
		continue;
	}
	const run = await unshared<LeakRun>('lab/fixtures/leak.ts', [String(count), change], 900_000);
	const {judged, differed, ...counts} = leakCounts(run);
	for (const kind of ['leaked', 'dropped'] as const)
		tell({
			...asked,
			question: questions[kind],
			value: counts[kind],
			also: {...asked.also, judged, differed, ...run.by},
		});
}
