import test from 'ava';
import {blastRadius} from '../../core/measure/blast-radius.ts';
import {exposure} from '../../core/measure/exposure.ts';
import {jewels} from '../../core/measure/jewels.ts';
import {kindsOf} from '../../core/measure/kinds.ts';
import {saved} from '../../core/measure/saved.ts';
import {signal} from '../../core/measure/signal.ts';
import {attack} from '../builders/attack-run.ts';
import {closed, denied, open} from '../builders/evidence.ts';
import {flow} from '../builders/flow.ts';
import {needing, scenario} from '../builders/measuring.ts';
import {topology} from '../builders/topology.ts';

const shop = topology({
	'web-1.prod': {services: ['https:443']},
	'web-2.prod': {services: ['https:443']},
	'web-3.prod': {services: ['https:443']},
	'db.prod': {services: ['postgres:5432', 'ephemeral:40000-40010'], jewel: true},
	'wiki.dev': {services: ['http:80'], jewel: true},
	internet: {outside: true, services: ['https:443']},
	dns: {services: ['dns:53/udp']},
});
const kinds = kindsOf(needing(shop, [], ['dns']));

test('idle replicas do not dilute a loss: one of three web servers down is all of web lost', t => {
	const {compromised, others, workloads, byEnvironment} = blastRadius(
		kinds,
		attack('wiki.dev', ['wiki.dev -> web-2.prod:443']),
	);
	t.deepEqual([compromised, others], [1, 2]);
	t.deepEqual(workloads, {compromised: 1, others: 4});
	t.deepEqual(byEnvironment, {prod: {compromised: 1, others: 2, jewels: 1}});
});

test('two fallen replicas are one kind, and the workloads beside it are two', t => {
	const run = attack('wiki.dev', ['wiki.dev -> web-1.prod:443', 'web-1.prod -> web-2.prod:443']);
	t.like(blastRadius(kinds, run), {compromised: 1, workloads: {compromised: 2, others: 4}});
});

test('the foothold’s own replicas are neither lost nor others', t => {
	const run = attack('web-1.prod', ['web-1.prod -> web-2.prod:443', 'web-2.prod -> wiki.dev:80']);
	t.like(blastRadius(kinds, run), {compromised: 1, others: 2, blastRadius: 0.5, lostKinds: ['wiki.dev']});
});

test('what stands outside and what an importer added is not counted, not even when it falls', t => {
	const run = attack('wiki.dev', ['wiki.dev -> dns:53', 'dns -> internet:443', 'internet -> db.prod:5432']);
	t.like(blastRadius(kinds, run), {compromised: 1, others: 2, lostKinds: ['db.prod']});
});

test('a foothold outside takes nothing from the others', t => {
	t.like(blastRadius(kinds, attack('internet')), {compromised: 0, others: 3, blastRadius: 0});
});

test('where there are no others the blast radius is undefined and not none', t => {
	const alone = kindsOf(topology({'web-1': {}, 'web-2': {}}));
	t.is(blastRadius(alone, attack('web-1', ['web-1 -> web-2:80'])).blastRadius, null);
});

test('a jewel that is the foothold was given away and not lost', t => {
	t.deepEqual(jewels(kinds, attack('wiki.dev', ['wiki.dev -> web-1.prod:443'])), {
		jewelsReached: 0,
		jewels: 1,
		hopsToFirstJewel: null,
		actionsToFirstJewel: null,
	});
});

test('the first jewel is told by its action and its own hops', t => {
	const run = attack('internet', [
		'internet -> web-1.prod:443',
		'web-1.prod -> db.prod:5432',
		'internet -> wiki.dev:80',
	]);
	t.like(jewels(kinds, run), {jewelsReached: 2, jewels: 2, hopsToFirstJewel: 2, actionsToFirstJewel: 2});
});

const everything = attack('wiki.dev', ['wiki.dev -> web-1.prod:443', 'web-1.prod -> db.prod:5432']);
const some = attack('wiki.dev', ['wiki.dev -> web-1.prod:443']);
const nothing = attack('wiki.dev');
const limited = attack('wiki.dev', [], {ended: 'limit'});
const worm = scenario();
const thief = scenario({goal: {kind: 'jewels'}, strategy: 'targeted'});

for (const [title, input, expected] of [
	['one of two losses was kept off', {controlRun: everything, run: some}, [1, 2, null]],
	['the foothold is not among what can be saved', {controlRun: everything, run: nothing}, [2, 2, null]],
	[
		'nothing to contain is not everything contained',
		{controlRun: nothing, run: nothing},
		[null, 0, 'nothing to contain'],
	],
	[
		'a limit that ended the run leaves it open',
		{controlRun: everything, run: limited},
		[null, null, 'a limit ended the run'],
	],
	[
		'a limit that ended the control leaves it open too',
		{controlRun: limited, run: nothing},
		[null, null, 'a limit ended the run'],
	],
	[
		'an attacker that stops at its goal saves nothing by stopping',
		{controlRun: everything, run: nothing, scenario: thief},
		[null, null, 'goal-directed'],
	],
	['the control saves nothing', {controlRun: everything, run: everything, control: true}, [null, null, 'the control']],
] as const)
	test(`saved: ${title}`, t => {
		const {saved: kept, savable, savedReason} = saved(kinds, {scenario: worm, control: false, ...input});
		t.deepEqual([kept, savable, savedReason], [...expected]);
	});

test('one-hop exposure counts services, not ports, replicas, families or closed ports', t => {
	const probed = [
		open(flow('wiki.dev', 'db.prod:40000')),
		open(flow('wiki.dev', 'db.prod:40010')),
		open(flow('wiki.dev', 'web-1.prod:443')),
		open(flow('wiki.dev', 'web-2.prod:443')),
		open(flow('wiki.dev', 'web-2.prod:443', 6)),
		denied(flow('wiki.dev', 'web-3.prod:443')),
		closed(flow('wiki.dev', 'db.prod:9999')),
		denied(flow('wiki.dev', 'db.prod:5432')),
		open(flow('wiki.dev', 'internet:443')),
		open(flow('web-1.prod', 'db.prod:5432')),
	];
	t.deepEqual(exposure(kinds, 'wiki.dev', probed), {exposedServices: 2, servicesOfOthers: 3});
});

test('signal counts logged packets, those of an action that came through elsewhere too', t => {
	const run = attack('wiki.dev', ['wiki.dev -> web-1.prod:443', 'web-1.prod -> db.prod:5432'], {
		evidence: [
			[open(flow('wiki.dev', 'web-1.prod:443'))],
			[
				denied(flow('web-1.prod', 'db.prod:22')),
				denied(flow('web-1.prod', 'db.prod:80')),
				open(flow('web-1.prod', 'db.prod:5432')),
			],
		],
	});
	t.deepEqual(signal(run), {noise: 4, deniedAttempts: 2, firstDeniedAction: 2});
	t.deepEqual(signal(nothing), {noise: 0, deniedAttempts: 0, firstDeniedAction: null});
});
