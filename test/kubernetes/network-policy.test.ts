import test from 'ava';
import type {PortMatch, Requirement, Selector} from '../../core/model/policy.ts';
import {renderPorts} from '../../core/reach/port-set.ts';
import {createReach} from '../../core/reach/reach.ts';
import {deploymentText, imported, networkPolicyText, policyOf, problemsOf, warningsOf} from './manifest-texts.ts';

const renderRequirement = (one: Requirement): string => {
	if (one.kind === 'cidr') return `${one.cidrs.join()}${one.except.map(cidr => ` but ${cidr}`).join('')}`;
	if (one.kind === 'namespace') return `in ${one.names.join()}`;
	if (one.kind !== 'label' && one.kind !== 'namespace-label') return one.kind;
	const key = one.kind === 'label' ? one.key : `ns.${one.key}`;
	return `${key}${one.wanted ? '=' : '!='}${one.values?.join('|') ?? '*'}`;
};
const render = (selector: Selector): string =>
	selector.map(({reach, requirements}) => `${reach}(${requirements.map(renderRequirement).join(' ')})`).join(' or ');
const renderPort = (match: PortMatch): string =>
	match.kind === 'range'
		? `${match.first}-${match.last}/${match.protocol}`
		: match.kind === 'service'
			? `${match.name}/${match.protocol}`
			: match.protocol;

const selectors: readonly (readonly [what: string, podSelector: string, meaning: string])[] = [
	['empty is every pod of the namespace', '{}', 'in shop'],
	['null is empty', 'null', 'in shop'],
	['null matchLabels are empty', '{matchLabels: null}', 'in shop'],
	['labels', '{matchLabels: {app: web, tier: a}}', 'in shop app=web tier=a'],
	['an empty value', '{matchLabels: {app: ""}}', 'in shop app='],
	['In', '{matchExpressions: [{key: app, operator: In, values: [a, b]}]}', 'in shop app=a|b'],
	['NotIn', '{matchExpressions: [{key: app, operator: NotIn, values: [a]}]}', 'in shop app!=a'],
	['Exists', '{matchExpressions: [{key: app, operator: Exists}]}', 'in shop app=*'],
	['DoesNotExist', '{matchExpressions: [{key: app, operator: DoesNotExist, values: []}]}', 'in shop app!=*'],
	['both', '{matchLabels: {a: b}, matchExpressions: [{key: c, operator: Exists}]}', 'in shop a=b c=*'],
];
for (const [what, podSelector, meaning] of selectors)
	test(`podSelector: ${what}`, t => {
		t.is(render(policyOf(`{podSelector: ${podSelector}}`).applies), `workloads(${meaning})`);
	});

const peers: readonly (readonly [what: string, rule: string, from: string])[] = [
	['missing is everyone', '{}', 'anything()'],
	['an empty list is everyone', '{from: []}', 'anything()'],
	['a rule left empty is everyone', '', 'anything()'],
	['a podSelector stays in the namespace', '{from: [{podSelector: {}}]}', 'workloads(in shop)'],
	['a namespaceSelector is all pods there', '{from: [{namespaceSelector: {}}]}', 'workloads()'],
	['a namespaceSelector by label', '{from: [{namespaceSelector: {matchLabels: {t: x}}}]}', 'workloads(ns.t=x)'],
	[
		'both are pods there',
		'{from: [{namespaceSelector: {matchLabels: {t: x}}, podSelector: {matchLabels: {a: b}}}]}',
		'workloads(ns.t=x a=b)',
	],
	[
		'a null podSelector beside a namespaceSelector',
		'{from: [{namespaceSelector: {}, podSelector: null}]}',
		'workloads()',
	],
	['ipBlock reaches beyond the cluster', '{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}', 'anything(10.0.0.0/8)'],
	['host bits are cleared', '{from: [{ipBlock: {cidr: 10.1.2.3/8}}]}', 'anything(10.0.0.0/8)'],
	[
		'except, in both families',
		'{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}, {ipBlock: {cidr: "FD00::/8", except: ["fd00:1::/32"]}}]}',
		'anything(10.0.0.0/8 but 10.1.0.0/16) or anything(fd00::/8 but fd00:1::/32)',
	],
];
for (const [what, rule, from] of peers)
	test(`peers: ${what}`, t => {
		const [ingress] = policyOf(`\n  podSelector: {}\n  ingress:\n    - ${rule}`).rules;
		t.is(render(ingress!.from), from);
		t.is(render(ingress!.to), 'anything()');
		const [egress] = policyOf(`\n  podSelector: {}\n  egress:\n    - ${rule.replace('from', 'to')}`).rules;
		t.is(render(egress!.to), from);
		t.is(render(egress!.from), 'anything()');
	});

