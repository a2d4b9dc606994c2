// Each technique in a world where its wire part is all that it needs, and the same claims on a network that answers
// nothing: a technique that gets as far there as here does not use the wire.
import test from 'ava';
import {outsideHosts} from '../../../core/attack/outside-hosts.ts';
import type {Network} from '../../../core/contracts/network.ts';
import type {Learned, PlannedAction} from '../../../core/contracts/technique.ts';
import type {TechniqueName} from '../../../core/model/scenario.ts';
import {createMemory} from '../../../scenarios/adversary-memory.ts';
import {builtTechniques} from '../../../scenarios/techniques/built-techniques.ts';
import {muteNetwork, networkOf, viewOf} from '../../builders/attack-world.ts';
import {type Case, slipCases} from './slip-cases.ts';
import {beyond, cloud, within, world} from './technique-worlds.ts';

/** Plans and does everything a technique can, after `before` have done the same; gives what was planned and learned. */
async function perform(
	name: TechniqueName,
	network: Network,
	{before, topology = world, passes}: Pick<Case, 'before' | 'topology' | 'passes'>,
) {
	const {knowledge, learn} = createMemory(viewOf(topology, 'wiki'), [], outsideHosts(topology));
	const step = async (one: TechniqueName, on: Network): Promise<readonly [PlannedAction, Learned][]> => {
		const technique = builtTechniques.get(one)!;
		const done: [PlannedAction, Learned][] = [];
		for (const action of technique.plan(knowledge)) {
			done.push([action, await technique.perform(action, done.length + 1, on, knowledge)]);
		}
		for (const [action, found] of done) learn(action, found);
		return done;
	};
	for (const one of before) await step(one, networkOf(topology, passes));
	return step(name, network);
}

const cases: readonly Case[] = [
	{
		technique: 'tamper-enforcer',
		before: [],
		actions: ['wiki > wiki: success, the rules of wiki are gone'],
		mute: ['wiki > wiki: failure, refused: no answer'],
	},
	{
		technique: 'ride-established',
		before: [],
		actions: [
			'wiki > db: failure, refused, over a connection that was open',
			'wiki > db: success, logged in to db, over a connection that was open',
		],
		mute: [
			'wiki > db: denied, no answer, over a connection that was open',
			'wiki > db: denied, no answer, over a connection that was open',
		],
	},
	{
		technique: 'discover-hosts',
		before: [],
		actions: ['wiki > 10.0.0.0/26: success, 2 hosts seen', 'wiki > hosts file: success, 1 host seen'],
		mute: ['wiki > 10.0.0.0/26: denied, 0 hosts seen', 'wiki > hosts file: denied, 0 hosts seen'],
	},
	{
		technique: 'discover-services',
		before: ['discover-hosts'],
		actions: [
			'wiki > 10.0.0.2: success, 2 services seen',
			'wiki > db: success, 2 services seen',
			'wiki > far: success, 1 service seen',
		],
		mute: [
			'wiki > 10.0.0.2: denied, 0 services seen',
			'wiki > db: denied, 0 services seen',
			'wiki > far: denied, 0 services seen',
		],
	},
	{
		technique: 'read-metadata',
		topology: cloud,
		before: [],
		actions: ['wiki > 169.254.169.254: success, 1 secret given'],
		mute: ['wiki > 169.254.169.254: denied, no answer'],
	},
	{
		technique: 'exploit-service',
		before: ['discover-hosts', 'discover-services'],
		actions: [
			'wiki > 10.0.0.2: failure, refused',
			'wiki > 10.0.0.2: success, shell on api',
			'wiki > db: failure, refused',
			'wiki > db: failure, refused',
			'wiki > far: failure, refused',
		],
		mute: [
			'wiki > 10.0.0.2: denied, no answer',
			'wiki > 10.0.0.2: denied, no answer',
			'wiki > db: denied, no answer',
			'wiki > db: denied, no answer',
			'wiki > far: denied, no answer',
		],
	},
	{
		technique: 'abuse-deploy-server',
		topology: cloud,
		before: [],
		actions: ['wiki > web: success, shell on web'],
		mute: ['wiki > web: denied, no answer'],
	},
	{
		technique: 'reuse-ssh-key',
		before: ['discover-hosts', 'discover-services'],
		actions: ['wiki > 10.0.0.2: success, shell on api', 'wiki > db: failure, refused'],
		mute: ['wiki > 10.0.0.2: denied, no answer', 'wiki > db: denied, no answer'],
	},
	{
		technique: 'reuse-password',
		before: [],
		actions: ['wiki > db: success, logged in to db'],
		mute: ['wiki > db: denied, no answer'],
	},
	{
		technique: 'spray-passwords',
		topology: cloud,
		before: ['read-metadata'],
		actions: [
			'wiki > web: failure, refused, 7 passwords tried',
			'wiki > db: success, logged in to db, 2 passwords tried',
			'wiki > odd: failure, takes no logins, 1 password tried',
		],
		mute: [
			'wiki > web: denied, no answer, 1 password tried',
			'wiki > db: denied, no answer, 1 password tried',
			'wiki > odd: denied, no answer, 1 password tried',
		],
	},
	{
		technique: 'transfer-tool',
		topology: cloud,
		before: ['abuse-deploy-server', 'discover-services', 'exploit-service'],
		actions: [
			'web > db: success, 32768 bytes carried, hash confirmed',
			'wiki > web: success, 32768 bytes carried, hash confirmed',
		],
		mute: ['web > db: denied, no answer', 'wiki > web: denied, no answer'],
	},
	...slipCases,
	{
		technique: 'cross-networks',
		topology: beyond,
		passes: within,
		before: ['reuse-ssh-key'],
		actions: ['wiki > far: success, shell on far, through both'],
		mute: ['wiki > far: denied, no answer, at both'],
	},
	{
		technique: 'proxy-through',
		topology: beyond,
		passes: within,
		before: ['reuse-ssh-key'],
		actions: ['wiki > far: success, shell on far, through both'],
		mute: ['wiki > far: denied, no answer, at both'],
	},
	{
		technique: 'tunnel',
		passes: (_from, _to, port) => port !== '22/tcp',
		before: ['discover-hosts', 'discover-services', 'exploit-service'],
		actions: ['wiki > api: success, spoke to 22/tcp inside 8080/tcp, logged in as ops'],
		mute: ['wiki > api: denied, no conversation with api at 8080/tcp'],
	},
	{
		technique: 'dns-channel',
		topology: beyond,
		before: [],
		actions: ['wiki > names: success, 512 bytes carried, hash confirmed'],
		mute: ['wiki > names: denied, no answer'],
	},
	{
		technique: 'exfiltrate',
		topology: beyond,
		before: [],
		actions: ['wiki > internet: success, 4096 bytes got out by 443/tcp'],
		mute: ['wiki > internet: denied, nothing got out'],
	},
	{
		technique: 'encrypt',
		before: [],
		actions: ['wiki > wiki: success, wiki encrypted'],
		mute: ['wiki > wiki: success, wiki encrypted'],
	},
];

