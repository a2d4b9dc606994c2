import test from 'ava';
import type {Policy} from '../../../core/model/policy.ts';
import {renderProblem} from '../../../core/model/problem.ts';
import {parse, policyOf, ruleOf} from './policy-files.ts';

test('a policy of one line has the defaults of LANGUAGE.md', t => {
	const everybody = [{reach: 'workloads', requirements: [], where: {file: 'a.yaml', line: 1, column: 1}}];
	t.deepEqual(policyOf('policy: p\n'), {
		name: 'p',
		id: 'p0',
		dialect: 'native',
		default: 'deny',
		mode: 'enforce',
		enforce: everybody,
		applies: everybody,
		directions: ['ingress', 'egress'],
		established: 'keep',
		denied: 'drop',
		guardrails: [],
		rules: [],
		baseline: [],
		isolates: false,
		where: {file: 'a.yaml', line: 1, column: 1},
	} as Policy);
});

test('every key of the header is kept', t => {
	const {where, applies, enforce, ...policy} = policyOf(
		[
			'policy: p',
			'default: allow',
			'mode: observe',
			'directions: [egress]',
			'established: cut',
			'denied: reject',
			'applies: { tier: db }',
			'enforce: { env: dev }',
		].join('\n'),
	);
	t.like(policy, {default: 'allow', mode: 'observe', directions: ['egress'], established: 'cut', denied: 'reject'});
	t.is(where.line, 2, 'the default rule stands where default is written');
	t.like(applies[0]!.requirements[0], {kind: 'label', key: 'tier', values: ['db']});
	t.like(enforce[0]!.requirements[0], {kind: 'label', key: 'env', values: ['dev']});
});

test('ids count each tier from 1, and policies from 0', t => {
	const tiers = ['guardrails:', '  - deny: a', '  - pass: b', 'rules:', '  - allow: c', 'baseline:', '  - deny: d'];
	const parsed = parse(['policy: x', ...tiers].join('\n'), ['policy: y', ...tiers].join('\n'));
	t.is(parsed.kind, 'ok');
	const ids = parsed.kind === 'ok' ? parsed.value.flatMap(p => [...p.guardrails, ...p.rules, ...p.baseline]) : [];
	t.deepEqual(
		ids.map(({id, action, name}) => `${id} ${action} ${name}`),
		['p0.g1 deny a', 'p0.g2 pass b', 'p0.r1 allow c', 'p0.b1 deny d']
			.flatMap(text => [text])
			.concat(['p1.g1 deny a', 'p1.g2 pass b', 'p1.r1 allow c', 'p1.b1 deny d']),
	);
});

test('a rule stands where its item begins, with its note', t => {
	const it = ruleOf('note: { ticket: NET-12, until: 2027-03-31, asked: by ops }');
	t.deepEqual(it.where, {file: 'a.yaml', line: 3, column: 5});
	t.deepEqual(it.note, {ticket: 'NET-12', until: '2027-03-31'});
	t.is(ruleOf().note, null);
	t.deepEqual(ruleOf('note: { ticket: 12 }').note, {ticket: '12', until: null});
});

const label = (key: string, values: readonly string[] | null, wanted = true) => ({kind: 'label', key, values, wanted});

