import test from 'ava';
import {clusterPolicyText, deploymentText, imported, networkPolicyText, warningsOf} from './manifest-texts.ts';
import {type Asked, admin, pods, shop, toAll, verdict, web80} from './two-namespaces.ts';

test('the lower priority goes first, wherever it stands', t => {
	const late = admin(20, `${shop}, egress: [{name: late, action: Deny, to: [${toAll}]}]`);
	const early = admin(10, `${shop}, egress: [{name: early, action: Allow, to: [${toAll}]}]`);
	for (const texts of [
		[late, early],
		[early, late],
	]) {
		const {stack} = imported([...texts]);
		t.deepEqual(
			stack.map(({name, id}) => `${id} ${name}`),
			['p0 p10', 'p1 p20'],
		);
		t.regex(verdict(texts, web80), /^allow/);
		t.regex(verdict([...texts, networkPolicyText('{policyTypes: [Egress]}')], web80), /^allow/);
		t.is(verdict([late.replace('priority: 20', 'priority: 5'), early], web80), 'deny by late');
	}
});

test('a pass skips all further guardrails, and goes on with NetworkPolicies, then the baseline', t => {
	const texts = [
		admin(1, `${shop}, ingress: [{name: pass, action: Pass, from: [${toAll}]}]`),
		admin(2, `${shop}, ingress: [{name: deny, action: Deny, from: [${toAll}]}]`),
	];
	const baseline = clusterPolicyText(
		'BaselineAdminNetworkPolicy',
		'default',
		`{${shop}, ingress: [{name: base, action: Deny, from: [${toAll}]}]}`,
	);
	t.is(verdict(texts.slice(1), web80), 'deny by deny');
	t.is(verdict(texts, web80), 'allow by default');
	t.is(verdict([...texts, baseline], web80), 'deny by base');
	t.is(verdict([...texts, baseline, networkPolicyText('{ingress: [{}]}')], web80), 'allow by p ingress 1');
	t.is(verdict([...texts, networkPolicyText('{}')], web80), 'deny by isolation');
});

const cluster = (tier: string, priority: number, rules: string): string =>
	clusterPolicyText(
		'ClusterNetworkPolicy',
		`${tier}-${priority}`.toLowerCase(),
		`{tier: ${tier}, priority: ${priority}, subject: {namespaces: {}}, ${rules}}`,
	);

test('in the Baseline tier a Pass leads past the tier, to the default that allows', t => {
	const deny = cluster('Baseline', 20, `ingress: [{name: deny, action: Deny, from: [${toAll}]}]`);
	const pass = cluster(
		'Baseline',
		10,
		'ingress: [{name: pass, action: Pass, from: [{pods: {podSelector: {matchLabels: {app: web}}}}]}]',
	);
	t.is(verdict([deny], web80), 'deny by deny');
	t.is(verdict([deny, pass], web80), 'allow by pass');
	t.is(verdict([deny, pass], {...web80, ends: 'job>db'}), 'deny by deny');
	t.is(verdict([deny, pass, networkPolicyText('{}')], web80), 'deny by isolation');
});

test('one priority in both tiers is two tiers', t => {
	const texts = ['Admin', 'Baseline'].map(tier => cluster(tier, 10, `egress: [{action: Deny, to: [${toAll}]}]`));
	t.deepEqual(
		imported(texts).stack.map(({guardrails, baseline}) => [guardrails.length, baseline.length]),
		[
			[1, 0],
			[0, 1],
		],
	);
});

