// Other people's cases, where they are beside the checkout: all of them by the model, and some by packets. The whole is
// `npm run conformance -- DIR --packets`.
import {existsSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {whyNoPackets} from '../builders/unshared.ts';
import {conformance} from './conformance.ts';
import {openCorpus} from './corpus.ts';
import {failureLines} from './outcomes.ts';
import {packetCase} from './packet-cases.ts';
import {byPackets} from './packets.ts';
import {openTo, pods, writtenCorpus} from './written-corpus.ts';

const corpora = path.resolve(import.meta.dirname, '../../../shared/corpora');
const missing = existsSync(path.join(corpora, 'cases.json')) ? null : 'shared/corpora is not beside the checkout';
const noPackets = whyNoPackets();
const titled = (title: string, reason: string | null): string =>
	reason === null ? title : `${title} (skipped: ${reason})`;

(missing === null ? test : test.skip)(
	titled('every case of the corpora that is in scope is answered as they expect', missing),
	async t => {
		const {outcomes} = await conformance(openCorpus(corpora), {packets: false});
		t.deepEqual(failureLines(outcomes), []);
		const passed = outcomes.filter(({kind}) => kind === 'passed');
		t.true(passed.length > 440, `${passed.length} of ${outcomes.length}`);
		const pure = outcomes.filter(({one}) => one.features.includes('pure-policy'));
		t.true(pure.length > 300 && pure.every(({kind}) => kind === 'passed'), 'what is pure-policy is never left out');
	},
);

const reason = missing ?? noPackets;
(reason === null ? test.serial : test.serial.skip)(
	titled('the recipes, and what the ANP and CNP conformance tests ask in SCTP, hold by packets too', reason),
	async t => {
		t.timeout(120_000);
		const corpus = openCorpus(corpora);
		const cases = corpus.cases.filter(
			({source, features}) =>
				source === 'netpol-recipes' || (/^npapi-conformance/.test(source) && features.includes('SCTP')),
		);
		const {outcomes, notes} = await conformance({...corpus, cases}, {packets: true});
		t.log(notes.join('; '));
		t.deepEqual(failureLines(outcomes), []);
		t.true(outcomes.length > 15);
	},
);

const packets = noPackets === null ? test.serial : test.serial.skip;
const files = {'pods.yaml': pods, 'policy.yaml': openTo('[{ podSelector: {} }, { ipBlock: { cidr: 9.9.0.0/16 } }]')};

packets(
	titled('packets contradict what is expected wrongly, in each protocol and from beyond the cluster', noPackets),
	async t => {
		const right = [
			'x/a[Pod] => x/b[Pod] : TCP 80 : allow',
			'y/c[Pod] => x/b[Pod] : TCP 80 : deny',
			'x/a[Pod] => x/b[Pod] : SCTP 80 : deny',
			'x/a[Pod] => x/b[Pod] : UDP 80 : deny',
			'x/a[Pod] => y/c[Pod] : SCTP 8080 : allow',
			'9.9.9.9 => x/b[Pod] : TCP 80 : allow',
			'9.8.9.9 => x/b[Pod] : TCP 80 : deny',
			'x/b[Pod] => 9.8.9.9 : UDP 53 : allow',
		];
		const opposite = right.map(line =>
			line.endsWith('allow') ? line.replace(/allow$/, 'deny') : line.replace(/deny$/, 'allow'),
		);
		for (const [lines, wrong] of [
			[right, 0],
			[opposite, right.length],
		] as const) {
			const {corpus, one} = writtenCorpus('probe-lines', files, lines.join('\n'));
			const {differences, probes} = await byPackets([packetCase(corpus, one)]);
			t.is(probes, right.length);
			t.is(differences.get(one)!.length, wrong, differences.get(one)!.join('\n'));
		}
	},
);
