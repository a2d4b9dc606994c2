// What a topology says for the attacker alone: keys of deploy servers, metadata services, weaknesses that may fail.
import test from 'ava';
import {read, workload} from './topology-files.ts';

test('a deploy server holds a key for whatever speaks ssh where it deploys', t => {
	const topology = read(
		'environments: [prod, ops]',
		'workloads:',
		'  deploy: { in: [ops], deploys: { env: prod }, services: { ssh: { port: 22, speaks: ssh } } }',
		'  api: { in: [prod], replicas: 2, services: { admin: { port: 2222, speaks: ssh }, http: { port: 80 } } }',
		'  db: { in: [prod] }',
	);
	t.deepEqual(topology.secrets, [
		{
			id: 'deploy-key@deploy.ops',
			kind: 'ssh-key',
			user: 'deploy',
			ordersOf: 'deploy.ops',
			opens: [
				{workload: 'api-1.prod', service: 'admin'},
				{workload: 'api-2.prod', service: 'admin'},
			],
		},
	]);
	t.deepEqual(workload(topology, 'deploy.ops').holds, ['deploy-key@deploy.ops']);
});

test('a metadata service has its own secrets, those of its environment, and nothing of what lies inside', t => {
	const topology = read(
		'environments: [prod, dev]',
		'workloads:',
		'  w: { in: { prod: , dev: { metadata: {} } }, holds: [other], metadata: { holds: [role] } }',
		'  v: { in: [prod, dev], services: { db: { port: 5432, speaks: postgres } } }',
		'secrets:',
		'  role: { kind: password, per: [env], opens: [{ service: db, of: {} }] }',
		'  other: { kind: password, opens: [] }',
	);
	t.deepEqual(workload(topology, 'w.prod').metadata, ['role@prod']);
	t.deepEqual(workload(topology, 'w.prod').holds, ['other']);
	t.deepEqual(workload(topology, 'w.dev').metadata, []);
	t.is(workload(topology, 'v.prod').metadata, undefined);
});

test('a weakness works always or as often as it says; of several any serves', t => {
	const topology = read(
		'workloads:',
		'  w:',
		'    services:',
		'      a: { port: 1, weak: [CVE-1] }',
		'      b: { port: 2, weak: [{ cve: CVE-2, works: 0.5 }] }',
		'      c: { port: 3, weak: [{ cve: CVE-2, works: 0.5 }, { cve: CVE-3, works: 0.5 }] }',
		'      d: { port: 4, weak: [{ cve: CVE-2, works: 0.5 }, CVE-3] }',
		'      e: { port: 5, weak: [{ cve: CVE-2 }] }',
	);
	t.deepEqual(
		workload(topology, 'w').services.map(({name, weak, works}) => `${name} ${weak.join('+')} ${works}`),
		['a CVE-1 undefined', 'b CVE-2 0.5', 'c CVE-2+CVE-3 0.75', 'd CVE-2+CVE-3 undefined', 'e CVE-2 undefined'],
	);
});
