import test from 'ava';
import {deploymentText, imported, serviceText, warningsOf} from './manifest-texts.ts';

const configMap = (name: string, data: string): string =>
	`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: shop}\ndata: ${data}`;
const far = [
	deploymentText('db'),
	serviceText('db', '[{port: 5432}]'),
	deploymentText('cache'),
	serviceText('cache', '[{port: 6379}]'),
];
const caller = (container: string, volumes = '[]'): string =>
	deploymentText('caller', container).replace('containers:', `volumes: ${volumes}, containers:`);
const dependencies = (texts: readonly string[]) => imported([...texts, ...far], {assumed: false}).topology.dependencies;
const needs = (container: string, data: string, volumes?: string): readonly string[] =>
	dependencies([caller(container, volumes), configMap('conf', data)]).map(
		({to, port, dangling}) => `${to}:${port}${dangling ? ' dangling' : ''}`,
	);

const all = '{name: c, envFrom: [{configMapRef: {name: conf}}]}';
const key =
	'{name: c, env: [{name: DB_HOST, valueFrom: {configMapKeyRef: {name: conf, key: host}}}, {name: DB_PORT, value: "5432"}]}';
const mounted = '{name: c, volumeMounts: [{name: v, mountPath: /etc/x}]}';
const volume = '[{name: v, configMap: {name: conf}}]';

const cases: readonly (readonly [what: string, needs: readonly string[], expected: readonly string[]])[] = [
	['a whole map as variables', needs(all, '{DB: "db:5432", N: "1"}'), ['db:5432']],
	['host and port of one map', needs(all, '{DB_HOST: db, DB_PORT: "5432"}'), ['db:5432']],
	[
		'a prefix',
		needs(all.replace('{configMapRef', '{prefix: X_, configMapRef'), '{HOST: db, PORT: "5432"}'),
		['db:5432'],
	],
	[
		'a variable of one’s own wins',
		needs(all.replace('envFrom', 'env: [{name: DB, value: "cache:6379"}], envFrom'), '{DB: "db:5432"}'),
		['cache:6379'],
	],
	[
		'a reference to what a map holds',
		needs(all.replace('envFrom', 'args: ["$(H):5432"], envFrom'), '{H: db}'),
		['db:5432'],
	],
	['one key', needs(key, '{host: db, other: "cache:6379"}'), ['db:5432']],
	['a key that is not there', needs(key, '{other: db}'), []],
	['what is not read', needs('{name: c}', '{DB: "db:5432"}'), []],
	['a file', needs(mounted, '{app.conf: "url=http://cache:6379/0"}', volume), ['cache:6379']],
	['a statement', needs(mounted, '{nginx.conf: "proxy_pass http://cache:6379;"}', volume), ['cache:6379']],
	['a comment', needs(mounted, '{app.conf: "# http://cache:6379\\n// http://db:5432\\n; http://db:5432"}', volume), []],
	['lines of a file', needs(mounted, '{app.properties: "redis.host=cache\\nredis.port=6379"}', volume), ['cache:6379']],
	[
		'nested lines of a file',
		needs(mounted, '{app.yaml: "redis:\\n  host: \'cache\'\\n  port: 6379"}', volume),
		['cache:6379'],
	],
	['words of a file are no addresses', needs(mounted, '{notes: "gone:80"}', volume), []],
	['an address of a file that is nowhere', needs(mounted, '{conf: "http://gone:80"}', volume), ['gone:80 dangling']],
	[
		'only the keys that are mounted',
		needs(
			mounted,
			'{a: "http://db:5432", b: "http://cache:6379"}',
			'[{name: v, configMap: {name: conf, items: [{key: b, path: b}]}}]',
		),
		['cache:6379'],
	],
	[
		'a projected volume',
		needs(mounted, '{a: "http://db:5432"}', '[{name: v, projected: {sources: [{configMap: {name: conf}}]}}]'),
		['db:5432'],
	],
	['a volume that nobody mounts', needs('{name: c}', '{a: "http://db:5432"}', volume), []],
	['several lines in a variable', needs(all, '{conf: "a\\n# http://db:5432\\nhttp://cache:6379"}'), ['cache:6379']],
];
for (const [what, found, expected] of cases)
	test(`${what}: ${expected.join(', ') || 'nothing'}`, t => {
		t.deepEqual(found, expected);
	});

test('a dependency stands where the ConfigMap names it', t => {
	const [one] = dependencies([caller(all), configMap('conf', '\n  A: x\n  DB: db:5432')]);
	t.is(one!.where.line, 11);
});

test('a ConfigMap that is not here is named, unless it is optional', t => {
	const [warning] = warningsOf([caller(all)]);
	t.regex(warning!, /^a\.yaml:4:\d+: caller reads ConfigMap conf, which is not here: what it names is not known$/);
	t.deepEqual(warningsOf([caller(all.replace('name: conf', 'name: conf, optional: true'))]), []);
});
