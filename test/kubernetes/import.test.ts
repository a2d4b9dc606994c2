import path from 'node:path';
import test from 'ava';
import {isLabelKey, isLabelValue, isPortName} from '../../core/kubernetes/object-schema.ts';
import {renderProblem} from '../../core/model/problem.ts';
import {loadManifests} from '../../topologies/kubernetes/load.ts';
import {
	deploymentText,
	imported,
	importTexts,
	networkPolicyText,
	problemsOf,
	serviceText,
	warningsOf,
} from './manifest-texts.ts';

const shop = await loadManifests(path.join(import.meta.dirname, 'fixtures/shop'));
if (shop.kind === 'wrong') throw new Error(shop.problems.map(renderProblem).join('\n'));
const {topology, stack} = shop.value;
const workload = (name: string) => topology.workloads.find(one => one.name === name)!;

test('the shop: kinds, replicas, addresses and listeners', t => {
	t.deepEqual(
		topology.workloads.map(({name, kind, addresses, services}) => {
			const ports = services.map(one => `${one.name}=${one.port}/${one.protocol} ${one.speaks}`);
			return `${name} (${kind}) ${addresses.map(one => one.address).join()}: ${ports.join(', ')}`;
		}),
		[
			'cache (cache) 10.4.0.7: 6379=6379/tcp tcp',
			'cart (cart) 198.18.1.4: 53_udp=53/udp dns, 17070=17070/tcp tcp',
			'db (db) 198.18.1.5: postgres=5432/tcp tcp',
			'kube-dns (kube-dns) 198.18.0.2: dns=53/udp dns, dns-tcp=53/tcp dns',
			'web-1 (web) 198.18.1.2: http=8080/tcp http',
			'web-2 (web) 198.18.1.3: http=8080/tcp http',
		],
	);
	t.deepEqual(
		topology.segments.map(({name, prefixes}) => `${name} ${prefixes[0]!.cidr}`),
		['kube-system 198.18.0.0/24', 'shop 198.18.1.0/24'],
	);
});

test('the shop: what its containers name', t => {
	t.deepEqual(
		topology.dependencies.map(
			one => `${one.source} ${one.from} -> ${one.to}:${one.port} ${one.service} ${one.where.line}`,
		),
		[
			'imported cart -> cache:6380 null 44',
			'imported cart -> db:5432 postgres 46',
			'assumed cart -> kube-dns:53 dns 46',
			'imported web -> cart:17070 17070 20',
			'assumed web -> kube-dns:53 dns 20',
			'imported web -> reviews:80 null 28',
		],
	);
});

test('the shop: a pod’s environment is its own, else its namespace’s, and adds no label', t => {
	t.is(workload('cart').environment, 'canary');
	t.is(workload('web-1').environment, 'prod');
	t.deepEqual(workload('web-1').labels, {app: 'web'});
	t.deepEqual(workload('db').namespaceLabels, {env: 'prod', team: 'sales', 'kubernetes.io/metadata.name': 'shop'});
	t.deepEqual(topology.environments, ['canary', 'prod']);
});

test('the shop: pods know the Services of their namespace, unless they are told not to', t => {
	t.deepEqual(workload('web-1').knows, ['cache', 'cart', 'kube-dns']);
	t.deepEqual(workload('cart').knows, ['cache', 'db', 'kube-dns', 'web']);
	t.deepEqual(workload('db').knows, ['kube-dns']);
});

test('the shop: its policy, its assumptions, and what was passed over', t => {
	t.deepEqual(
		stack.map(({name, id, where}) => `${name} ${id} ${where.file}`),
		['web p0 policies/web.yml'],
	);
	t.deepEqual(topology.files, ['policies/web.yml']);
	t.is(topology.weakByDefault, 'all');
	t.true(topology.assumptions.some(one => one.startsWith('kube-dns was added')));
	t.deepEqual(shop.kind === 'ok' && shop.warnings.map(renderProblem), [
		'apps.yaml:44:42: cart names port 6380 of Service cache, which has none of that number',
		'apps.yaml:77:1: ServiceAccount shop/web: skipped, no verdict depends on it here',
		'kustomization.yaml:1:1: skipped: no kind, so this is no Kubernetes object',
	]);
});

test('the label of the environment can be another', t => {
	const texts = [deploymentText('a', '{name: c}', '{stage: qa, env: x}')];
	t.is(imported(texts, {envLabel: 'stage'}).topology.workloads[0]!.environment, 'qa');
});

test('kinds carry their namespace where there are several, and their kind where a name is twice', t => {
	const names = (...texts: readonly string[]): readonly string[] =>
		imported(texts).topology.workloads.map(one => one.name);
	t.deepEqual(names(deploymentText('a'), deploymentText('b')), ['a', 'b']);
	t.deepEqual(names(deploymentText('a'), deploymentText('a', '{name: c}', '{}', 'ops')), ['a.ops', 'a.shop']);
	const set = deploymentText('a').replace('kind: Deployment', 'kind: StatefulSet');
	t.deepEqual(names(deploymentText('a'), set), ['a-deployment', 'a-statefulset']);
	const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a-1, namespace: shop}\nspec: {}';
	const two = deploymentText('a').replace('spec: {', 'spec: {replicas: 2, ');
	t.deepEqual(names(pod, two), ['a-1', 'a-deployment-1', 'a-deployment-2']);
});