const ports: readonly (readonly [what: string, ports: string, on: string | null])[] = [
	['an empty list is everything', '[]', null],
	['null is everything', 'null', null],
	['an empty port is all of TCP', '[{}]', 'tcp'],
	['a protocol alone', '[{protocol: UDP}]', 'udp'],
	['TCP where nothing is said', '[{port: 80}]', '80-80/tcp'],
	['SCTP', '[{port: 80, protocol: SCTP}]', '80-80/sctp'],
	['a range', '[{port: 80, endPort: 90, protocol: UDP}]', '80-90/udp'],
	['a name', '[{port: http}]', 'http/tcp'],
	['several', '[{port: 80}, {port: dns, protocol: UDP}]', '80-80/tcp dns/udp'],
];
for (const [what, text, on] of ports)
	test(`ports: ${what}`, t => {
		const [rule] = policyOf(`{podSelector: {}, ingress: [{ports: ${text}}]}`).rules;
		t.is(rule!.on?.map(renderPort).join(' ') ?? null, on);
	});

const types: readonly (readonly [spec: string, directions: string, rules: string])[] = [
	['{podSelector: {}}', 'ingress', ''],
	['null', 'ingress', ''],
	['{podSelector: {}, egress: []}', 'ingress', ''],
	['{podSelector: {}, egress: [{}]}', 'ingress egress', 'egress'],
	['{podSelector: {}, policyTypes: [], ingress: [{}, {}]}', 'ingress', 'ingress ingress'],
	['{podSelector: {}, policyTypes: [Egress]}', 'egress', ''],
	['{podSelector: {}, policyTypes: [Egress], ingress: [{}], egress: [{}]}', 'egress', 'egress'],
	['{podSelector: {}, policyTypes: [Egress, Ingress]}', 'ingress egress', ''],
];
for (const [spec, directions, rules] of types)
	test(`types: ${spec} isolates for ${directions} and allows by ${rules || 'nothing'}`, t => {
		const policy = policyOf(spec);
		t.is(policy.directions.join(' '), directions);
		t.is(policy.rules.map(rule => rule.direction).join(' '), rules);
		t.true(policy.isolates);
		t.is(policy.default, 'allow');
	});

test('rules have ids, names that count by direction, and places', t => {
	const {rules} = policyOf('\n  podSelector: {}\n  egress: [{}]\n  ingress:\n    - {}\n    - ports: [{port: 1}]');
	t.deepEqual(
		rules.map(({id, name, where}) => `${id} ${name} ${where.line}:${where.column}`),
		['p0.r1 p ingress 1 8:7', 'p0.r2 p ingress 2 9:7', 'p0.r3 p egress 1 6:12'],
	);
});

