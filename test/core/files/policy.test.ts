import test from 'ava';
import fc from 'fast-check';
import {parsePolicies} from '../../../core/files/policy.ts';
import type {Policy, Rule} from '../../../core/model/policy.ts';
import {renderProblem} from '../../../core/model/problem.ts';
import {smallShop} from './small-shop.ts';

const parse = (...texts: string[]) =>
	parsePolicies(
		texts.map((text, index) => ({file: `${'abc'[index]}.yaml`, text})),
		smallShop,
	);

const problemsOf = (...texts: string[]): readonly string[] => {
	const parsed = parse(...texts);
	return parsed.kind === 'ok' ? [] : parsed.problems.map(renderProblem);
};

const policyOf = (text: string): Policy => {
	const parsed = parse(text);
	if (parsed.kind === 'wrong') throw new Error(parsed.problems.map(renderProblem).join('\n'));
	return parsed.value[0]!;
};

/** The one rule of a policy with `lines` below `- allow: it`. */
const ruleOf = (...lines: string[]): Rule => policyOf(rule(...lines)).rules[0]!;
const rule = (...lines: string[]): string =>
	['policy: p', 'rules:', '  - allow: it', ...lines.map(line => `    ${line}`), ''].join('\n');

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

test('the wrong policy of SCREENS.md is told as drawn there', t => {
	const text = [
		'policy: segmented',
		...Array.from({length: 17}, () => '#'),
		'rules:',
		'  - allow: api reads its database',
		'    from: { tier: bd }',
		'    to: { tier: api }',
		'    on: [htttp]',
		'',
	].join('\n');
	const parsed = parsePolicies([{file: 'segmented.policy.yaml', text}], smallShop);
	t.deepEqual(parsed.kind === 'wrong' && parsed.problems.map(renderProblem), [
		'segmented.policy.yaml:21:13: no workload has the label tier=bd (did you mean db?)',
		'segmented.policy.yaml:23:10: api has no service named htttp (it has http, ssh, metrics)',
	]);
});

