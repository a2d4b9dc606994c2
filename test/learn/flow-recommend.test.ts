// The policies that other people's flows must yield, as `learn --flows FILE --format k8s` gives them, by their verdicts.
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {runWords} from '../../cli/main.ts';
import {capturedIo} from '../cli/captured-io.ts';
import {corpora, corporaMissing} from '../kubernetes/corpus.ts';
import {verdictsThatDiffer} from './policy-verdicts.ts';

const folder = mkdtempSync(join(tmpdir(), 'fb-recommend-'));
test.after.always(() => rmSync(folder, {recursive: true, force: true}));

async function learned(path: string, ...words: readonly string[]): Promise<string> {
	const io = capturedIo();
	const code = await runWords(['learn', '--flows', path, '--format', 'k8s', ...words], io);
	if (code !== 0) throw new Error(io.stderr);
	return io.stdout;
}
let files = 0;
function log(records: readonly object[], form: 'lines' | 'array' = 'lines'): string {
	const path = join(folder, `${files++}.jsonl`);
	writeFileSync(
		path,
		form === 'array' ? JSON.stringify(records, null, 1) : records.map(one => `${JSON.stringify(one)}\n`).join(''),
	);
	return path;
}

const reason = corporaMissing === undefined ? '' : ` (skipped: ${corporaMissing})`;
(corporaMissing === undefined ? test : test.skip)(
	`flows of every case give policies with the verdicts that are expected${reason}`,
	async t => {
		const cases = readdirSync(join(corpora, 'flow-recommend'));
		t.true(cases.length >= 2);
		for (const name of cases) {
			const own = join(corpora, 'flow-recommend', name);
			const inputs = readdirSync(join(own, 'input')).map(file => join(own, 'input', file));
			t.is(inputs.length, 1);
			const expected = readFileSync(join(own, 'expected.txt'), 'utf8');
			const found = await learned(inputs[0]!);
			t.deepEqual(verdictsThatDiffer(expected, found), [], name);
			t.not(
				verdictsThatDiffer(expected, found.replace('port: 443', 'port: 444')).length,
				0,
				'and a wrong port is seen',
			);
		}
	},
);

const event = (fields: object) => ({
	type: 'normal',
	k8s: {node: 'n', namespace: 'shop', podname: 'web-1'},
	podIP: '10.1.0.5',
	podHostIP: '10.0.0.1',
	podLabels: {app: 'web', 'pod-template-hash': '5c9'},
	pktType: 'OUTGOING',
	proto: 'tcp',
	port: 443,
	dst: {kind: 'raw', addr: '192.0.2.9'},
	...fields,
});

const policy = (namespace: string, labels: string, rules: string, types = '[Ingress, Egress]'): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: x${Math.abs(rules.length)}${labels.length}, namespace: ${namespace}}
spec:
  podSelector: {matchLabels: ${labels}}
  policyTypes: ${types}
${rules}`;

test('a tracer’s events give both directions; what a pod says to itself and to its node needs no rule', async t => {
	const found = await learned(
		log([
			{type: 'ready', message: 'tracing'},
			event({}),
			event({pktType: 'HOST', port: 8080, dst: {kind: 'pod', namespace: 'edge', name: 'in-1', podLabels: {app: 'in'}}}),
			event({dst: {kind: 'pod', namespace: 'shop', name: 'db-0', podLabels: {app: 'db'}}, port: 5432}),
			event({pktType: 'HOST', port: 8081, dst: {kind: 'raw', addr: '10.0.0.1'}}),
			event({port: 9999, dst: {kind: 'raw', addr: '127.0.0.1'}}),
			event({port: 9998, dst: {kind: 'raw', addr: '10.1.0.5'}}),
			event({pktType: 'BROADCAST', proto: 'udp', port: 67, dst: {kind: 'raw', addr: '255.255.255.255'}}),
		]),
	);
	const expected = policy(
		'shop',
		'{app: web}',
		`  ingress:
  - ports: [{protocol: TCP, port: 8080}]
    from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: edge}}, podSelector: {matchLabels: {app: in}}}]
  egress:
  - ports: [{protocol: TCP, port: 443}]
    to: [{ipBlock: {cidr: 192.0.2.9/32}}]
  - ports: [{protocol: TCP, port: 5432}]
    to: [{podSelector: {matchLabels: {app: db}}}]
