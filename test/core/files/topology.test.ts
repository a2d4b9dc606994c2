import test from 'ava';
import {parseTopology} from '../../../core/files/topology.ts';
import {addressesOf, dependenciesOf, read, shopText, workload} from './topology-files.ts';

const parsedShop = parseTopology([{file: 'shop', text: shopText}]);
if (parsedShop.kind === 'wrong') throw new Error(JSON.stringify(parsedShop.problems));
const shop = parsedShop.value;

test('replicas are numbered and share the name of their kind; one alone has it', t => {
	t.deepEqual(
		shop.workloads.map(({name, kind, environment}) => `${name} ${kind} ${environment}`),
		[
			...['api.dev api.dev dev', 'api.prod api.prod prod', 'api.test api.test test'],
			...['db.dev db.dev dev', 'db.prod db.prod prod', 'db.test db.test test'],
			...['internet internet null', 'monitoring monitoring null'],
			...['web-1.dev web.dev dev', 'web-1.prod web.prod prod', 'web-1.test web.test test'],
			...['web-2.dev web.dev dev', 'web-2.prod web.prod prod', 'web-2.test web.test test'],
			'wiki.dev wiki.dev dev',
		],
	);
});

test('the label env is given where there is an environment, and only there', t => {
	t.deepEqual(workload(shop, 'db.prod').labels, {app: 'shop', tier: 'db', data: 'cardholder', env: 'prod'});
	t.deepEqual(workload(shop, 'monitoring').labels, {app: 'monitor'});
});

test('a network is cut into a segment an environment, and one for those without', t => {
	t.deepEqual(
		shop.segments.map(({name, network, prefixes}) => [name, network, ...prefixes.map(({cidr}) => cidr)].join(' ')),
		[
			'app.prod app 198.18.0.0/22 fd00:f1eb:c612::/64',
			'app.dev app 198.18.4.0/22 fd00:f1eb:c612:400::/64',
			'app.test app 198.18.8.0/22 fd00:f1eb:c612:800::/64',
			'app app 198.18.12.0/22 fd00:f1eb:c612:c00::/64',
			'outside outside 192.0.2.0/24 2001:db8::/64',
		],
	);
	const without = read('environments: [prod, dev]', 'workloads: { a: { in: [prod] } }');
	t.deepEqual(
		without.segments.map(({name, prefixes}) => `${name} ${prefixes[0]!.cidr}`),
		['net.prod 198.18.0.0/17', 'net.dev 198.18.128.0/17'],
	);
	t.deepEqual(
		read('workloads: { a: {} }').segments.map(({name}) => name),
		['net'],
	);
});

test('addresses are the lowest free ones, in the order of the file, the same number in both families', t => {
	t.deepEqual(addressesOf(shop, 'web-1.dev'), ['198.18.4.2@app.dev', 'fd00:f1eb:c612:400::2@app.dev']);
	t.deepEqual(addressesOf(shop, 'web-2.dev'), ['198.18.4.3@app.dev', 'fd00:f1eb:c612:400::3@app.dev']);
	t.deepEqual(addressesOf(shop, 'wiki.dev'), ['198.18.4.6@app.dev', 'fd00:f1eb:c612:400::6@app.dev']);
	t.deepEqual(addressesOf(shop, 'internet'), ['192.0.2.2@outside', '2001:db8::2@outside']);
});

test('no address is given twice', t => {
	const all = shop.workloads.flatMap(({addresses}) => addresses.map(({address}) => address));
	t.is(new Set(all).size, 2 * shop.workloads.length);
});

test('a need is of the same environment', t => {
	t.deepEqual(dependenciesOf(shop), [
		...['dev', 'prod', 'test'].map(env => `api.${env} -> db.${env}:5432/tcp`),
		'monitoring -> wiki.dev:9100/tcp',
		...['dev', 'prod', 'test'].map(env => `web.${env} -> api.${env}:8080/tcp`),
	]);
	t.deepEqual(
		shop.dependencies.map(({vital}) => vital),
		[false, false, false, true, false, false, false],
	);
	t.deepEqual(shop.dependencies.at(-1)?.where, {file: 'shop', line: 12, column: 13});
});

test('a jewel, weaknesses and what speaks are those of the file', t => {
	t.deepEqual(
		shop.workloads.filter(({jewel}) => jewel).map(({name}) => name),
		['db.prod'],
	);
	t.deepEqual(workload(shop, 'api.dev').services[0], {
		name: 'http',
		protocol: 'tcp',
		port: 8080,
		lastPort: 8080,
		speaks: 'http',
		weak: ['CVE-2021-44228'],
	});
	t.deepEqual(
		workload(shop, 'db.dev').services.map(({name, protocol, port, speaks}) => `${name} ${port}/${protocol} ${speaks}`),
		['postgres 5432/tcp postgres', 'names 53/udp dns'],
	);
});

test('a secret per environment opens nothing in another', t => {
	t.deepEqual(
		shop.secrets.map(
			({id, opens}) => `${id}: ${opens.map(({workload, service}) => `${workload}:${service}`).join(' ')}`,
		),
		[
			'ops-ssh-key: api.dev:ssh api.prod:ssh api.test:ssh',
			...['dev', 'prod', 'test'].map(env => `shop-db-password@${env}: db.${env}:postgres`),
		],
	);
	t.deepEqual(workload(shop, 'api.test').holds, ['shop-db-password@test']);
	t.deepEqual(workload(shop, 'wiki.dev').holds, ['ops-ssh-key']);
});

test('outside hosts have no enforcer; everyone knows every kind by name', t => {
	t.deepEqual(
		shop.workloads.filter(({managed}) => !managed).map(({name}) => name),
		['internet'],
	);
	t.is(workload(shop, 'wiki.dev').knows.length, 12);
	t.true(workload(shop, 'wiki.dev').knows.includes('web.prod'));
});

test('several files are one topology', t => {
	const parsed = parseTopology([
		{file: 'a', text: 'topology: a\nenvironments: [prod]\nnetworks: { n: { cidr: 10.0.0.0/24 } }\n'},
		{file: 'b', text: 'topology: b\nenvironments: [prod, dev]\nworkloads: { w: { in: [dev], needs: [v:x] } }\n'},
		{file: 'c', text: 'topology: c\nworkloads: { v: { in: [dev], services: { x: { port: 1 } } } }\n'},
	]);
	if (parsed.kind === 'wrong') return t.fail(JSON.stringify(parsed.problems));
	t.is(parsed.value.name, 'a');
	t.deepEqual(parsed.value.environments, ['prod', 'dev']);
	t.deepEqual(dependenciesOf(parsed.value), ['w.dev -> v.dev:1/tcp']);
	t.is(workload(parsed.value, 'v.dev').where.file, 'c');
});

test('the same files give the same topology', t => {
	t.deepEqual(parseTopology([{file: 'shop', text: shopText}]), parsedShop);
});
