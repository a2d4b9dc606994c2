import test from 'ava';
import {parseTopology} from '../../../core/files/topology.ts';
import {containerSpec, hostLines} from '../../../topologies/docker/container-spec.ts';

const text = `topology: t
environments: [prod, dev]
workloads:
  web: { in: [prod, dev], replicas: 2, image: "nginx:1", command: [nginx, -g, "daemon off;"], environment: { PORT: 80, A: "b=c d" }, volumes: ["./a b.conf:/etc/a.conf"] }
  db: { in: [prod] }
`;
const parsed = parseTopology([{file: 't', text}]);
if (parsed.kind === 'wrong') throw new Error('the topology is wrong');
const topology = parsed.value;
const of = (name: string) => topology.workloads.find(workload => workload.name === name)!;
const place = {lab: 'blue', engine: '0123456789ab', at: 3, image: 'nginx:1', hosts: [], gate: null};

test('a container has no network, no right of its own, is never restarted, and sees its volumes read-only', t => {
	const spec = containerSpec(of('web-1.prod'), place);
	t.is(spec.name, 'firebreak-blue-3');
	t.is(spec.Hostname, 'web-1.prod');
	t.deepEqual(spec.Env, ['PORT=80', 'A=b=c d']);
	t.deepEqual(spec.Cmd, ['nginx', '-g', 'daemon off;']);
	t.deepEqual(spec.Labels, {
		'firebreak.lab': 'blue',
		'firebreak.workload': 'web-1.prod',
		'firebreak.engine': '0123456789ab',
	});
	t.deepEqual(spec.HostConfig, {
		NetworkMode: 'none',
		RestartPolicy: {Name: 'no'},
		ExtraHosts: [],
		Mounts: [{Type: 'bind', Source: './a b.conf', Target: '/etc/a.conf', ReadOnly: true}],
	});
});

test('a workload without an image runs the minimal image’s own program', t => {
	t.is(containerSpec(of('db.prod'), {...place, image: 'firebreak/minimal:1'}).Cmd, undefined);
});

test('its hosts file has kinds with all replicas, replicas, and the short names of its own environment, in both families', t => {
	const lines = hostLines(topology, of('web-1.prod'));
	const names = (line: string) => line.slice(0, line.indexOf(':'));
	const count = (name: string): number => lines.filter(line => names(line) === name).length;
	t.deepEqual(['web.prod', 'web-2.prod', 'web', 'db', 'web.dev', 'db.dev'].map(count), [4, 2, 4, 2, 4, 0]);
	const dev = hostLines(topology, of('web-1.dev'));
	t.false(
		dev.some(line => names(line) === 'db'),
		'the database is of another environment',
	);
	for (const {family, address} of of('db.prod').addresses) t.true(lines.includes(`db.prod:${address}`), String(family));
});
