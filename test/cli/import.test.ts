import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {runWords} from '../../cli/main.ts';
import {capturedIo} from './captured-io.ts';

const manifests = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, env: prod}}
    spec: {containers: [{name: c, image: x, env: [{name: DB_HOST, value: "db:5432"}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db, labels: {app: db, env: prod}}
spec: {containers: [{name: c, image: x, ports: [{containerPort: 5432}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {selector: {app: db}, ports: [{port: 5432}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db}
spec: {podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]}
`;

const withFolder = async (body: (folder: string) => Promise<void>): Promise<void> => {
	const folder = mkdtempSync(join(tmpdir(), 'firebreak-import-'));
	try {
		writeFileSync(join(folder, 'all.yaml'), manifests);
		await body(folder);
	} finally {
		rmSync(folder, {recursive: true});
	}
};

test('what import writes is a rehearsal without a problem, with the environment, the replicas and the need', t =>
	withFolder(async folder => {
		const out = join(folder, 'mine');
		const io = capturedIo();
		t.is(await runWords(['import', 'k8s', join(folder, 'all.yaml'), '--out', out], io), 0, io.stderr);
		t.regex(io.stdout, /4 workloads, 2 dependencies, 1 policy in 1 file\nnow: .* rehearse /);
		t.deepEqual(readdirSync(out).sort(), [
			'intruder.scenario.yaml',
			'mine.topology.yaml',
			'policies',
			'rehearsal.yaml',
		]);
		const checked = capturedIo();
		t.is(await runWords(['check', out], checked), 0, checked.stderr);
		t.regex(checked.stdout, /4 workloads · 2 dependencies · candidates flat, imported · scenarios intruder/);
		const again = capturedIo();
		t.is(await runWords(['import', 'k8s', join(folder, 'all.yaml'), '--out', out], again), 2);
		t.regex(again.stderr, /already has rehearsal\.yaml, .*: nothing was written/);
	}));

test('wrong manifests are told with their places, and nothing is written', t =>
	withFolder(async folder => {
		writeFileSync(
			join(folder, 'bad.yaml'),
			'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: x}\nspec: {podSelectr: {}}\n',
		);
		const io = capturedIo();
		t.is(await runWords(['import', 'k8s', folder, '--out', join(folder, 'out')], io), 2);
		t.regex(io.stderr, /bad\.yaml:4:.*podSelectr.*\n\n1 problem, nothing was written/);
		t.false(existsSync(join(folder, 'out')));
	}));

test('an unknown kind of source is told with what there is', async t => {
	const io = capturedIo();
	t.is(await runWords(['import', 'k9s', '.', '--out', '/nowhere'], io), 2);
	t.regex(io.stderr, /firebreak import reads no "k9s"\n.*k8s/);
});

test('an inventory and its flows become a rehearsal with a first candidate, and what is to decide is told', t =>
	withFolder(async folder => {
		const [rows, flows, out] = ['w.csv', 'f.csv', 'estate'].map(name => join(folder, name)) as [string, string, string];
		writeFileSync(rows, 'Kiste;IP Address;Environment\nweb;10.0.0.1;Prod\ndb;10.0.0.2;prod\nold;;\n');
		writeFileSync(flows, 'src,dst,port\n10.0.0.1,10.0.0.2,5432\n10.9.9.9,10.0.0.2,5432\n');
		const io = capturedIo();
		const words = ['import', 'csv', rows, '--flows', flows, '--columns', 'name=Kiste', '--out', out];
		t.is(await runWords(words, io), 0, io.stderr);
		t.regex(
			io.stdout,
			/3 workloads, 1 dependency, no policy\nfirst\.policy\.yaml is the least .*\n4 things to decide, in to-decide\.csv/,
		);
		t.regex(io.stderr, /w\.csv:2:1: env Prod \(1\), prod \(1\): taken as one, prod/);
		t.regex(io.stderr, /f\.csv:3:1: 10\.9\.9\.9 is not in the topology: 1 flow/);
		const topology = readFileSync(join(out, 'estate.topology.yaml'), 'utf8');
		t.regex(topology, /# to decide: .*w\.csv:4: no address/);
		t.regex(topology, /learned: \[ db\.prod:postgres \]/);
		t.regex(
			readFileSync(join(out, 'first.policy.yaml'), 'utf8'),
			/# not seen: 1 workload without any flow, .*\n# {3}old\n[\s\S]*from: \{ workload: web \}\n {4}to: \{ workload: db \}\n {4}on: \[ postgres \]/,
		);
		const checked = capturedIo();
		t.is(await runWords(['check', out, '--fail-on', 'warning'], checked), 0, checked.stdout);
		t.regex(checked.stdout, /candidates flat, first/);
	}));

test('tables that no topology can be made of are refused, and so are columns where no table is', t =>
	withFolder(async folder => {
		const rows = join(folder, 'w.csv');
		writeFileSync(rows, 'a,b\n1,2\n');
		const io = capturedIo();
		t.is(await runWords(['import', 'csv', rows, '--flows', join(folder, 'no.csv'), '--out', join(folder, 'x')], io), 2);
		t.regex(io.stderr, /w\.csv:1:1: no column is headed name or address/);
		t.regex(io.stderr, /no\.csv:1:1: there is no such file/);
		const other = capturedIo();
		t.is(await runWords(['import', 'k8s', folder, '--columns', 'name=x', '--out', join(folder, 'x')], other), 2);
		t.regex(other.stderr, /nothing here has a column for --columns name=x/);
	}));

const composeFile = `services:
  web: {image: nginx, ports: ["80:80"], depends_on: [api]}
  api: {build: ., expose: [8080], environment: {DB_HOST: db}, networks: [default, back]}
  db: {image: postgres, networks: [back]}
  debug: {image: adminer, profiles: [debug]}
networks: {back: }
`;

test('a Compose file becomes a rehearsal with what is in force today and a first candidate, and a profile can be on', t =>
	withFolder(async folder => {
		const file = join(folder, 'compose.yaml');
		writeFileSync(file, composeFile);
		const io = capturedIo();
		t.is(await runWords(['import', 'compose', file, '--out', join(folder, 'mine')], io), 0, io.stderr);
		t.regex(io.stdout, /4 workloads, 3 dependencies/);
		t.regex(io.stderr, /compose\.yaml:5:3: debug is left out, of the profile debug \(--profile debug takes them in\)/);
		const checked = capturedIo();
		t.is(await runWords(['check', join(folder, 'mine')], checked), 0, checked.stderr);
		t.regex(checked.stdout, /candidates flat, today, first · scenarios intruder/);
		t.regex(readFileSync(join(folder, 'mine', 'intruder.scenario.yaml'), 'utf8'), /foothold: \{ workload: web \}/);
		const all = capturedIo();
		t.is(await runWords(['import', 'compose', file, '--profile', 'debug', '--out', join(folder, 'all')], all), 0);
		t.regex(all.stdout, /5 workloads/);
	}));

test('a containerlab file becomes a rehearsal, and a wrong one is told with its lines', t =>
	withFolder(async folder => {
		const file = join(folder, 'lab.clab.yml');
		writeFileSync(
			file,
			'name: lab\ntopology: {nodes: {a: {kind: linux, image: nginx}, r: {kind: nokia_srlinux}}, links: [{endpoints: ["a:eth1", "r:e1-1"]}]}\n',
		);
		const io = capturedIo();
		t.is(await runWords(['import', 'containerlab', file, '--out', join(folder, 'mine')], io), 0, io.stderr);
		const checked = capturedIo();
		t.is(await runWords(['check', join(folder, 'mine')], checked), 0, checked.stderr);
		t.regex(checked.stdout, /2 workloads/);
		writeFileSync(file, 'name: lab\ntopology: {nodes: {a: {kind: linx}}}\n');
		const wrong = capturedIo();
		t.is(await runWords(['import', 'containerlab', file, '--out', join(folder, 'other')], wrong), 2);
		t.regex(
			wrong.stderr,
			/lab\.clab\.yml:2:20: a is of kind linx, which is not known \(did you mean linux\?\)\n\n1 problem/,
		);
	}));

for (const [kind, words, told] of [
	['compose', ['--env-label', 'stage'], /--env-label means nothing here\n.*a Compose project is one environment/],
	['containerlab', ['--env-label', 'stage'], /--env-label means nothing here\n.*a lab is one environment/],
	['csv', ['--env-label', 'stage'], /--env-label means nothing here\n.*--columns env=HEADING/],
	['compose', ['--no-assumed'], /--no-assumed means nothing here/],
	['k8s', ['--profile', 'debug'], /--profile means nothing here\n.*Compose/],
] as const)
	test(`import ${kind} refuses ${words[0]}, which would have no effect`, async t => {
		const io = capturedIo();
		t.is(await runWords(['import', kind, '.', ...words, '--out', '/nowhere'], io), 2);
		t.regex(io.stderr, told);
	});

test('every log counts that is named, and not the last alone', t =>
	withFolder(async folder => {
		const [rows, one, two] = ['w.csv', 'a.csv', 'b.csv'].map(name => join(folder, name)) as [string, string, string];
		writeFileSync(rows, 'name,ip\nweb,10.0.0.1\ndb,10.0.0.2\n');
		writeFileSync(one, 'src,dst,port\n10.0.0.1,10.0.0.2,5432\n');
		writeFileSync(two, 'src,dst,port\n10.0.0.1,10.0.0.2,22\n');
		const io = capturedIo();
		const words = ['import', 'csv', rows, '--flows', one, '--flows', two, '--out', join(folder, 'mine')];
		t.is(await runWords(words, io), 0, io.stderr);
		t.regex(io.stdout, /2 workloads, 2 dependencies/);
	}));