const said = (done: readonly [PlannedAction, Learned][]): readonly string[] =>
	done.map(([{from, to}, {result, detail}]) => `${from} > ${to}: ${result}, ${detail}`);

for (const one of cases) {
	const {technique, topology = world, passes, actions, mute} = one;
	test(`${technique} gets as far as the network lets it`, async t => {
		t.deepEqual(said(await perform(technique, networkOf(topology, passes), one)), actions);
	});
	test(`${technique} gets ${technique === 'encrypt' ? 'as far' : 'nowhere'} on a network that answers nothing`, async t => {
		t.deepEqual(said(await perform(technique, muteNetwork, one)), mute);
	});
	test(`${technique} sends what it counts, and what it counts is numbered`, async t => {
		const sent: number[] = [];
		const network = networkOf(topology, passes, {onEvidence: action => sent.push(action)});
		const done = await perform(technique, network, one);
		for (const [at, [, {probes, answers}]] of done.entries()) {
			t.is(sent.filter(action => action === at + 1).length, probes);
			t.is(
				Object.values(answers).reduce((sum, count) => sum + count, 0),
				probes,
			);
		}
		t.is(
			sent.length,
			done.reduce((sum, [, {probes}]) => sum + probes, 0),
		);
	});
	test(`${technique} says what it is: an ATT&CK id, and a sentence each for the wire and for the defender`, t => {
		const {attack, describes, name} = builtTechniques.get(technique)!;
		t.is(name, technique);
		t.regex(attack.technique, /^T\d{4}(\.\d{3})?$/);
		t.regex(attack.tactic, /^TA\d{4}$/);
		t.regex(describes.wire, /^[A-Z].+\.$/);
		t.regex(describes.seen, /^[A-Z].+\.$/);
		t.regex(describes.cleanup ?? 'Nothing.', /^[A-Z].+\.$/);
	});
}

test('every built technique has a case here', t => {
	t.deepEqual(
		cases.map(({technique}) => technique),
		[...builtTechniques.keys()],
	);
});