test('pods belong to the controller above their owner, and replace what it would make', t => {
	const owned = (kind: string, name: string, owner: string, spec: string): string =>
		`apiVersion: ${kind === 'Pod' ? 'v1' : 'apps/v1'}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: shop, ownerReferences: [${owner}]}\nspec: ${spec}`;
	const set = owned('ReplicaSet', 'a-6f', '{kind: Deployment, name: a}', '{replicas: 5, template: {spec: {}}}');
	const pods = ['x', 'y'].map(end =>
		owned('Pod', `a-6f-${end}`, '{kind: ReplicaSet, name: a-6f, controller: true}', '{}'),
	);
	const found = (...texts: readonly string[]): readonly string[] =>
		imported(texts).topology.workloads.map(({name, kind}) => `${name} of ${kind}`);
	t.deepEqual(found(deploymentText('a'), set, ...pods), ['a-6f-x of a', 'a-6f-y of a']);
	t.deepEqual(found(deploymentText('a'), set), ['a of a']);
	t.deepEqual(found(...pods), ['a-6f-x of a-6f', 'a-6f-y of a-6f']);
});

const copies: readonly (readonly [kind: string, apiVersion: string, spec: string, pods: number])[] = [
	['Deployment', 'apps/v1', '{replicas: 3, template: T}', 3],
	['ReplicaSet', 'apps/v1', '{template: T}', 1],
	['ReplicationController', 'v1', '{replicas: 2, template: T}', 2],
	['DaemonSet', 'apps/v1', '{template: T}', 1],
	['Job', 'batch/v1', '{parallelism: 2, template: T}', 2],
	['CronJob', 'batch/v1', '{jobTemplate: {spec: {template: T}}}', 1],
	['StatefulSet', 'apps/v1', '{replicas: 0, template: T}', 0],
];
for (const [kind, apiVersion, spec, pods] of copies)
	test(`${kind} ${spec} is ${pods} pods`, t => {
		const template = '{metadata: {labels: {l: v}}, spec: {containers: [{ports: [{containerPort: 7}]}]}}';
		const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: w}\nspec: ${spec.replace(/\bT\b/, template)}`;
		const {workloads} = imported([text]).topology;
		t.is(workloads.length, pods);
		t.true(workloads.every(one => one.labels.l === 'v' && one.services[0]!.port === 7 && one.namespace === 'default'));
		t.is(warningsOf([text]).length, pods === 0 ? 1 : 0);
	});

const broken: readonly (readonly [what: string, texts: readonly string[], problem: RegExp])[] = [
	[
		'an object twice',
		[deploymentText('a'), deploymentText('a')],
		/^a\.yaml:6:1: Deployment shop\/a is there twice, also at a\.yaml:1/,
	],
	[
		'a policy without a name',
		['apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: {}'],
		/metadata: is missing/,
	],
	['a name that is syntax', [deploymentText('"a; b"')], /metadata\.name: is the text "a; b" \(letters/],
	['a kind of ours without apiVersion', ['kind: Deployment\nmetadata: {name: a}'], /"Deployment" has no apiVersion/],
	[
		'a template of a chart',
		['apiVersion: v1\nkind: Pod\nmetadata:\n{{- if x }}\n  name: a'],
		/render it first \(helm template\)/,
	],
	['YAML that is none', ['a: [b'], /^a\.yaml:1:\d+: not YAML/],
	['a port that is none', [serviceText('a', '[{port: 0}]')], /spec\.ports\[0\]\.port: this is no port/],
	[
		'replicas below nothing',
		[deploymentText('a').replace('spec: {', 'spec: {replicas: -1, ')],
		/spec\.replicas: this is no count/,
	],
	[
		'more pods than addresses',
		[deploymentText('a').replace('spec: {', 'spec: {replicas: 1000000000, ')],
		/over 100000 pods/,
	],
	['a label that is a number', [deploymentText('a', '{name: c}', '{app: 1}')], /labels\.app: is the number 1 .*quotes/],
];
for (const [what, texts, problem] of broken)
	test(`refused: ${what}`, t => {
		const problems = problemsOf(texts);
		t.true(problems.length >= 1);
		t.regex(problems[0]!, problem);
	});

test('a broken document hides no problem of another', t => {
	t.is(problemsOf(['a: [b', networkPolicyText('{bad: 1}'), 'c: d: e']).length >= 3, true);
});

test('nothing that a file can hold makes it throw or hang', t => {
	const started = performance.now();
	for (const text of [
		'['.repeat(10_000_000),
		'- '.repeat(1_000_000),
		'\u0000',
		'a:\n\t- b',
		'',
		'---\n---\n',
		'- 1\n- 2',
		'42',
	])
		t.notThrows(() => importTexts([text]));
	t.true(performance.now() - started < 2000);
});

test('what a label, a value and a port may be called', t => {
	for (const key of ['a', 'a.b/c', 'kubernetes.io/metadata.name', 'A_b-c.d']) t.true(isLabelKey(key), key);
	for (const key of ['', '/a', 'a/', 'a/b/c', '-a', 'a;b', 'A.B/c', 'x'.repeat(64)]) t.false(isLabelKey(key), key);
	for (const value of ['', 'a', 'A_b.c-d', 'x'.repeat(63)]) t.true(isLabelValue(value), value);
	for (const value of ['-', 'a b', 'x'.repeat(64), '"; flush ruleset; #']) t.false(isLabelValue(value), value);
	for (const name of ['http', 'a-1', '1a']) t.true(isPortName(name), name);
	for (const name of ['', '80', '8080', '53_udp', 'Http', 'a--b', '-a', 'a-', 'sixteen-letters-'])
		t.false(isPortName(name), name);
});
