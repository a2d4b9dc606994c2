import test from 'ava';
import {parsePolicies} from '../../../core/files/policy.ts';
import {renderProblem} from '../../../core/model/problem.ts';
import {problemsOf, rule} from './policy-files.ts';
import {smallShop} from './small-shop.ts';

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
