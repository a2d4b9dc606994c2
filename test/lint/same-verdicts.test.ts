import test from 'ava';
import {haveSameVerdicts} from '../../core/lint/same-verdicts.ts';
import {randomCase} from '../builders/random.ts';
import {firstDifference, without} from './first-difference.ts';

const firstSeed = Number(process.env.FIREBREAK_SEED ?? 1);

test('two stacks have the same verdicts where no pair of classes is judged otherwise', t => {
	const seen = {same: 0, other: 0};
	for (let seed = firstSeed; seed < firstSeed + 60; seed++) {
		const {topology, stack} = randomCase(seed, {multiHomed: false});
		for (const {id} of stack.flatMap(({guardrails, rules}) => [...guardrails, ...rules])) {
			const after = without(stack, [id]);
			const same = haveSameVerdicts(topology, 'host', [stack, after]);
			seen[same ? 'same' : 'other']++;
			t.is(same, firstDifference(topology, [stack, after], 'host') === undefined, `seed ${seed} without ${id}`);
		}
	}
	t.true(seen.same > 50 && seen.other > 50, JSON.stringify(seen));
});
