import test from 'ava';
import {parseScenario} from '../../../core/files/scenario.ts';
import {renderProblem} from '../../../core/model/problem.ts';
import type {Scenario} from '../../../core/model/scenario.ts';
import {smallShop} from './small-shop.ts';

const opens: readonly never[] = [];
const shop = {
	...smallShop,
	secrets: [
		{id: 'ops-ssh-key', kind: 'ssh-key', user: 'operator', opens},
		{id: 'shop-db-password@dev', kind: 'password', user: 'operator', opens},
		{id: 'shop-db-password@prod', kind: 'password', user: 'operator', opens},
	],
} as const;

const scenarioOf = (...lines: string[]): Scenario => {
	const parsed = parseScenario({file: 's.yaml', text: lines.join('\n')}, shop);
	if (parsed.kind === 'wrong') throw new Error(parsed.problems.map(renderProblem).join('\n'));
	return parsed.value;
};

const problemsOf = (...lines: string[]): readonly string[] => {
	const parsed = parseScenario({file: 's.yaml', text: lines.join('\n')}, shop);
	return parsed.kind === 'wrong' ? parsed.problems.map(renderProblem) : [];
};

test('a scenario of one line has the defaults of LANGUAGE.md', t => {
	t.deepEqual(scenarioOf('scenario: s'), {
		name: 's',
		tactic: null,
		foothold: null,
		goal: {kind: 'everything'},
		strategy: 'worm',
		techniques: [
			'discover-hosts',
			'discover-services',
			'exploit-service',
			'reuse-ssh-key',
			'reuse-password',
			'encrypt',
		],
		weak: null,
		limits: {actions: 10_000, seconds: 120},
		where: {file: 's.yaml', line: 1, column: 1},
	});
});

test('every key of a scenario is kept', t => {
	const scenario = scenarioOf(
		'scenario: thief',
		'attack: { tactic: TA0009 }',
		'foothold: { workload: wiki.dev }',
		'goal: { data: cardholder }',
		'strategy: targeted',
		'techniques: [discover-hosts, tunnel, discover-hosts]',
		'assume: { weak: { tier: api } }',
		'limits: { actions: 5 }',
	);
	t.like(scenario, {tactic: 'TA0009', strategy: 'targeted', limits: {actions: 5, seconds: 120}});
	t.deepEqual(scenario.techniques, ['discover-hosts', 'tunnel']);
	t.like(scenario.foothold![0]!.requirements[0], {kind: 'workload', names: ['wiki.dev']});
	t.like(scenario.goal.kind === 'selector' && scenario.goal.selector[0]!.requirements[0], {values: ['cardholder']});
	t.like(scenario.weak?.kind === 'selector' && scenario.weak.selector[0]!.requirements[0], {values: ['api']});
	t.is(scenarioOf('scenario: s', 'goal: jewels').goal.kind, 'jewels');
	t.is(scenarioOf('scenario: s', 'assume: { weak: all }').weak?.kind, 'all');
});

for (const [lines, expected] of [
	[['foothold: { workload: wkii.dev }'], 's.yaml:2:23: there is no workload wkii.dev (did you mean wiki.dev?)'],
	[
		['foothold: { app: wiki, env: prod }'],
		's.yaml:2:11: foothold selects no workload (no workload has all of it together)',
	],
	[['goal: jewel'], 's.yaml:2:7: goal is the text "jewel" (did you mean jewels?)'],
	[['strategy: wurm'], 's.yaml:2:11: strategy is the text "wurm" (did you mean worm?)'],
	[
		['techniques: [reuse-sshkey]'],
		's.yaml:2:14: techniques[0] is the text "reuse-sshkey" (did you mean reuse-ssh-key?)',
	],
	[['limits: { actions: 0 }'], 's.yaml:2:20: actions is the number 0 (at least 1)'],
	[['attack: { tactic: 8 }'], 's.yaml:2:19: tactic is the number 8 (wanted a text: put it in quotes)'],
	[['attack: { tactic: T8 }'], 's.yaml:2:19: tactic is the text "T8" (a tactic is written TA0008)'],
	[
		['assume: { weak: everything }'],
		's.yaml:2:17: weak is the text "everything" (wanted declared or all or a map or a list)',
	],
	[['rate: 6'], 's.yaml:2:1: rate means nothing to strategy worm (use strategy: stealth, or leave rate out)'],
	[
		['holds: [ops-ssh-key]'],
		's.yaml:2:1: holds means nothing to strategy worm (use strategy: insider, or leave holds out)',
	],
	[['strategy: insider'], 's.yaml:2:11: an insider starts with secrets, and this one has none (name them under holds)'],
	[['rate: 0', 'strategy: stealth'], 's.yaml:2:7: rate is the number 0 (at least 0.1)'],
	[
		['holds: [ops-ssh-kye]', 'strategy: insider'],
		's.yaml:2:9: there is no secret ops-ssh-kye (did you mean ops-ssh-key?)',
	],
	[
		['holds: [shop-db-password]', 'strategy: insider'],
		's.yaml:2:9: there is one shop-db-password for each environment (say which: shop-db-password@dev, shop-db-password@prod)',
	],
	[['footholds: {}'], 's.yaml:2:1: there is no key "footholds" (did you mean foothold?)'],
] as const)
	test(`wrong: ${lines[0]}`, t => t.deepEqual(problemsOf('scenario: s', ...lines), [expected]));

test('an insider holds the secrets that it names, each once; a stealthy attacker has its rate', t => {
	const insider = scenarioOf(
		'scenario: s',
		'strategy: insider',
		'holds: [shop-db-password@dev, ops-ssh-key, ops-ssh-key]',
	);
	t.deepEqual(insider.holds, ['ops-ssh-key', 'shop-db-password@dev']);
	t.is(insider.rate, undefined);
	t.is(scenarioOf('scenario: s', 'strategy: stealth', 'rate: 0.5').rate, 0.5);
	t.is(scenarioOf('scenario: s').holds, undefined);
});

test('shape and names are told together', t => {
	t.deepEqual(problemsOf('scenario: s', 'strategy: wurm', 'goal: { tier: bd }'), [
		's.yaml:2:11: strategy is the text "wurm" (did you mean worm?)',
		's.yaml:3:9: no workload has the label tier=bd (did you mean db?)',
	]);
});

test('without a topology the shape is checked and names are not', t => {
	const text = 'scenario: s\nfoothold: { workload: nobody }\n';
	t.is(parseScenario({file: 's.yaml', text}, null).kind, 'ok');
	t.is(parseScenario({file: 's.yaml', text: `${text}strategy: x\n`}, null).kind, 'wrong');
});