const refused: readonly (readonly [spec: string, problem: RegExp])[] = [
	['{podSelector: {}, ingress: [{from: [{}]}]}', /spec\.ingress\[0\]\.from\[0\]: this peer is empty/],
	['{ingress: [{from: [null]}]}', /this peer is empty/],
	[
		'{ingress: [{from: [{podSelector: {}, ipBlock: {cidr: 1.0.0.0/8}}]}]}',
		/from\[0\]\.ipBlock: stands beside a selector/,
	],
	['{ingress: [{from: [{ipBlock: {cidr: 10.0.0.0}}]}]}', /ipBlock\.cidr: this is no CIDR/],
	['{ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/33}}]}]}', /this is no CIDR/],
	['{ingress: [{from: [{ipBlock: {cidr: 010.0.0.0/8}}]}]}', /this is no CIDR/],
	['{ingress: [{from: [{ipBlock: {cidr: null}}]}]}', /ipBlock\.cidr: is missing/],
	[
		'{ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/16]}}]}]}',
		/except\[0\]: 11\.0\.0\.0\/16 is not a part of/,
	],
	['{ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}}]}]}', /is not a part of 10\.0\.0\.0\/8/],
	['{ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0, except: ["::/1"]}}]}]}', /is not a part of 0\.0\.0\.0\/0/],
	['{ingress: [{ports: [{port: 0}]}]}', /spec\.ingress\[0\]\.ports\[0\]\.port: 0 is no port \(1 to 65535\)/],
	['{ingress: [{ports: [{port: "80"}]}]}', /write the number without quotes/],
	['{ingress: [{ports: [{port: Bad_Name}]}]}', /this is no name of a port/],
	[
		'{ingress: [{ports: [{protocol: tcp}]}]}',
		/ports\[0\]\.protocol: "tcp" is no protocol of a port \(TCP, UDP or SCTP\)/,
	],
	['{ingress: [{ports: [{protocol: ICMP}]}]}', /no protocol of a port/],
	['{ingress: [{ports: [{port: http, endPort: 90}]}]}', /endPort: a range cannot start with the named port http/],
	['{ingress: [{ports: [{port: 90, endPort: 80}]}]}', /endPort: 80 does not end a range from 90/],
	['{ingress: [{ports: [{endPort: 80}]}]}', /there is no port that the range starts with/],
	['{podSelector: {matchLabels: {"a;b": c}}}', /spec\.podSelector\.matchLabels\."a;b": this is no label key/],
	['{podSelector: {matchLabels: {a: "b c"}}}', /matchLabels\.a: this is no label value/],
	['{podSelector: {matchLabels: {a: 1}}}', /matchLabels\.a: is the number 1 \(wanted a text: put it in quotes\)/],
	[
		'{podSelector: {matchLabel: {a: b}}}',
		/podSelector\.matchLabel: there is no such field \(did you mean matchLabels\?\)/,
	],
	[
		'{podSelector: {matchExpressions: [{key: a, operator: in, values: [b]}]}}',
		/operator: is the text "in" \(did you mean In\?\)/,
	],
	['{podSelector: {matchExpressions: [{key: a, operator: In}]}}', /values: is empty/],
	['{podSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}}', /Exists takes no values/],
	['{podSelector: {}, policyTypes: [ingress]}', /policyTypes\[0\]: "ingress" is no policy type \(Ingress or Egress\)/],
	['{podSelector: {}, ingress: {from: []}}', /spec\.ingress: is a map \(wanted a list\)/],
	['{podSelector: {}, Egress: [{}]}', /spec\.Egress: there is no such field \(did you mean egress\?\)/],
];
for (const [spec, problem] of refused)
	test(`refused: ${spec}`, t => {
		const problems = problemsOf([networkPolicyText(spec)]);
		t.is(problems.length, 1);
		t.regex(problems[0]!, problem);
		t.regex(problems[0]!, /^a\.yaml:4:\d+: NetworkPolicy shop\/p, spec/);
	});

test('all problems of all objects come at once, each at its line', t => {
	const problems = problemsOf([
		networkPolicyText('\n  ingress:\n    - ports:\n        - port: 70000\n          protocol: tcp'),
		networkPolicyText('{podSelector: []}').replace('name: p', 'name: q'),
	]);
	t.deepEqual(
		problems.map(one => one.split(': ')[0]),
		['a.yaml:7:17', 'a.yaml:8:21', 'a.yaml:14:21'],
	);
});

test('two names of one port both mean it', t => {
	const ports = '{name: c, ports: [{name: first, containerPort: 80}, {name: second, containerPort: 80}]}';
	const {topology, stack} = imported([
		deploymentText('web'),
		deploymentText('db', ports),
		networkPolicyText('{podSelector: {matchLabels: {app: db}}, ingress: [{ports: [{port: second}]}]}'),
	]);
	const reach = createReach(topology, stack, {beyond: 'none'});
	t.is(renderPorts(reach.open(reach.classOf('web'), reach.classOf('db'), 4)), 'TCP 80');
});

test('rules that the types leave out are named', t => {
	t.deepEqual(warningsOf([networkPolicyText('{policyTypes: [Ingress], egress: [{}]}')]), [
		'a.yaml:4:40: NetworkPolicy shop/p, spec.egress: has no effect (policyTypes does not name Egress)',
	]);
});