for (const [selector, expected] of [
	['{}', [['workloads']]],
	['{ tier: db }', [['workloads', label('tier', ['db'])]]],
	['{ version: 2 }', [['workloads', label('version', ['2'])]]],
	['{ tier: [api, db] }', [['workloads', label('tier', ['api', 'db'])]]],
	['{ tier: { not: db } }', [['workloads', label('tier', ['db'], false)]]],
	['{ tier: { not: [api, db] } }', [['workloads', label('tier', ['api', 'db'], false)]]],
	['{ data: "*" }', [['workloads', label('data', null)]]],
	['{ data: { not: "*" } }', [['workloads', label('data', null, false)]]],
	['{ env: prod, app: shop }', [['workloads', label('env', ['prod']), label('app', ['shop'])]]],
	[
		'[{ tier: db }, { app: wiki }]',
		[
			['workloads', label('tier', ['db'])],
			['workloads', label('app', ['wiki'])],
		],
	],
	['{ workload: web.prod }', [['workloads', {kind: 'workload', names: ['web.prod'], wanted: true}]]],
	['{ workload: [web, api.dev] }', [['workloads', {kind: 'workload', names: ['web', 'api.dev'], wanted: true}]]],
	['{ workload: { not: web-1.prod } }', [['workloads', {kind: 'workload', names: ['web-1.prod'], wanted: false}]]],
	['{ workload: internet }', [['anything', {kind: 'workload', names: ['internet'], wanted: true}]]],
	['{ network: app }', [['workloads', {kind: 'network', names: ['app'], wanted: true}]]],
	['{ network: { not: app.dev } }', [['workloads', {kind: 'network', names: ['app.dev'], wanted: false}]]],
	['{ cidr: 10.0.0.0/8 }', [['anything', {kind: 'cidr', cidrs: ['10.0.0.0/8'], except: []}]]],
	[
		'{ cidr: [10.0.0.0/8, "2001:DB8::/32"], except: 10.1.0.0/16 }',
		[['anything', {kind: 'cidr', cidrs: ['10.0.0.0/8', '2001:db8::/32'], except: ['10.1.0.0/16']}]],
	],
	['{ cidr: 192.0.2.7 }', [['anything', {kind: 'cidr', cidrs: ['192.0.2.7/32'], except: []}]]],
	['{ outside: true }', [['outside']]],
	['{ outside: true, zone: world }', [['outside', label('zone', ['world'])]]],
] as const)
	test(`from: ${selector}`, t => {
		const {from} = ruleOf(`from: ${selector}`);
		t.deepEqual(
			from.map(({reach, requirements}) => [reach, ...requirements]),
			expected.map(term => [...term]) as never,
		);
	});

for (const [on, expected] of [
	['443', {kind: 'range', protocol: 'tcp', first: 443, last: 443}],
	['"443"', {kind: 'range', protocol: 'tcp', first: 443, last: 443}],
	['53/udp', {kind: 'range', protocol: 'udp', first: 53, last: 53}],
	['8000-8080/tcp', {kind: 'range', protocol: 'tcp', first: 8000, last: 8080}],
	['1-65535', {kind: 'range', protocol: 'tcp', first: 1, last: 65535}],
	['tcp', {kind: 'protocol', protocol: 'tcp'}],
	['udp', {kind: 'protocol', protocol: 'udp'}],
	['icmp', {kind: 'protocol', protocol: 'icmp'}],
	['postgres', {kind: 'service', name: 'postgres', protocol: null}],
] as const)
	test(`on: [${on}]`, t => t.deepEqual(ruleOf(`on: [${on}]`).on, [expected]));

test('on left out is everything', t => t.is(ruleOf().on, null));

test('relations and unless are kept', t => {
	const it = ruleOf('same: [env, app]', 'differ: [network, workload]', 'unless: [{ from: { tier: web }, on: [ssh] }]');
	t.deepEqual(
		[it.same, it.differ],
		[
			['env', 'app'],
			['network', 'workload'],
		],
	);
	t.is(it.unless.length, 1);
	t.like(it.unless[0], {same: [], differ: [], on: [{kind: 'service', name: 'ssh', protocol: null}]});
	t.like(it.unless[0]!.to[0], {reach: 'workloads', requirements: []});
});

test('a defined name is usable in every file in force, and may use others', t => {
	const parsed = parse(
		'policy: a\nrules:\n  - allow: it\n    from: { is: partners }\n    on: [directory, 22]\n',
		'policy: b\ndefine:\n  directory: [88/tcp, names-too]\n  names-too: 53/udp\n  partners: [{ cidr: 203.0.113.0/26 }, { is: wikis }]\n',
		'policy: c\ndefine:\n  wikis: { app: wiki }\n',
	);
	if (parsed.kind === 'wrong') return t.fail(parsed.problems.map(renderProblem).join('\n'));
	const it = parsed.value[0]!.rules[0]!;
	t.deepEqual(
		it.on!.map(port => (port.kind === 'range' ? `${port.first}/${port.protocol}` : port.kind)),
		['88/tcp', '53/udp', '22/tcp'],
	);
	const [requirement] = it.from[0]!.requirements;
	if (requirement?.kind !== 'is') return t.fail('no is');
	t.is(it.from[0]!.reach, 'anything');
	t.deepEqual(
		requirement.selector.map(({reach}) => reach),
		['anything', 'workloads'],
	);
	t.like(requirement.selector[1]!.requirements[0], {kind: 'is', name: 'wikis'});
});
