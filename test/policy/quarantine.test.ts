import test from 'ava';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {quarantinedBy, withoutQuarantine, withQuarantine} from '../../core/policy/quarantine.ts';
import {randomCase, randomFlows} from '../builders/random.ts';

const firstSeed = Number(process.env.FIREBREAK_SEED ?? 1);

test('a quarantine denies every flow from and to its workload, and changes no other verdict', t => {
	let cut = 0;
	let same = 0;
	for (let seed = firstSeed; seed < firstSeed + 60; seed++) {
		const one = randomCase(seed);
		const {topology, stack} = one;
		const victim = topology.workloads.find(({outside, managed}) => !outside && managed)?.name;
		if (victim === undefined) continue;
		const before = createEvaluator(topology, stack);
		const after = createEvaluator(topology, withQuarantine(stack, [victim]));
		for (const flow of randomFlows(one, 300)) {
			const ends = [flow.source.workload, flow.destination.workload];
			const [was, is] = [before.verdict(flow, 'host'), after.verdict(flow, 'host')];
			if (ends[0] === victim && ends[1] === victim) continue;
			if (ends.includes(victim)) {
				t.is(is.action, 'deny', `seed ${seed}: ${JSON.stringify(flow)}`);
				cut++;
			} else {
				t.is(is.action, was.action, `seed ${seed}: ${JSON.stringify(flow)}`);
				same++;
			}
		}
	}
	t.true(cut > 100 && same > 1000, `${cut} cut, ${same} the same`);
});

test('what a stack quarantines is read from it, and taken out again', t => {
	const {stack} = randomCase(firstSeed);
	const twice = withQuarantine(withQuarantine(stack, ['a']), ['a', 'b.prod']);
	t.deepEqual(quarantinedBy(twice), ['a', 'b.prod']);
	t.deepEqual(withoutQuarantine(twice), stack);
});