for (const [lines, expected] of [
	[['from: { teir: db }'], ['a.yaml:4:13: no workload has a label teir (did you mean tier?)']],
	[['from: { tier: [api, bd] }'], ['a.yaml:4:25: no workload has the label tier=bd (did you mean db?)']],
	[['from: { tier: { not: bd } }'], ['a.yaml:4:26: no workload has the label tier=bd (did you mean db?)']],
	[['from: { zone: world }'], ['a.yaml:4:13: no workload has a label zone (outside hosts have it: add outside: true)']],
	[['from: { env: prd }'], ['a.yaml:4:13: no workload has the label env=prd (did you mean prod?)']],
	[
		['from: { constructor: x }'],
		['a.yaml:4:13: no workload has a label constructor (known: app, data, env, tier, version)'],
	],
	[['from: { workload: wbe.prod }'], ['a.yaml:4:23: there is no workload wbe.prod (did you mean web.prod?)']],
	[['from: { network: apps }'], ['a.yaml:4:22: there is no network apps (did you mean app?)']],
	[
		['from: { network: "*" }'],
		['a.yaml:4:22: there is no network "*" (a star stands for the values of a label; leave the key out)'],
	],
	[['from: { tier: ["*", db] }'], ['a.yaml:4:20: "*" stands in a list (alone it means that the label is there)']],
	[
		['from: { cidr: 10.0.0.0/33 }'],
		['a.yaml:4:19: "10.0.0.0/33" is not a range of addresses (a range is written 10.0.0.0/8 or 2001:db8::/32)'],
	],
	[['from: { cidr: [10.0.0.1/8] }'], ['a.yaml:4:20: 10.0.0.1/8 has bits beyond its prefix (did you mean 10.0.0.0/8?)']],
	[
		['from: { cidr: 10.0.0.0/8, except: 11.0.0.0/16 }'],
		['a.yaml:4:39: 11.0.0.0/16 lies in no range of cidr (except takes a part of them away)'],
	],
	[['from: { except: 11.0.0.0/16 }'], ['a.yaml:4:13: except stands without a cidr (add cidr)']],
	[['from: { is: partnes }'], ['a.yaml:4:17: nothing is defined as partnes']],
	[['same: [tiers]'], ['a.yaml:4:12: no workload has a label tiers (did you mean tier?)']],
	[['same: [envv]'], ['a.yaml:4:12: no workload has a label envv (did you mean env?)']],
	[['on: [htttp]'], ['a.yaml:4:10: no workload has a service named htttp (did you mean http?)']],
	[['to: { app: wiki }', 'on: [postgres]'], ['a.yaml:5:10: wiki has no service named postgres (it has http)']],
	[
		['to: { tier: [api, db] }', 'on: [https]'],
		['a.yaml:5:10: no workload that "to" selects has a service named https (did you mean http?)'],
	],
	[['on: [0]'], ['a.yaml:4:10: "0" is not a port (ports go from 1 to 65535)']],
	[['on: [70000/tcp]'], ['a.yaml:4:10: "70000/tcp" is not a port (ports go from 1 to 65535)']],
	[['on: [443/tpc]'], ['a.yaml:4:10: "443/tpc" is not a port (a port is written 443/tcp, 53/udp or 8000-8080/tcp)']],
	[['on: [80-70]'], ['a.yaml:4:10: "80-70" is not a port (a range goes upwards: 70-80/tcp)']],
	[['on: [8/icmp]'], ['a.yaml:4:10: "8/icmp" is not a port (icmp has no ports: write icmp)']],
	[['on: [utp]'], ['a.yaml:4:10: no workload has a service named utp (did you mean udp?)']],
	[['on: []'], ['a.yaml:4:9: on is an empty list (at least 1 of them)']],
	[['on: ssh'], ['a.yaml:4:9: on is the text "ssh" (wanted a list)']],
	[
		['mode: observe'],
		['a.yaml:4:5: only a deny can observe (remove mode, or put the rule into a policy that observes)'],
	],
	[['deny: too'], ['a.yaml:4:5: a rule says both allow and deny (make two rules of it)']],
	[['note: { until: 2027-02-30 }'], ['a.yaml:4:20: until is the text "2027-02-30" (a date is written 2027-03-31)']],
	[['form: { tier: db }'], ['a.yaml:4:5: rules[0] has no key "form" (did you mean from?)']],
] as const)
	test(`wrong: ${lines.join(' / ')}`, t => t.deepEqual(problemsOf(rule(...lines)), [...expected]));

for (const [text, expected] of [
	[
		'policy: a.b\n',
		['a.yaml:1:9: policy is the text "a.b" (a name has letters, digits, - and _: no dot, no space, no /)'],
	],
	['default: deny\n', ['a.yaml:1:1: the file lacks the key policy (add it)']],
	[
		'policy: p\nrules:\n  - deny: it\n',
		['a.yaml:3:5: rules cannot deny (a deny belongs under guardrails or baseline)'],
	],
	['policy: p\nbaseline:\n  - pass: it\n', ['a.yaml:3:5: baseline cannot pass (pass belongs under guardrails)']],
	['policy: p\nrules:\n  - from: {}\n', ['a.yaml:3:5: a rule lacks allow (write allow: and what it is for)']],
	[
		'policy: p\nmode: observe\nguardrails:\n  - deny: it\n    mode: enforce\n',
		['a.yaml:5:5: a rule cannot be enforced in a policy that observes (put the rule into a policy of its own)'],
	],
	['policy: p\ndefine: { tcp: [1] }\n', ['a.yaml:2:11: tcp already means every tcp port (give the set another name)']],
	[
		'policy: p\ndefine: { ssh: [22] }\n',
		['a.yaml:2:11: ssh is already the name of a service (give the set another name)'],
	],
	[
		'policy: p\ndefine: { x: [y], y: [x] }\n',
		['a.yaml:2:11: x is defined by itself (a definition may use others, but not in a circle)'],
	],
	[
		'policy: p\ndefine: { x: { is: x } }\n',
		['a.yaml:2:11: x is defined by itself (a definition may use others, but not in a circle)'],
	],
	['policy: p\ndefine: { x: { tier: bd } }\n', ['a.yaml:2:16: no workload has the label tier=bd (did you mean db?)']],
	[
		'policy: p\ndefine: { dirs: [88/tcp] }\nrules:\n  - allow: it\n    from: { is: dirs }\n    on: [drs]\n',
		[
			'a.yaml:5:17: dirs is defined as ports (it belongs under on)',
			'a.yaml:6:10: no workload has a service named drs (did you mean dirs?)',
		],
	],
	['', ['a.yaml:1:1: the file is empty (wanted a map)']],
] as const)
	test(`wrong file: ${JSON.stringify(text)}`, t => t.deepEqual(problemsOf(text), [...expected]));

