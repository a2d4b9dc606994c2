import test from 'ava';
import {renderFlow} from '../../core/model/flow.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {ruleById} from '../../core/policy/rule-index.ts';
import {randomCase, randomFlows} from '../builders/random.ts';
import {simpleEnd} from './simple-evaluator.ts';

const firstSeed = Number(process.env.FIREBREAK_SEED ?? 1);

test('the evaluator says of every flow what a plain reading of the language says, rule by rule', t => {
	const seen = {flows: 0, denied: 0, observed: 0, rules: new Set<string>()};
	for (let seed = firstSeed; seed < firstSeed + 300; seed++) {
		const random = randomCase(seed);
		const evaluator = createEvaluator(random.topology, random.stack);
		const rules = ruleById(random.stack);
		for (const flow of randomFlows(random, 60, {unowned: true})) {
			const ends = evaluator.ends(flow, 'host');
			for (const direction of ['egress', 'ingress'] as const) {
				const found = ends[direction];
				const inForce = simpleEnd(random.topology, random.stack, flow, direction, false);
				const asIf = simpleEnd(random.topology, random.stack, flow, direction, true);
				t.deepEqual(
					found && [found.inForce.action, found.inForce.rule.id, found.asIf.action, found.asIf.rule.id],
					inForce && asIf && [inForce.action, inForce.id, asIf.action, asIf.id],
					`seed ${seed}: ${direction} of ${renderFlow(flow)}`,
				);
				if (found === null) continue;
				t.deepEqual(rules.get(found.inForce.rule.id), found.inForce.rule);
				seen.rules.add(found.inForce.rule.id.replace(/\d+$/, ''));
				if (found.inForce.action !== found.asIf.action) seen.observed++;
				if (found.inForce.action === 'deny') seen.denied++;
				seen.flows++;
			}
		}
	}
	t.true(seen.flows > 10_000 && seen.denied > seen.flows / 10 && seen.denied < seen.flows * 0.9, JSON.stringify(seen));
	t.true(seen.observed > 200, `observed ${seen.observed}`);
	for (const rule of ['p0.g', 'p0.r', 'p0.b', 'p0.default', 'p0.isolation', 'p1.g', 'p1.r', 'p1.default', 'none'])
		t.true(seen.rules.has(rule), `no flow met ${rule}`);
});
