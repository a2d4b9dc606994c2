// `learn` without a lab: from logs and a topology, and from logs that name pods themselves.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {parseAllDocuments} from 'yaml';
import {runWords} from '../../../cli/main.ts';
import {corpora, corporaMissing} from '../../kubernetes/corpus.ts';
import {capturedIo} from '../captured-io.ts';

const folder = mkdtempSync(join(tmpdir(), 'fb-learn-'));
test.after.always(() => rmSync(folder, {recursive: true, force: true}));

async function learn(...words: readonly string[]) {
	const io = capturedIo();
	const code = await runWords(['learn', ...words], io);
	return {code, out: io.stdout, error: io.stderr};
}
const file = (name: string, text: string): string => {
	const path = join(folder, name);
	writeFileSync(path, text);
	return path;
};

test('a log and a topology give the policy, with what nobody used in its head', async t => {
	const log = file(
		'one.csv',
		'source,destination,port,action\nweb-1.prod,cache.prod,6379,allow\nwiki.dev,db.prod,5432,deny\n',
	);
	const {code, out, error} = await learn('--in', 'shop', '--flows', log);
	t.is(code, 0, error);
	t.regex(out, /- allow: web in prod may use cache in prod\n {4}from: \{ tier: web, env: prod \}/);
	t.regex(out, /1 flow that were denied, wiki\.dev/);
	t.regex(out, /not exercised, and not allowed/);
	t.notRegex(out, /wiki may/);
	t.regex(error, /62 dependencies of the topology were not seen/);
});

const record = (fields: object): string =>
	`${JSON.stringify({
		sourcePodName: 'web-1',
		sourcePodNamespace: 'shop',
		sourcePodLabels: '{"app":"web","pod-template-hash":"5c9"}',
		destinationPodNamespace: 'data',
		destinationPodLabels: '{"app":"db"}',
		destinationIP: '10.0.0.2',
		destinationTransportPort: 5432,
		protocolIdentifier: 6,
		flowType: 2,
		...fields,
	})}\n`;

interface Policy {
	readonly metadata: {readonly name: string; readonly namespace: string};
	readonly spec: {
		readonly podSelector: object;
		readonly ingress?: readonly object[];
		readonly egress?: readonly object[];
	};
}
const read = (text: string): readonly Policy[] => parseAllDocuments(text).map(one => one.toJS() as Policy);

test('records of Antrea’s aggregator give a NetworkPolicy for each group of pods; denied ones give none', async t => {
	const outside = {destinationPodNamespace: '', destinationPodLabels: '', destinationIP: '192.0.2.9', flowType: 3};
	const log = file(
		'antrea.jsonl',
		record({}) +
			record({}) +
			record({...outside, destinationTransportPort: 443}) +
			record({destinationTransportPort: 22, ingressNetworkPolicyRuleAction: 2}) +
			'nonsense\n',
	);
	const {code, out, error} = await learn('--flows', log, '--format', 'k8s', '--isolate', 'both');
	t.is(code, 0, error);
	t.deepEqual(
		read(out).map(({metadata, spec}) => ({name: metadata.name, ...spec})),
		[
			{
				name: 'web-netpol',
				podSelector: {matchLabels: {app: 'web'}},
				egress: [
					{ports: [{protocol: 'TCP', port: 443}], to: [{ipBlock: {cidr: '192.0.2.9/32'}}]},
					{
						ports: [{protocol: 'TCP', port: 5432}],
						to: [
							{
								namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'data'}},
								podSelector: {matchLabels: {app: 'db'}},
							},
						],
					},
				],
				policyTypes: ['Ingress', 'Egress'],
			},
			{
				name: 'db-netpol',
				podSelector: {matchLabels: {app: 'db'}},
				ingress: [
					{
						ports: [{protocol: 'TCP', port: 5432}],
						from: [
							{
								namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'shop'}},
								podSelector: {matchLabels: {app: 'web'}},
							},
						],
					},
				],
				policyTypes: ['Ingress', 'Egress'],
			},
		] as unknown as never,
	);
});

const withCorpora = corporaMissing === undefined ? test : test.skip;
withCorpora(
	`events of Inspektor Gadget give what its advisor gives, from the command line${corporaMissing === undefined ? '' : ` (skipped: ${corporaMissing})`}`,
	async t => {
		const given = join(corpora, 'flow-recommend/inspektor-gadget-connect-to-svc');
		const {out} = await learn('--flows', join(given, 'input/flows.jsonl'), '--format', 'k8s');
		const [expected] = read(readFileSync(join(given, 'expected.txt'), 'utf8'));
		t.deepEqual(
			read(out).map(({spec}) => spec.podSelector),
			[expected!.spec.podSelector],
		);
		const ports = ({spec}: Policy): string =>
			JSON.stringify(spec.egress!.map(one => JSON.stringify(one).length).sort());
		t.is(ports(read(out)[0]!), ports(expected!));
	},
);

for (const [words, what] of [
	[['--in', 'shop'], /nothing was seen of shop/],
	[['--flows', 'x.csv'], /needs a topology/],
	[['--lab', 'blue', '--in', 'shop', '--flows', 'x.csv'], /has its own topology/],
	[['--columns', 'port=Dst'], /those of a log/],
	[['--in', 'shop', '--flows', 'x.csv', '--isolate', 'seen'], /isolated in both directions/],
] as const)
	test(`learn ${words.join(' ')}: wrong input with a mend`, async t => {
		const {code, error, out} = await learn(...words);
		t.is(code, 2);
		t.is(out, '');
		t.regex(error, what);
		t.regex(error, /mend: /);
	});
