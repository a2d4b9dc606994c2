// Each technique in a world where its wire part is all that it needs, and the same claims on a network that answers
// nothing: a technique that gets as far there as here does not use the wire.
import test from 'ava';
import type {Network} from '../../../core/contracts/network.ts';
import type {Learned, PlannedAction} from '../../../core/contracts/technique.ts';
import type {TechniqueName} from '../../../core/model/scenario.ts';
import {createMemory} from '../../../scenarios/adversary-memory.ts';
import {builtTechniques} from '../../../scenarios/techniques/built-techniques.ts';
import {attackTopology, evaluatorOf, muteNetwork, networkOf, viewOf} from '../../builders/attack-world.ts';

const world = attackTopology(
	{
		wiki: {holds: ['key', 'word'], knows: ['far'], needs: ['db:15432']},
		api: {services: ['weak http:8080', 'ssh:22']},
		db: {services: ['postgres:15432', 'ssh:22']},
		far: {services: ['http:80'], segment: 'other'},
	},
	{key: 'ssh-key api:ssh', word: 'password db:postgres'},
);
/** A cloud: a deploy server that a machine with credentials beside it stands next to. */
const cloud = attackTopology(
	{
		wiki: {metadata: ['word'], holds: ['orders'], needs: ['db:3306', 'odd:80', 'web:22']},
		web: {services: ['ssh:22']},
		db: {services: ['mysql:3306', 'weak dns:53/udp']},
		odd: {services: ['tcp:80']},
	},
	{word: 'password', orders: 'orders-of-wiki web:ssh', factory: 'well-known db:mysql'},
);

/** Plans and does everything a technique can, after `before` have done the same; gives what was planned and learned. */
async function perform(
	name: TechniqueName,
	network: Network,
	{before, topology = world}: Pick<Case, 'before' | 'topology'>,
) {
	const {knowledge, learn} = createMemory(viewOf(topology, 'wiki'), []);
	const step = async (one: TechniqueName, on: Network): Promise<readonly [PlannedAction, Learned][]> => {
		const technique = builtTechniques.get(one)!;
		const done: [PlannedAction, Learned][] = [];
		for (const action of technique.plan(knowledge)) {
			done.push([action, await technique.perform(action, done.length + 1, on, knowledge)]);
		}
		for (const [action, found] of done) learn(action, found);
		return done;
	};
	for (const one of before) await step(one, networkOf(topology));
	return step(name, network);
}

interface Case {
	readonly technique: TechniqueName;
	readonly topology?: typeof world;
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
	const {technique, topology = world, actions, mute} = one;
	test(`${technique} gets as far as the network lets it`, async t => {
		t.deepEqual(said(await perform(technique, networkOf(topology), one)), actions);
	});
	test(`${technique} gets ${technique === 'encrypt' ? 'as far' : 'nowhere'} on a network that answers nothing`, async t => {
		t.deepEqual(said(await perform(technique, muteNetwork, one)), mute);
	});
	test(`${technique} sends what it counts, and what it counts is numbered`, async t => {
		const sent: number[] = [];
		const network = networkOf(topology, undefined, {
			evaluator: evaluatorOf(() => true),
			onEvidence: action => sent.push(action),
		});
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
