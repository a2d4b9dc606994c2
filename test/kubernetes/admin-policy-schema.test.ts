import test from 'ava';
import {clusterPolicyText, problemsOf} from './manifest-texts.ts';

const from = 'from: [{namespaces: {}}]';
const to = 'to: [{namespaces: {}}]';
const anp = (rule: string, subject = '{namespaces: {}}', priority = '5'): string =>
	clusterPolicyText('AdminNetworkPolicy', 'a', `{priority: ${priority}, subject: ${subject}, ${rule}}`);
const banp = (rule: string, name = 'default'): string =>
	clusterPolicyText('BaselineAdminNetworkPolicy', name, `{subject: {namespaces: {}}, ${rule}}`);
const cnp = (rule: string, tier = 'Admin', priority = '5'): string =>
	clusterPolicyText(
		'ClusterNetworkPolicy',
		'a',
		`{tier: ${tier}, priority: ${priority}, subject: {namespaces: {}}, ${rule}}`,
	);
const port = (text: string): string => anp(`egress: [{action: Deny, ${to}, ports: [${text}]}]`);
const protocol = (text: string): string => cnp(`egress: [{action: Deny, ${to}, protocols: [${text}]}]`);
const peer = (text: string): string => anp(`egress: [{action: Deny, to: [${text}]}]`);
const many = (item: string, count: number): string => Array.from({length: count}, () => item).join(', ');

