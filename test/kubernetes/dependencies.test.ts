import test from 'ava';
import {deploymentText, imported, serviceText, warningsOf} from './manifest-texts.ts';

const env = (...pairs: readonly (readonly [string, string])[]): string =>
	`{name: c, env: [${pairs.map(([name, value]) => `{name: ${name}, value: ${JSON.stringify(value)}}`).join(', ')}]}`;

/** What `caller` of namespace shop needs, in a cluster with a db (5432, and 9187 → 19187), a cache and a bus elsewhere. */
const manifests = (container: string): readonly string[] => [
	deploymentText('caller', container),
	deploymentText('db', '{name: c, ports: [{name: metrics, containerPort: 19187}]}'),
	serviceText('db', '[{port: 5432}, {port: 9187, targetPort: metrics}]'),
	deploymentText('cache'),
	serviceText('cache', '[{port: 6379, targetPort: 16379}]'),
	deploymentText('bus', '{name: c}', '{app: bus}', 'infra'),
	serviceText('bus', '[{port: 4222}]', '{app: bus}', 'infra'),
	serviceText('mirror', '[{port: 1234}]', '{app: none}'),
];
const needs = (container: string): readonly string[] =>
	imported(manifests(container), {assumed: false})
		.topology.dependencies.filter(({from}) => from === 'caller.shop')
		.map(({to, port, protocol, dangling}) => `${to}:${port}/${protocol}${dangling ? ' dangling' : ''}`);

const values: readonly (readonly [name: string, value: string, needs: readonly string[]])[] = [
	['A', 'db:5432', ['db.shop:5432/tcp']],
	['A', 'db:9187', ['db.shop:19187/tcp']],
	['A', 'cache:6379', ['cache.shop:16379/tcp']],
	['A', 'http://cache:6379/x?y=z', ['cache.shop:16379/tcp']],
	['A', 'redis://cache', ['cache.shop:16379/tcp']],
	['A', 'redis://:5432@cache:6379/0', ['cache.shop:16379/tcp']],
	['A', 'jdbc:postgresql://db:5432/shop', ['db.shop:5432/tcp']],
	['A', 'kafka://db:5432,cache:6379', ['cache.shop:16379/tcp', 'db.shop:5432/tcp']],
	['A', 'db:5432, cache:6379', ['cache.shop:16379/tcp', 'db.shop:5432/tcp']],
	['A', 'bus.infra:4222', ['bus.infra:4222/tcp']],
	['A', 'bus.infra.svc:4222', ['bus.infra:4222/tcp']],
	['A', 'bus.infra.svc.cluster.local:4222', ['bus.infra:4222/tcp']],
	['A', 'bus.infra.svc.cluster.local', ['bus.infra:4222/tcp']],
	// The Service of another namespace is not reached by its bare name.
	['A', 'bus:4222', ['bus.shop:4222/tcp dangling']],
	['BUS_HOST', 'bus', []],
	['CACHE_HOST', 'cache', ['cache.shop:16379/tcp']],
	['CACHE_ADDR', 'cache', ['cache.shop:16379/tcp']],
	['CACHE_SERVICE', 'cache', ['cache.shop:16379/tcp']],
	['CACHE_URL', 'cache', ['cache.shop:16379/tcp']],
	// A bare word is no address, and one with several ports does not say which.
	['NAME', 'cache', []],
	['DB_HOST', 'db', []],
	['OTHER_HOST', 'other', []],
	// What can only be an address, and is not there.
	['A', 'other:80', ['other.shop:80/tcp dangling']],
	['A', 'http://other:80', ['other.shop:80/tcp dangling']],
	['A', 'other.infra:80', ['other.infra:80/tcp dangling']],
	['A', 'other.gone.svc.cluster.local', ['other.gone:0/tcp dangling']],
	['A', 'cache:6380', ['cache.shop:6380/tcp dangling']],
	['A', 'mirror:1234', ['mirror.shop:1234/tcp dangling']],
	// The world beyond, the node, and words.
	['A', 'api.example.com:443', []],
	['A', 'https://api.example.com', []],
	['A', 'https://other', []],
	['A', 'localhost:6379', []],
	['A', '127.0.0.1:6379', []],
	['A', 'kubernetes.default.svc:443', []],
	['CACHE_IMAGE', 'cache:7', []],
	['CACHE_VERSION', 'other:7', []],
	['A', 'retry cache:7 soon', []],
	['A', '-Djava.security.egd=file:/dev/urandom', []],
	['A', 'at 12:30', []],
	['A', 'user:5432@somewhere', []],
	['A', 'caller:80', ['caller.shop:80/tcp dangling']],
	['A', '', []],
];
for (const [name, value, expected] of values)
	test(`${name}=${value} needs ${expected.join(', ') || 'nothing'}`, t => {
		t.deepEqual(needs(env([name, value])), expected);
	});

