import test from 'ava';
import {renderFlow} from '../../core/model/flow.ts';
import type {Direction, Policy, Rule, Selector, Stack} from '../../core/model/policy.ts';
import {createEvaluator, type EndVerdicts} from '../../core/policy/evaluate.ts';
import {ruleById} from '../../core/policy/rule-index.ts';
import {randomCase, randomFlows} from '../builders/random.ts';
import {simpleEnd} from './simple-evaluator.ts';

const firstSeed = Number(process.env.FIREBREAK_SEED ?? 1);

test('the evaluator says of every flow what a plain reading of the language says, rule by rule', t => {
	const seen = {flows: 0, ends: 0, denied: 0, observed: 0, decided: new Map<string, number>()};
	for (let seed = firstSeed; seed < firstSeed + 300; seed++) {
		const random = randomCase(seed);
		const evaluator = createEvaluator(random.topology, random.stack);
		const rules = ruleById(random.stack);
		const features = featuresOf(random.stack);
		for (const flow of randomFlows(random, 60, {unowned: true})) {
			const ends = evaluator.ends(flow, 'host');
			const simple = (direction: Direction, asIf: boolean) =>
				simpleEnd(random.topology, random.stack, flow, direction, asIf);
			t.is(evaluator.verdict(flow, 'host').action, simpleVerdict(simple), `seed ${seed}: ${renderFlow(flow)}`);
			seen.flows++;
			for (const direction of ['egress', 'ingress'] as const) {
				const found = ends[direction];
				const [inForce, asIf] = [simple(direction, false), simple(direction, true)];
				t.deepEqual(
					said(found),
					inForce && asIf && [inForce.action, inForce.id, asIf.action, asIf.id],
					`seed ${seed}: ${direction} of ${renderFlow(flow)}`,
				);
				if (found === null) continue;
				const {rule, action} = found.inForce;
				t.deepEqual(rules.get(rule.id), rule);
				for (const feature of features(rule.id, direction))
					seen.decided.set(feature, (seen.decided.get(feature) ?? 0) + 1);
				if (action !== found.asIf.action) seen.observed++;
				if (action === 'deny') seen.denied++;
				seen.ends++;
			}
		}
	}
	t.log(`${seen.flows} flows from seed ${firstSeed}`);
	t.true(seen.flows > 10_000 && seen.observed > 200, JSON.stringify(seen));
	t.true(seen.denied > seen.ends / 10 && seen.denied < seen.ends * 0.9, JSON.stringify(seen));
	for (const feature of everyFeature) t.true((seen.decided.get(feature) ?? 0) >= 20, `${feature} hardly decided`);
});

const said = (found: EndVerdicts | null) =>
	found && [found.inForce.action, found.inForce.rule.id, found.asIf.action, found.asIf.rule.id];

function simpleVerdict(end: (direction: Direction, asIf: boolean) => ReturnType<typeof simpleEnd>) {
	const denies = (['egress', 'ingress'] as const).some(direction => end(direction, false)?.action === 'deny');
	return denies ? 'deny' : 'allow';
}

/** What decided an end's verdict, as words: every word of this list must come up, so that nothing is left untried. */
const everyFeature = [
	...['native', 'kubernetes'].flatMap(dialect =>
		['guardrails allow', 'guardrails deny', 'rules allow', 'baseline allow', 'baseline deny'].map(
			tier => `${tier} ${dialect}`,
		),
	),
	...['egress', 'ingress'].flatMap(way => [`isolation ${way}`, `default ${way}`, `none ${way}`]),
	...['cidr', 'except', 'unless', 'same', 'differ', 'service', 'range', 'protocol', 'one direction'],
	...['after a pass', 'several policies', 'both dialects'],
];

/** The features of what decided, by the rule's id. */
function featuresOf(stack: Stack): (id: string, direction: Direction) => readonly string[] {
	const written = new Map(
		stack.flatMap(policy =>
			(['guardrails', 'rules', 'baseline'] as const).flatMap(tier =>
				policy[tier].map(rule => [rule.id, [`${tier} ${rule.action} ${policy.dialect}`, ...ofRule(rule)]] as const),
			),
		),
	);
	const passes = stack.some(({guardrails}) => guardrails.some(({action}) => action === 'pass'));
	const together = [
		...(stack.length > 1 ? ['several policies'] : []),
		...(new Set(stack.map(({dialect}: Policy) => dialect)).size > 1 ? ['both dialects'] : []),
	];
	return (id, direction) => {
		const own = written.get(id) ?? [`${id === 'none' ? id : id.split('.')[1]} ${direction}`];
		const passed = passes && !own[0]!.startsWith('guardrails') ? ['after a pass'] : [];
		return [...own, ...passed, ...together];
	};
}

const ofRule = ({from, to, unless, same, differ, on, direction}: Rule): readonly string[] => [
	...(hasCidr([...from, ...to], false) ? ['cidr'] : []),
	...(hasCidr([...from, ...to], true) ? ['except'] : []),
	...(unless.length > 0 ? ['unless'] : []),
	...(same.length > 0 ? ['same'] : []),
	...(differ.length > 0 ? ['differ'] : []),
	...(on ?? []).map(({kind}) => kind),
	...(direction === null ? [] : ['one direction']),
];

const hasCidr = (selector: Selector, except: boolean): boolean =>
	selector.some(({requirements}) =>
		requirements.some(requirement => requirement.kind === 'cidr' && (!except || requirement.except.length > 0)),
	);