const peers: readonly (readonly [what: string, rule: string, asked: Asked, verdict: string])[] = [
	['namespaces', 'to: [{namespaces: {matchLabels: {team: shop}}}]', web80, 'deny'],
	['namespaces of others', 'to: [{namespaces: {matchLabels: {team: ops}}}]', web80, 'allow'],
	['pods', 'to: [{pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: db}}}}]', web80, 'deny'],
	['pods elsewhere', 'to: [{pods: {namespaceSelector: {matchLabels: {team: ops}}, podSelector: {}}}]', web80, 'allow'],
	['networks, which pods are in too', 'to: [{networks: [10.0.0.0/30]}]', web80, 'deny'],
	[
		'networks beyond the cluster',
		'to: [{networks: [203.0.113.0/24]}]',
		{ends: 'web>203.0.113.9', port: '1/udp'},
		'deny',
	],
	['pods are nobody beyond the cluster', 'to: [{namespaces: {}}]', {ends: 'web>203.0.113.9', port: '1/udp'}, 'allow'],
	['a port', 'to: [{namespaces: {}}], ports: [{portNumber: {port: 80}}]', web80, 'deny'],
	[
		'a port of another protocol',
		'to: [{namespaces: {}}], ports: [{portNumber: {port: 80, protocol: UDP}}]',
		web80,
		'allow',
	],
	[
		'a protocol that nobody said is TCP',
		'to: [{namespaces: {}}], ports: [{portNumber: {port: 80, protocol: ""}}]',
		web80,
		'deny',
	],
	['the end of a range', 'to: [{namespaces: {}}], ports: [{portRange: {start: 70, end: 80}}]', web80, 'deny'],
	['past a range', 'to: [{namespaces: {}}], ports: [{portRange: {start: 70, end: 79}}]', web80, 'allow'],
	['a name', 'to: [{namespaces: {}}], ports: [{namedPort: http}]', web80, 'deny'],
	[
		'a name has its own protocol',
		'to: [{namespaces: {}}], ports: [{namedPort: dns}]',
		{ends: 'web>db', port: '53/udp'},
		'deny',
	],
	[
		'a name and no more',
		'to: [{namespaces: {}}], ports: [{namedPort: dns}]',
		{ends: 'web>db', port: '53/tcp'},
		'allow',
	],
];
for (const [what, rule, asked, expected] of peers)
	test(`egress to ${what}: ${expected}`, t => {
		t.regex(verdict([admin(1, `${shop}, egress: [{action: Deny, ${rule}}]`)], asked), new RegExp(`^${expected} by`));
	});

test('protocols of v1alpha2', t => {
	const deny = (protocols: string): string =>
		cluster('Admin', 1, `ingress: [{action: Deny, from: [${toAll}], protocols: [${protocols}]}]`);
	const denied = (protocols: string, port: string): boolean =>
		verdict([deny(protocols)], {ends: 'web>db', port}).startsWith('deny');
	t.true(denied('{tcp: {destinationPort: {number: 80}}}', '80/tcp'));
	t.false(denied('{udp: {destinationPort: {number: 80}}}', '80/tcp'));
	t.true(denied('{udp: {destinationPort: {range: {start: 50, end: 53}}}}', '53/udp'));
	t.false(denied('{sctp: {destinationPort: {range: {start: 50, end: 53}}}}', '54/sctp'));
	t.true(denied('{destinationNamedPort: dns}', '53/udp'));
	t.false(denied('{destinationNamedPort: dns}', '53/tcp'));
});

test('a policy without rules in a direction says nothing there', t => {
	const [policy] = imported([admin(1, `${shop}, ingress: [], egress: [{action: Pass, to: [${toAll}]}]`)]).stack;
	t.deepEqual(policy!.directions, ['egress']);
	t.false(policy!.isolates);
});

test('a selector that is left out selects all, with a warning', t => {
	const text = admin(
		1,
		`${shop}, egress: [{action: Deny, to: [{pods: {namespaceSelector: {matchLabels: {team: shop}}}}]}]`,
	);
	t.regex(verdict([text], web80), /^deny/);
	t.regex(warningsOf([...pods, text])[0]!, /to\[0\]\.pods\.podSelector: is missing, and read as \{\}/);
});

test('a named port at networks is a warning', t => {
	const text = admin(
		1,
		`${shop}, egress: [{action: Deny, ports: [{namedPort: http}], to: [{networks: [10.0.0.0/8]}]}]`,
	);
	t.regex(verdict([text], web80), /^deny/);
	t.regex(warningsOf([...pods, text])[0]!, /to\[0\]: a named port means nothing here but where a pod is/);
});

test('a name that no port can have matches nothing, with a warning, whatever ports without a name are called here', t => {
	const bare = pods.map(one => one.replace('name: http, ', '').replace('name: dns, ', ''));
	for (const [name, port] of [
		['80', '80/tcp'],
		['53_udp', '53/udp'],
	]) {
		const text = admin(1, `${shop}, egress: [{action: Deny, ports: [{namedPort: "${name}"}], to: [${toAll}]}]`);
		t.regex(verdict([text], {ends: 'web>db', port: port!}, bare), /^allow/);
		t.regex(warningsOf([...bare, text])[0]!, /egress\[0\]\.ports\[0\]: matches nothing \(no port has such a name/);
	}
});

test('names stay apart where objects of two kinds are called alike', t => {
	const texts = [
		networkPolicyText('{}'),
		admin(1, `${shop}, egress: [{action: Pass, to: [${toAll}]}]`, 'p'),
		deploymentText('a'),
	];
	t.deepEqual(
		imported(texts).stack.map(({name}) => name),
		['p-adminnetworkpolicy', 'p'],
	);
});