test('a host and a port in two variables are one address', t => {
	t.deepEqual(needs(env(['DB_HOST', 'db'], ['DB_PORT', '5432'])), ['db.shop:5432/tcp']);
	t.deepEqual(needs(env(['PGHOST', 'db'], ['PGPORT', '5432'])), ['db.shop:5432/tcp']);
	t.deepEqual(needs(env(['DB_HOST', 'db'], ['OTHER_PORT', '5432'])), []);
});

test('variables are put into variables and arguments as the kubelet does', t => {
	t.deepEqual(needs(env(['H', 'db'], ['A', '$(H):5432'])), ['db.shop:5432/tcp']);
	const args = '{name: c, args: ["--db=$(H):5432", "--no=$(GONE):6379"], env: [{name: H, value: db}]}';
	t.deepEqual(needs(args), ['db.shop:5432/tcp']);
});

test('commands and scripts count where they fit a Service', t => {
	t.deepEqual(needs('{name: c, command: [sh, -c, "nc -z cache:6379 && pull cache:7"]}'), ['cache.shop:16379/tcp']);
	t.deepEqual(needs('{name: c, args: [--cache, "cache:7"]}'), ['cache.shop:7/tcp dangling']);
});

test('a port that a Service lacks, and a Service without pods, are warned of', t => {
	const {length} = manifests('{name: c}');
	t.is(warningsOf(manifests('{name: c}')).length, 0, `${length} manifests`);
	t.regex(
		warningsOf(manifests(env(['A', 'cache:6380'])))[0]!,
		/caller\.shop names port 6380 of Service cache, which has none/,
	);
	t.regex(warningsOf(manifests(env(['A', 'mirror:1234'])))[0]!, /names Service mirror, which has no pods here/);
});

test('a Service before two kinds is a dependency on both', t => {
	const both = [
		deploymentText('caller', env(['A', 'api:80'])),
		deploymentText('one', '{name: c}', '{app: api}'),
		deploymentText('two', '{name: c, ports: [{name: x, containerPort: 90}]}', '{app: api}'),
		serviceText('api', '[{port: 80, targetPort: x}]'),
	];
	const {dependencies} = imported(both, {assumed: false}).topology;
	t.deepEqual(
		dependencies.map(({to, port, service}) => `${to}:${port} ${service}`),
		['two:90 x'],
	);
	const numbered = imported([...both.slice(0, 3), serviceText('api', '[{port: 80}]')], {assumed: false}).topology;
	t.deepEqual(
		numbered.dependencies.map(({to, port}) => `${to}:${port}`),
		['one:80', 'two:80'],
	);
});

test('replicas may need each other, one alone does not need itself', t => {
	const alone = [deploymentText('ring', env(['A', 'ring:80'])), serviceText('ring', '[{port: 80}]')];
	t.deepEqual(imported(alone, {assumed: false}).topology.dependencies, []);
	const several = [alone[0]!.replace('spec: {', 'spec: {replicas: 3, '), alone[1]!];
	t.deepEqual(
		imported(several, {assumed: false}).topology.dependencies.map(({from, to}) => `${from} ${to}`),
		['ring ring'],
	);
});

test('an ExternalName is followed inside the cluster and not beyond it', t => {
	const alias = (target: string): string =>
		`apiVersion: v1\nkind: Service\nmetadata: {name: alias, namespace: shop}\nspec: {type: ExternalName, externalName: ${target}}`;
	const at = (target: string): readonly string[] =>
		imported([...manifests(env(['A', 'alias:4222'])), alias(target)], {assumed: false}).topology.dependencies.map(
			({to}) => to,
		);
	t.deepEqual(at('bus.infra.svc.cluster.local'), ['bus.infra']);
	t.deepEqual(at('db.example.com'), []);
	t.deepEqual(at('alias.shop.svc'), []);
});

test('a name server is assumed only where somebody names a Service, and never twice', t => {
	const names = (texts: readonly string[], assumed = true): readonly string[] => {
		const {workloads, dependencies} = imported(texts, {assumed}).topology;
		return [
			...workloads.filter(one => one.assumed).map(one => one.name),
			...dependencies.filter(one => one.source === 'assumed').map(one => `${one.from}>${one.to}:${one.service}`),
		];
	};
	const asking = [deploymentText('caller', env(['A', 'gone:80'])), deploymentText('quiet')];
	t.deepEqual(names(asking), ['kube-dns', 'caller>kube-dns:dns']);
	t.deepEqual(names(asking, false), []);
	t.deepEqual(names([deploymentText('quiet')]), []);
	const own = deploymentText(
		'coredns',
		'{name: c, ports: [{name: d, containerPort: 53, protocol: UDP}]}',
		'{k8s-app: kube-dns}',
		'kube-system',
	);
	t.deepEqual(names([...asking, own]), ['caller.shop>coredns.kube-system:d']);
});