`,
	);
	t.deepEqual(verdictsThatDiffer(expected, found), []);
});

const record = (fields: object) => ({
	sourceIP: '10.1.0.5',
	sourcePodName: 'web-1',
	sourcePodNamespace: 'shop',
	sourcePodLabels:
		'{"app":"web","pod-template-hash":"5c9","controller-revision-hash":"x","pod-template-generation":"1"}',
	destinationIP: '10.1.0.6',
	destinationPodName: 'db-0',
	destinationPodNamespace: 'data',
	destinationPodLabels: '{"app":"db"}',
	destinationServicePortName: '',
	destinationTransportPort: 5432,
	protocolIdentifier: 6,
	flowType: 2,
	...fields,
});
const abroad = {
	destinationPodName: '',
	destinationPodNamespace: '',
	destinationPodLabels: '',
	destinationIP: '192.0.2.9',
};
const records = [
	record({}),
	record({...abroad, destinationTransportPort: 443, flowType: 'pod_to_external'}),
	record({destinationServicePortName: 'data/db:sql', destinationTransportPort: '5433', flowType: 'pod_to_svc'}),
	record({destinationTransportPort: 22, egressNetworkPolicyRuleAction: 3}),
];
const web = `  egress:
  - ports: [{protocol: TCP, port: 5432}, {protocol: TCP, port: 5433}]
    to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: data}}, podSelector: {matchLabels: {app: db}}}]
  - ports: [{protocol: TCP, port: 443}]
    to: [{ipBlock: {cidr: 192.0.2.9/32}}]
`;
const db = `  ingress:
  - ports: [{protocol: TCP, port: 5432}, {protocol: TCP, port: 5433}]
    from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}, podSelector: {matchLabels: {app: web}}}]
`;

for (const form of ['lines', 'array'] as const)
	test(`records of an aggregator, as ${form}, isolate a direction only where something was seen, as its own tool does`, async t => {
		const found = await learned(log(records, form));
		const expected = `${policy('shop', '{app: web}', web, '[Egress]')}---${policy('data', '{app: db}', db, '[Ingress]')}`;
		t.deepEqual(verdictsThatDiffer(expected, found), []);
		t.regex(found, /ingress of shop\/web-netpol; egress of data\/db-netpol/);
		t.regex(found, /1 flow that were denied, web-1 -> db-0:22\/tcp/);
		const both = await learned(log(records, form), '--isolate', 'both');
		const isolated = `${policy('shop', '{app: web}', web)}---${policy('data', '{app: db}', db)}`;
		t.deepEqual(verdictsThatDiffer(isolated, both), []);
		t.not(verdictsThatDiffer(isolated, found).length, 0);
	});

test('what the log gives no labels of is told and not learned; a pod that has none means all of its namespace, and that is told', async t => {
	const found = await learned(
		log([
			record({destinationPodLabels: '{}'}),
			record({destinationPodName: '', destinationPodLabels: '', destinationServicePortName: 'data/db:sql'}),
			record({sourcePodName: '', sourcePodNamespace: '', sourcePodLabels: '', ...abroad}),
		]),
	);
	t.regex(found, /all pods of the namespace:\n#.*data\/db-0/);
	t.regex(found, /data\/db is in the cluster and without labels in the log: 1 flow/);
	t.regex(found, /1 flow between two ends that are no pods/);
	t.is([...found.matchAll(/kind: NetworkPolicy/g)].length, 2);
});
