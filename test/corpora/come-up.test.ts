// Other people's files up with real packets: a sample of those that `npm run corpora` takes one by one. Skipped, with the
// reason, where the files are not beside the checkout or no lab can be.
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {whyNoPackets} from '../builders/unshared.ts';
import {corporaMissing} from '../kubernetes/corpus.ts';
import {namedSources} from './cases.ts';
import {type CameUp, comeUp} from './come-up.ts';

const reason = corporaMissing ?? whyNoPackets();
const withLabs = reason === null ? test.serial : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);

const runtime = mkdtempSync(path.join(tmpdir(), 'firebreak-corpora-'));
process.env.XDG_RUNTIME_DIR = runtime;
test.after.always(() => rmSync(runtime, {recursive: true}));

const sources = namedSources();
/** Every application, and of the files one in eight, which are of every kind of network. */
const sampled = sources.filter(({name}, at) => name.startsWith('apps-') || at % 8 === 4);
const found = new Map<string, CameUp>();

test('the sample has files of Compose, of containerlab and of Kubernetes', t => {
	if (reason !== null) return t.pass();
	for (const kind of ['compose/', 'containerlab/', 'apps-npguard-oracle/'])
		t.true(sampled.filter(({name}) => name.startsWith(kind)).length >= 2, kind);
});

withLabs(titled('each of them comes up, and on every flow model, kernel and far end agree'), async t => {
	t.timeout(90_000);
	let flows = 0;
	for (const [at, {name, source}] of sampled.entries()) {
		const outcome = await comeUp(source, `sample-${at}`);
		if (outcome.kind === 'refused') {
			t.fail(`${name}: ${outcome.problems.join('\n')}`);
			continue;
		}
		t.deepEqual([outcome.differences, outcome.inconclusive], [[], []], name);
		found.set(name, outcome);
		flows += outcome.flows;
	}
	t.true(flows > 2000, `${flows} flows`);
});

withLabs(titled('the first candidate of a file breaks no dependency, each of which answers with no policy'), t => {
	const first = [...found].filter(([, {candidate}]) => candidate === 'first');
	t.true(first.length >= 3);
	for (const [name, {broken, untestable, dependencies}] of first) {
		t.deepEqual([broken, untestable], [[], []], name);
		t.true(dependencies > 0, name);
	}
});

withLabs(titled('a policy that breaks an application is seen to break it'), t => {
	const {broken} = found.get('apps-npguard-oracle/gcp-microservices-demo-missing-one-policy')!;
	t.deepEqual(broken, ['checkoutservice -> paymentservice:50051/tcp']);
	t.true(found.get('apps-npguard-oracle/gcp-microservices-demo-deny-all-only')!.broken.length > 10);
});

withLabs(titled('Sock Shop and the voting app answer on every service'), t => {
	t.deepEqual(
		['sock-shop-with-policies', 'example-voting-app'].map(app => {
			const {workloads, answering} = found.get(`apps-npguard-oracle/${app}`)!;
			return [workloads, answering];
		}),
		[
			[15, 18],
			[5, 4],
		],
	);
});
