import test from 'ava';
import {chainOf} from '../../core/explain/chain.ts';
import {requirementReason, selectorReasons} from '../../core/explain/requirement-reason.ts';
import {renderFlow} from '../../core/model/flow.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {holds, selects} from '../../core/policy/selector.ts';
import {randomCase, randomFlows} from '../builders/random.ts';
import {randomSelector} from '../builders/random-policy.ts';
import {seeded} from '../builders/seeded.ts';
import {askedOf} from './asked.ts';

const firstSeed = Number(process.env.FIREBREAK_SEED ?? 1);

test('each end of the chain says what the evaluator says, by the same rule, in force and as if', t => {
	let checked = 0;
	let observed = 0;
	for (let seed = firstSeed; seed < firstSeed + 120; seed++) {
		const random = randomCase(seed);
		const evaluator = createEvaluator(random.topology, random.stack);
		for (const flow of randomFlows(random, 25, {unowned: true})) {
			const ends = evaluator.ends(flow, 'host');
			for (const direction of ['egress', 'ingress'] as const) {
				const about = `seed ${seed}: ${direction} of ${renderFlow(flow)}`;
				const chain = chainOf(random.stack, direction, askedOf(random.topology, flow), 'host');
				const found = ends[direction];
				t.is(chain.unjudged === null, found !== null, about);
				t.deepEqual(chain.verdict, found?.inForce ?? null, about);
				t.deepEqual(chain.asIf.verdict, found?.asIf ?? null, about);
				for (const {matches, misses, reasons, rule} of chain.steps)
					t.is(matches, reasons.every(({holds: held}) => held) && misses === 0, `${about} ${rule.id}`);
				const at = chain.steps.findIndex(({decides, action}) => decides && action !== 'pass');
				const later = chain.steps.slice(at + 1).filter(({rule}) => rule.tier !== 'rules');
				t.false(
					later.some(({reached, decides}) => reached || decides),
					about,
				);
				if (found !== null && found.asIf.rule.id !== found.inForce.rule.id) observed++;
				checked++;
			}
		}
	}
	t.true(checked > 4000 && observed > 100, `${checked} ends, ${observed} observed`);
});

test('what the words say of a selector and of each requirement is what the selector says', t => {
	let checked = 0;
	for (let seed = firstSeed; seed < firstSeed + 200; seed++) {
		const {topology} = randomCase(seed);
		const chance = seeded(seed ^ 0xe4d);
		const networks = askedOf(topology, null).networks;
		for (let number = 0; number < 10; number++) {
			const selector = randomSelector(chance, topology);
			const workload = chance.often(0.1) ? null : chance.pick(topology.workloads);
			const address = workload === null ? '203.0.113.7' : chance.pick(workload.addresses).address;
			const end = {workload, address};
			const terms = selectorReasons(selector, {end, about: 'source', networks});
			t.is(
				terms.some(term => term.holds),
				selects(selector, end, networks),
				`seed ${seed}`,
			);
			for (const requirement of selector.flatMap(({requirements}) => requirements)) {
				const {holds: held, text} = requirementReason(requirement, {end, about: 'source', networks});
				t.is(held, holds(requirement, end, networks));
				if (requirement.kind === 'label') t.is(/wanted/.test(text), !held, text);
				checked++;
			}
		}
	}
	t.true(checked > 1000, `${checked}`);
});
