// Each technique in a world where its wire part is all that it needs, and the same claims on a network that answers
// nothing: a technique that gets as far there as here does not use the wire.
import test from 'ava';
import {outsideHosts} from '../../../core/attack/outside-hosts.ts';
import type {Network} from '../../../core/contracts/network.ts';
import type {Learned, PlannedAction} from '../../../core/contracts/technique.ts';
import type {TechniqueName} from '../../../core/model/scenario.ts';
import type {Topology} from '../../../core/model/topology.ts';
import {createMemory} from '../../../scenarios/adversary-memory.ts';
import {builtTechniques} from '../../../scenarios/techniques/built-techniques.ts';
import {
	attackTopology,
	everythingPasses,
	muteNetwork,
	networkOf,
	type Passes,
	viewOf,
} from '../../builders/attack-world.ts';

const world = attackTopology(
	{
		wiki: {holds: ['key', 'word'], knows: ['far'], needs: ['db:15432']},
		api: {services: ['weak http:8080', 'ssh:22']},
		db: {services: ['postgres:15432', 'ssh:22']},
		far: {services: ['http:80'], segment: 'other'},
	},
	{key: 'ssh-key api:ssh', word: 'password db:postgres'},
);
/** A relay with an address in a second segment, a name server and a machine outside. */
const beyond = attackTopology(
	{
		wiki: {holds: ['key'], needs: ['both:22', 'names:53/udp']},
		both: {services: ['ssh:22', 'http:80'], also: 'other', needs: ['far:8080']},
		far: {services: ['weak http:8080'], segment: 'other'},
		names: {services: ['dns:53/udp']},
		internet: {segment: 'wan', outside: true},
	},
	{key: 'ssh-key both:ssh'},
);
/** The wiki may not pass a gateway. */
const within: Passes = (from, to) => from !== 'wiki' || to !== 'far';
const worlds = {
	flat: {topology: world, passes: everythingPasses},
	'no ssh': {topology: world, passes: (_from: string, _to: string, port: string) => port !== '22/tcp'},
	beyond: {topology: beyond, passes: within},
} as const satisfies Readonly<Record<string, {readonly topology: Topology; readonly passes: Passes}>>;

/** Plans and does everything a technique can, after `before` have done the same; gives what was planned and learned. */
async function perform({technique: name, world: place = 'flat', before}: Case, network: Network) {
	const {topology, passes} = worlds[place];
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

interface Case {
	readonly technique: TechniqueName;
	/** Left out: `flat`, where everything passes. */
	readonly world?: keyof typeof worlds;
	readonly before: readonly TechniqueName[];
	/** `from > to: result, detail`, of every action in order. */
	readonly actions: readonly string[];
	/** On a network that answers nothing. */
	readonly mute: readonly string[];
}

const cases: readonly Case[] = [
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
		technique: 'cross-networks',
		world: 'beyond',
		before: ['reuse-ssh-key'],
		actions: ['wiki > far: success, shell on far, through both'],
		mute: ['wiki > far: denied, no answer, at both'],
	},
	{
		technique: 'proxy-through',
		world: 'beyond',
		before: ['reuse-ssh-key'],
		actions: ['wiki > far: success, shell on far, through both'],
		mute: ['wiki > far: denied, no answer, at both'],
	},
	{
		technique: 'tunnel',
		world: 'no ssh',
		before: ['discover-hosts', 'discover-services', 'exploit-service'],
		actions: ['wiki > api: success, spoke to 22/tcp inside 8080/tcp, logged in as ops'],
		mute: ['wiki > api: denied, no conversation with api at 8080/tcp'],
	},
	{
		technique: 'dns-channel',
		world: 'beyond',
		before: [],
		actions: ['wiki > names: success, 512 bytes got there'],
		mute: ['wiki > names: denied, no answer'],
	},
	{
		technique: 'exfiltrate',
		world: 'beyond',
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
	const {technique, world: place = 'flat', actions, mute} = one;
	const {topology, passes} = worlds[place];
	test(`${technique} gets as far as the network lets it`, async t => {
		t.deepEqual(said(await perform(one, networkOf(topology, passes))), actions);
	});
	test(`${technique} gets ${technique === 'encrypt' ? 'as far' : 'nowhere'} on a network that answers nothing`, async t => {
		t.deepEqual(said(await perform(one, muteNetwork)), mute);
	});
	test(`${technique} sends what it counts, and what it counts is numbered`, async t => {
		const sent: number[] = [];
		const network = networkOf(topology, passes, {onEvidence: action => sent.push(action)});
		const done = await perform(one, network);
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
	});
}

test('every built technique has a case here', t => {
	t.deepEqual(
		cases.map(({technique}) => technique),
		[...builtTechniques.keys()],
	);
});
