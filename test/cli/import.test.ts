import {existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
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