test('a key that does not fit hides no other problem of its file', t => {
	const text = [
		'policy: p',
		'denied: rejekt',
		'rules:',
		'  - allow: one',
		'    from: { tier: bd }',
		'  - allow: two',
		'    on: 5',
		'  - allow: three',
		'    to: { tier: [webb] }',
	].join('\n');
	t.deepEqual(problemsOf(text), [
		'a.yaml:2:9: denied is the text "rejekt" (did you mean reject?)',
		'a.yaml:5:13: no workload has the label tier=bd (did you mean db?)',
		'a.yaml:7:9: on is the number 5 (wanted a list)',
		'a.yaml:9:18: no workload has the label tier=webb (did you mean web?)',
	]);
});

test('a name that a broken file may define is not called unknown', t => {
	const told = problemsOf('policy: a\nrules:\n  - allow: it\n    from: { is: x }\n', 'policy: b\ndefine: {x: [\n');
	t.true(told.length > 0 && told.every(line => line.startsWith('b.yaml:')), told.join('\n'));
});

test('policies that disagree for one workload are an error that names both files', t => {
	t.deepEqual(problemsOf('policy: a\nestablished: cut\n', 'policy: b\napplies: { tier: db }\n'), [
		'b.yaml:1:1: established is keep here and cut in a.yaml, and both speak for db.dev (say the same in both, or give them different workloads by applies)',
	]);
	t.deepEqual(
		problemsOf('policy: a\napplies: { tier: web }\ndenied: reject\n', 'policy: b\napplies: { tier: db }\n'),
		[],
	);
});

test('two policies of one name, and a name defined twice, are told at the second', t => {
	t.deepEqual(problemsOf('policy: a\n', 'policy: a\n'), [
		'b.yaml:1:9: the policy a is already in force, from a.yaml (policies in force together have different names)',
	]);
	t.deepEqual(problemsOf('policy: a\ndefine: { x: [1] }\n', 'policy: b\ndefine: { x: [2] }\n'), [
		'b.yaml:2:11: x is already defined in a.yaml (give the set another name)',
	]);
});

const anyText = fc.oneof(
	fc.string({unit: 'binary'}),
	fc.string({unit: 'grapheme'}),
	fc.constantFrom('"; flush ruleset; #', 'a\nb', '*', ''),
);

test('any text is a rule name, a ticket and a note, as it is or as a problem', t => {
	fc.assert(
		fc.property(anyText, text => {
			const file = JSON.stringify({policy: 'p', rules: [{allow: text, note: {ticket: text}}]});
			const parsed = parsePolicies([{file: 'a.yaml', text: file}], smallShop);
			if (parsed.kind === 'wrong') return parsed.problems.length > 0;
			const [it] = parsed.value[0]!.rules;
			return it!.name === text && it!.note!.ticket === text;
		}),
		{seed: 7},
	);
	t.pass();
});

test('any text is a label value that a workload has, or a problem; and a policy name, or a problem', t => {
	fc.assert(
		fc.property(anyText, fc.boolean(), (text, there) => {
			const known = {
				...smallShop,
				workloads: smallShop.workloads.map(one => (there ? {...one, labels: {...one.labels, odd: text}} : one)),
			};
			const file = JSON.stringify({policy: text, rules: [{allow: 'it', from: {odd: [text]}}]});
			const parsed = parsePolicies([{file: 'a.yaml', text: file}], known);
			if (parsed.kind === 'wrong') return parsed.problems.length > 0;
			const requirement = parsed.value[0]!.rules[0]!.from[0]!.requirements[0]!;
			const values = requirement.kind === 'label' ? requirement.values : undefined;
			return there && parsed.value[0]!.name === text && (text === '*' ? values === null : values?.[0] === text);
		}),
		{seed: 11},
	);
	t.pass();
});
