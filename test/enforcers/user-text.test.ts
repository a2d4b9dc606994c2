import test from 'ava';
import fc from 'fast-check';
import {compileHost} from '../../enforcers/compile/host.ts';
import {nftables} from '../../enforcers/nftables.ts';
import {allow, deny, policies} from '../builders/policy.ts';
import {randomCase} from '../builders/random.ts';
import {topology} from '../builders/topology.ts';
import {loaded, missing, refusals} from './real-nft.ts';

const kernel = missing === undefined ? test : test.skip;
const because = missing === undefined ? '' : ` (${missing})`;

const nasty = [
	'"; flush ruleset; #',
	'\n}\n table inet evil {',
	'\\',
	'\\"',
	'$(reboot)',
	'@v4_1',
	'\u001b[2J',
	'\u202e',
	'\ud800',
];
const userText = fc.oneof(
	{weight: 2, arbitrary: fc.string({unit: 'binary', maxLength: 200})},
	{weight: 2, arbitrary: fc.tuple(fc.string(), fc.constantFrom(...nasty), fc.string()).map(parts => parts.join(''))},
	fc.constantFrom(...nasty, 'ö'.repeat(200), '😀'.repeat(60)),
);

kernel(`whatever a user wrote loads as text, and leaves the words of the rules as they were${because}`, t => {
	const plain = skeleton(compiled({rule: 'a', other: 'b', label: 'c', policy: 'd', environment: 'e'}));
	fc.assert(
		fc.property(
			fc.record({rule: userText, other: userText, label: userText, policy: userText, environment: userText}),
			written => {
				const {text, table} = compiled(written);
				t.is(skeleton({text}), plain);
				const listing = loaded(table, text);
				t.deepEqual(listing.match(/^table .*/gm), [`table inet ${table} {`]);
				t.deepEqual(listing.match(/^\tchain .*/gm)?.length, text.match(/^\tchain .*/gm)?.length);
				t.is(listing.match(/ comment "/g)?.length, text.match(/ comment "/g)?.length);
			},
		),
		{numRuns: 60},
	);
});

kernel(`every ruleset of forty random cases loads${because}`, t => {
	const texts = Array.from({length: 40}, (_, seed) => randomCase(seed)).flatMap(random =>
		random.topology.workloads.map(
			(workload, at) => compileHost({lab: `x${random.seed}_${at}`, ...random, workload}).text,
		),
	);
	t.is(refusals(texts), '');
	t.true(texts.length > 150);
	t.regex(refusals(['table inet x { chain y { nonsense } }\n']), /syntax error/, 'the test itself would see a refusal');
});

interface Written {
	readonly rule: string;
	readonly other: string;
	readonly label: string;
	readonly policy: string;
	readonly environment: string;
}

function compiled({rule, other, label, policy, environment}: Written) {
	const lab = topology({
		a: {labels: {[label]: label, env: environment}},
		b: {labels: {tier: label, [other]: environment}, services: ['http:80']},
	});
	const stack = policies({
		name: policy,
		guardrails: [
			deny(`!${rule}`, {to: {env: 'none'}, unless: [{from: {workload: 'b'}}]}),
			deny(`g${other}`, {to: {any: true}, unless: [{}]}),
		],
		rules: [allow(`r${rule}`, {to: {workload: 'b'}, on: ['http']})],
		baseline: [allow(`b${policy}`, {from: {workload: 'a'}})],
	});
	return nftables.compile({lab: 'x', topology: lab, stack, placement: 'host'})[0]!;
}

/** The text with every comment emptied. */
const skeleton = ({text}: {readonly text: string}): string => text.replaceAll(/ comment "[^"\n]*"\n/g, ' comment ""\n');
