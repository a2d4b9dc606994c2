import test from 'ava';
import {deploymentText, imported, warningsOf} from './manifest-texts.ts';

const caller = deploymentText('caller', '{name: c, env: [{name: A, value: "legacy:80"}]}');
const service =
	'apiVersion: v1\nkind: Service\nmetadata: {name: legacy, namespace: shop}\nspec: {ports: [{name: web, port: 80}]}';
const pod = (name: string, address: string): string =>
	`apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: shop}\nspec: {containers: [{name: c}]}\nstatus: {podIP: ${address}}`;
const pods = [pod('old-1', '10.0.0.1'), pod('old-2', '10.0.0.2'), pod('old-3', '10.0.0.2')];
const endpoints = (subset: string): string =>
	`apiVersion: v1\nkind: Endpoints\nmetadata: {name: legacy, namespace: shop}\nsubsets: [${subset}]`;
const slice = (rest: string): string =>
	`apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: legacy-x, namespace: shop, labels: {kubernetes.io/service-name: legacy}}\naddressType: IPv4\n${rest}`;
const needs = (...texts: readonly string[]): readonly string[] =>
	imported([caller, service, ...pods, ...texts], {assumed: false}).topology.dependencies.map(
		({to, port, dangling}) => `${to}:${port}${dangling ? ' dangling' : ''}`,
	);

const cases: readonly (readonly [what: string, texts: readonly string[], expected: readonly string[]])[] = [
	['nothing behind it', [], ['legacy:80 dangling']],
	[
		'the pod at an address',
		[endpoints('{addresses: [{ip: 10.0.0.1}], ports: [{name: web, port: 8080}]}')],
		['old-1:8080'],
	],
	[
		'all pods at an address',
		[endpoints('{addresses: [{ip: 10.0.0.2}], ports: [{name: web, port: 8080}]}')],
		['old-2:8080', 'old-3:8080'],
	],
	[
		'the pod of that name',
		[endpoints('{addresses: [{ip: 10.0.0.2, targetRef: {kind: Pod, name: old-3}}], ports: [{name: web, port: 8080}]}')],
		['old-3:8080'],
	],
	[
		'the port itself where no port has its name',
		[endpoints('{addresses: [{ip: 10.0.0.1}], ports: [{name: other, port: 8080}]}')],
		['old-1:80'],
	],
	[
		'an address that is no pod’s',
		[endpoints('{addresses: [{ip: 192.0.2.1}], ports: [{name: web, port: 80}]}')],
		['legacy:80 dangling'],
	],
	['a slice', [slice('endpoints: [{addresses: [10.0.0.1]}]\nports: [{name: web, port: 9090}]')], ['old-1:9090']],
];
for (const [what, texts, expected] of cases)
	test(`a Service without a selector is ${what}`, t => {
		t.deepEqual(needs(...texts), expected);
	});

test('endpoints of a Service with a selector are the cluster’s own words, and change nothing', t => {
	const selecting = service.replace('spec: {', 'spec: {selector: {app: none}, ');
	const texts = [
		caller,
		selecting,
		...pods,
		endpoints('{addresses: [{ip: 10.0.0.1}], ports: [{name: web, port: 8080}]}'),
	];
	t.deepEqual(
		imported(texts, {assumed: false}).topology.dependencies.map(({to, dangling}) => [to, dangling]),
		[['legacy', true]],
	);
	t.regex(warningsOf(texts).join('\n'), /names Service legacy, which has no pods here/);
});
