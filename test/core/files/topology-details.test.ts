import test from 'ava';
import {parseTopology} from '../../../core/files/topology.ts';
import {renderProblem} from '../../../core/model/problem.ts';
import {addressesOf, dependenciesOf, read, workload} from './topology-files.ts';

test('an environment changes what it names: services and labels are merged, all else is replaced', t => {
	const topology = read(
		'environments: [prod, dev]',
		'workloads:',
		'  w:',
		'    in:',
		'      prod: { replicas: 3, labels: { size: big }, jewel: true, needs: [] }',
		'      dev: { services: { https: { weak: [CVE-1] }, debug: { port: 9 } } }',
		'    labels: { app: w, size: small }',
		'    services: { https: { port: 443, speaks: http } }',
		'    needs: [v:x]',
		'  v: { in: [prod, dev], services: { x: { port: 1 } } }',
	);
	t.deepEqual(workload(topology, 'w-3.prod').labels, {app: 'w', size: 'big', env: 'prod'});
	t.deepEqual(workload(topology, 'w.dev').labels, {app: 'w', size: 'small', env: 'dev'});
	t.deepEqual(
		workload(topology, 'w.dev').services.map(({name, port, speaks, weak}) => [name, port, speaks, ...weak].join(' ')),
		['https 443 http CVE-1', 'debug 9 tcp'],
	);
	t.deepEqual(workload(topology, 'w-1.prod').services[0]?.weak, []);
	t.true(workload(topology, 'w-1.prod').jewel);
	t.false(workload(topology, 'w.dev').jewel);
	t.deepEqual(dependenciesOf(topology), ['w.dev -> v.dev:1/tcp']);
});

test('aliases are kept sorted and once each, and an environment replaces them', t => {
	const topology = read(
		'environments: [prod, dev]',
		'workloads:',
		'  w: { in: { prod: { aliases: [db.corp.example] }, dev: }, aliases: [w.local, db, db] }',
		'  v: {}',
	);
	t.deepEqual(workload(topology, 'w.prod').aliases, ['db.corp.example']);
	t.deepEqual(workload(topology, 'w.dev').aliases, ['db', 'w.local']);
	t.is(workload(topology, 'v').aliases, undefined);
});

test('an environment that changes nothing may be left empty', t => {
	const topology = read(
		'environments: [prod, dev]',
		'workloads:',
		'  w:',
		'    in:',
		'      prod: { replicas: 2 }',
		'      dev:',
	);
	t.deepEqual(
		topology.workloads.map(({name}) => name),
		['w-1.prod', 'w-2.prod', 'w.dev'],
	);
});

const ports: readonly (readonly [string, string])[] = [
	['443', '443-443/tcp tcp'],
	['53/udp', '53-53/udp udp'],
	['49152-65535', '49152-65535/tcp tcp'],
	['"6000-6010/udp"', '6000-6010/udp udp'],
];
for (const [written, expected] of ports)
	test(`the port ${written} is ${expected}`, t => {
		const {services} = workload(read(`workloads: { w: { services: { s: { port: ${written} } } } }`), 'w');
		const {port, lastPort, protocol, speaks} = services[0]!;
		t.is(`${port}-${lastPort}/${protocol} ${speaks}`, expected);
	});

const needs: readonly (readonly [string, string])[] = [
	['api.prod:http', 'w.dev -> api.prod:8080/tcp'],
	['api:8080', 'w.dev -> api.dev:8080/tcp'],
	['api:53/udp', 'w.dev -> api.dev:53/udp'],
	['api:49200', 'w.dev -> api.dev:49152/tcp'],
	['global:ssh', 'w.dev -> global:22/tcp'],
];
for (const [written, expected] of needs)
	test(`a need of ${written} is ${expected}`, t => {
		const topology = read(
			'environments: [prod, dev]',
			'workloads:',
			`  w: { in: [dev], needs: ["${written}"] }`,
			'  api:',
			'    in: [prod, dev]',
			'    services: { http: { port: 8080 }, names: { port: 53/udp }, rpc: { port: 49152-65535 } }',
			'  global: { services: { ssh: { port: 22 } } }',
		);
		t.deepEqual(dependenciesOf(topology), [expected]);
	});

test('a dependency without from is everyone’s, and one without to is of all that have the service', t => {
	const topology = read(
		'workloads:',
		'  a: { labels: { role: a }, services: { metrics: { port: 9100 } } }',
		'  b: { labels: { role: b }, services: { metrics: { port: 9100 }, dns: { port: 53/udp } } }',
		'  c: { labels: { role: c }, needs: [b:dns] }',
		'  internet: { outside: true, services: { metrics: { port: 9100 } } }',
		'dependencies:',
		'  - { need: names, to: { role: b }, on: [dns], vital: true }',
		'  - { need: metrics, from: { role: b }, on: [9100] }',
		'  - { need: updates, from: { role: [a, b] }, to: { workload: internet }, on: [metrics] }',
	);
	t.deepEqual(dependenciesOf(topology), [
		'a -> b:53/udp',
		'a -> internet:9100/tcp',
		'b -> a:9100/tcp',
		'b -> internet:9100/tcp',
		'c -> b:53/udp',
	]);
	t.true(topology.dependencies.at(-1)!.vital, 'vital where any of two says so');
	t.is(topology.dependencies.at(-1)!.where.line, 5, 'at the place that names it first');
});