const refused: readonly (readonly [text: string, problem: RegExp])[] = [
	[anp('', '{namespaces: {}}', '1001'), /spec\.priority: 1001 is no priority \(0 to 1000/],
	[anp('', '{namespaces: {}}', '-1'), /spec\.priority: -1 is no priority/],
	[anp('', '{namespaces: {}}', '1.5'), /spec\.priority: is the number 1\.5/],
	[anp('').replace('priority: 5, ', ''), /spec\.priority: is missing/],
	[anp('', '{}'), /spec\.subject: is empty \(exactly one of namespaces, pods\)/],
	[anp('', '{namespaces: {}, pods: {podSelector: {}}}'), /spec\.subject: has namespaces and pods/],
	[anp('', 'null'), /spec\.subject: is missing/],
	[anp('', '{pods: {}}'), /spec\.subject\.pods: is empty/],
	[anp('', '{pod: {}}'), /spec\.subject\.pod: there is no such field \(did you mean pods\?\)/],
	[anp('tier: Admin'), /spec\.tier: there is no such field/],
	[
		anp(`ingress: [{action: Accept, ${from}}]`),
		/spec\.ingress\[0\]\.action: is the text "Accept" \(known: Allow, Deny, Pass\)/,
	],
	[anp(`ingress: [{${from}}]`), /spec\.ingress\[0\]\.action: is missing/],
	[anp('ingress: [{action: Deny}]'), /spec\.ingress\[0\]\.from: is missing/],
	[anp('ingress: [{action: Deny, from: []}]'), /spec\.ingress\[0\]\.from: is empty \(at least 1\)/],
	[anp(`ingress: [{action: Deny, ${to}}]`), /spec\.ingress\[0\]\.(from: is missing|to: there is no such field)/],
	[anp('ingress: [{action: Deny, from: [{networks: [10.0.0.0/8]}]}]'), /from\[0\]\.networks: there is no such field/],
	[anp(`ingress: [${many(`{action: Deny, ${from}}`, 101)}]`), /spec\.ingress: has 101 items \(at most 100\)/],
	[anp(`ingress: [{name: ${'x'.repeat(101)}, action: Deny, ${from}}]`), /\.name: has 101 characters \(at most 100\)/],
	[peer('{}'), /to\[0\]: is empty \(exactly one of namespaces, pods, nodes, networks, domainNames\)/],
	[peer('{namespaces: {}, networks: [10.0.0.0/8]}'), /to\[0\]: has namespaces and networks/],
	[peer('{networks: [10.0.0.0]}'), /to\[0\]\.networks\[0\]: this is no CIDR/],
	[peer('{networks: []}'), /to\[0\]\.networks: is empty/],
	[peer('{networks: [10.0.0.0/8, 10.0.0.0/8]}'), /to\[0\]\.networks\[1\]: stands twice/],
	[peer(`{networks: [${many('10.0.0.0/8', 26)}]}`), /to\[0\]\.networks: has 26 items/],
	[peer('{domainNames: [example.com]}'), /to\[0\]\.domainNames: cannot be enforced here/],
	[
		peer('{namespaces: {matchExpressions: [{key: a, operator: In}]}}'),
		/namespaces\.matchExpressions\[0\]\.values: is empty/,
	],
	[port('{}'), /ports\[0\]: is empty \(exactly one of portNumber, portRange, namedPort\)/],
	[port('{portNumber: {port: 1}, namedPort: a}'), /ports\[0\]: has portNumber and namedPort/],
	[port('{portNumber: {port: 0}}'), /ports\[0\]\.portNumber\.port: this is no port/],
	[port('{portNumber: {protocol: TCP}}'), /ports\[0\]\.portNumber\.port: is missing/],
	[port('{portNumber: {port: 1, protocol: tcp}}'), /portNumber\.protocol: "tcp" is no protocol of a port/],
	[port('{portRange: {start: 9, end: 8}}'), /portRange\.end: 8 does not end a range from 9/],
	[port('{portRange: {start: 9}}'), /portRange\.end: is missing/],
	[anp(`egress: [{action: Deny, ${to}, ports: []}]`), /ports: is empty/],
	[banp(`egress: [{action: Pass, ${to}}]`), /egress\[0\]\.action: is the text "Pass" \(known: Allow, Deny\)/],
	[banp('priority: 3'), /spec\.priority: there is no such field/],
	[banp('egress: [{action: Deny, to: [{domainNames: [a.b]}]}]'), /to\[0\]\.domainNames: there is no such field/],
	[banp('', 'other'), /metadata\.name: is "other" \(a cluster takes one, called default\)/],
	[cnp('', 'Middle'), /spec\.tier: is the text "Middle" \(known: Admin, Baseline\)/],
	[cnp(`ingress: [{action: Allow, ${from}}]`), /action: is the text "Allow" \(known: Accept, Deny, Pass\)/],
	[cnp(`ingress: [${many(`{action: Deny, ${from}}`, 26)}]`), /spec\.ingress: has 26 items \(at most 25\)/],
	[cnp(`ingress: [{action: Deny, ${from}, ports: []}]`), /ingress\[0\]\.ports: there is no such field/],
	[protocol('{}'), /protocols\[0\]: is empty \(exactly one of tcp, udp, sctp, destinationNamedPort\)/],
	[protocol('{tcp: {}}'), /protocols\[0\]\.tcp: is empty \(exactly one of destinationPort\)/],
	[protocol('{tcp: {destinationPort: {}}}'), /destinationPort: is empty \(exactly one of number, range\)/],
	[protocol('{tcp: {destinationPort: {range: {start: 8, end: 8}}}}'), /range\.end: 8 is not above the start, 8/],
	[protocol('{tcp: {destinationPort: {number: 65536}}}'), /number: this is no port/],
];
for (const [text, problem] of refused)
	test(`refused: ${text.match(/kind: (\w+)/)![1]} ${problem.source}`, t => {
		const problems = problemsOf([text]);
		t.true(
			problems.some(one => problem.test(one)),
			problems.join('\n'),
		);
		for (const one of problems) t.regex(one, /^a\.yaml:[34]:\d+: \w*NetworkPolicy (a|default|other), /);
	});

test('equal priorities of one tier are refused, with the place of the first', t => {
	const two = (text: string): readonly string[] => problemsOf([text, text.replace('name: a', 'name: b')]);
	for (const text of [anp(''), cnp(''), cnp('', 'Baseline')])
		t.regex(
			two(text).join('\n'),
			/^a\.yaml:10:\d+: \w+ b, spec\.priority: 5 is also the priority of \w+ a at a\.yaml:1 \(a cluster may/,
		);
	t.deepEqual(problemsOf([cnp(''), cnp('', 'Baseline').replace('name: a', 'name: b')]), []);
	t.deepEqual(problemsOf([anp(''), anp('', '{namespaces: {}}', '6').replace('name: a', 'name: b')]), []);
});

test('the older and the newer API together are refused, for no standard orders them', t => {
	t.regex(
		problemsOf([cnp(''), banp('')]).join('\n'),
		/BaselineAdminNetworkPolicy default stands beside ClusterNetworkPolicy a \(a\.yaml:1\)/,
	);
});

test('an object for the whole cluster is there twice whatever namespace it names', t => {
	const text = anp('');
	t.regex(
		problemsOf([text, text.replace('name: a', 'name: a, namespace: x').replace('priority: 5', 'priority: 6')])[0]!,
		/AdminNetworkPolicy a is there twice/,
	);
});