test('a dual-homed workload has addresses in both networks, of an environment or of another', t => {
	const topology = read(
		'environments: [prod, dev]',
		'networks: { a: { cidr: 10.0.0.0/24 }, b: { cidr: 10.1.0.0/24 } }',
		'workloads:',
		'  jump: { networks: [b, a.prod] }',
		'  w: { in: [prod], network: a }',
	);
	t.deepEqual(addressesOf(topology, 'jump'), [
		...['10.1.0.130@b', 'fd00:f1eb:a01:80::2@b'],
		...['10.0.0.2@a.prod', 'fd00:f1eb:a00::2@a.prod'],
	]);
	t.deepEqual(workload(topology, 'jump').segments, ['b', 'a.prod']);
	t.deepEqual(addressesOf(topology, 'w.prod'), ['10.0.0.3@a.prod', 'fd00:f1eb:a00::3@a.prod']);
	t.deepEqual(
		topology.segments.map(({name}) => name),
		['a.prod', 'a.dev', 'b.prod', 'b.dev', 'b'],
	);
});

test('fixed addresses are kept, in one form, and the others go around them', t => {
	const topology = read(
		'networks: { a: { cidr: 10.0.0.0/24 } }',
		'workloads:',
		'  v: {}',
		'  w: { addresses: [10.0.0.2, "FD00:0:0::00AB"] }',
		'  x: { addresses: [10.0.0.9] }',
		'  world: { outside: true, addresses: [203.0.113.7] }',
	);
	t.deepEqual(addressesOf(topology, 'v'), ['10.0.0.3@a', 'fd00:f1eb:a00::3@a']);
	t.deepEqual(addressesOf(topology, 'w'), ['fd00::ab@null', '10.0.0.2@a']);
	t.deepEqual(addressesOf(topology, 'x'), ['10.0.0.9@a', 'fd00:f1eb:a00::9@a']);
	t.deepEqual(addressesOf(topology, 'world'), ['203.0.113.7@null', '2001:db8::2@outside']);
});

test('a workload without environment holds the secret of the environment that it names', t => {
	const topology = read(
		'environments: [prod, dev]',
		'workloads:',
		'  backup: { holds: [pw@prod] }',
		'  db: { in: [prod, dev], services: { sql: { port: 5432, speaks: postgres } } }',
		'secrets: { pw: { kind: password, user: app, per: [env], opens: [{ service: sql, of: {} }] } }',
	);
	t.deepEqual(workload(topology, 'backup').holds, ['pw@prod']);
	t.deepEqual(
		topology.secrets.map(({id, user, opens}) => `${id} ${user} ${opens[0]!.workload}`),
		['pw@dev app db.dev', 'pw@prod app db.prod'],
	);
});

test('the rest of a workload is kept', t => {
	const topology = read(
		'workloads:',
		'  old: { managed: false, namespace: legacy, environment: { PORT: 80, DEBUG: true } }',
		'  w: {}',
	);
	const old = workload(topology, 'old');
	t.deepEqual([old.managed, old.namespace, old.variables], [false, 'legacy', {PORT: '80', DEBUG: 'true'}]);
	t.deepEqual(old.namespaceLabels, {'kubernetes.io/metadata.name': 'legacy'});
	t.deepEqual([workload(topology, 'w').managed, workload(topology, 'w').namespace], [true, null]);
});

test('programs that are not started yet are said aloud', t => {
	const text = 'topology: t\nworkloads: { w: { image: nginx, command: [nginx, -g], run: [sh, -c, x] } }';
	const parsed = parseTopology([{file: 't', text}]);
	if (parsed.kind === 'wrong') return t.fail();
	const {image, command, run} = parsed.value.workloads[0]!;
	t.deepEqual({image, command, run}, {image: 'nginx', command: ['nginx', '-g'], run: ['sh', '-c', 'x']});
	t.deepEqual(
		parsed.warnings.map(renderProblem).map(line => line.split(' (')[0]),
		[],
	);
});

test('volumes have their two ends and the place where they stand; an environment replaces them', t => {
	const topology = read(
		'environments: [prod, dev]',
		'workloads:',
		'  w: { in: { prod: { volumes: ["/srv/x:/x"] }, dev: ~ }, volumes: ["./a.conf:/etc/a.conf", "b:/b:ro"] }',
	);
	const ends = (name: string) => workload(topology, name).volumes?.map(({source, target}) => [source, target]);
	t.deepEqual(ends('w.prod'), [['/srv/x', '/x']]);
	t.deepEqual(ends('w.dev'), [
		['./a.conf', '/etc/a.conf'],
		['b', '/b'],
	]);
	t.is(workload(read('workloads: { w: {} }'), 'w').volumes, undefined);
});

test('the runtime is netns unless the file says docker, and two files may not ask for two', t => {
	const file = (name: string, runtime: string) => ({
		file: name,
		text: `topology: ${name}\n${runtime}workloads: { ${name}: {} }`,
	});
	const runtimeOf = (...files: readonly {readonly file: string; readonly text: string}[]) => {
		const parsed = parseTopology(files);
		return parsed.kind === 'ok' ? (parsed.value.runtime ?? 'none') : parsed.problems.map(renderProblem);
	};
	t.is(runtimeOf(file('a', '')), 'none');
	t.is(runtimeOf(file('a', ''), file('b', 'runtime: docker\n')), 'docker');
	t.deepEqual(runtimeOf(file('a', 'runtime: docker\n'), file('b', 'runtime: netns\n')), [
		'b:2:1: two runtimes are asked for, the first in a (a lab has one: say it once)',
	]);
	t.regex(String(runtimeOf(file('a', 'runtime: dcker\n'))), /a:2:10: .*docker/);
});
