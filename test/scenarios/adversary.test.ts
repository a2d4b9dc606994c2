import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import {attackPath} from '../../core/attack/attack-path.ts';
import type {ActionRecord} from '../../core/contracts/event.ts';
import type {Network} from '../../core/contracts/network.ts';
import {createAdversary} from '../../scenarios/adversary.ts';
import {attack, attackTopology, networkOf, scenario, viewOf} from '../builders/attack-world.ts';
import {randomAttackWorld} from '../builders/random-attack-world.ts';
import {reachableClosure} from './reachable-closure.ts';

const seeds = Array.from({length: 200}, (_, at) => at + 1);

/** wiki → api (weak) → db (its password), vault behind db's host by ssh; nothing else falls. */
const shop = attackTopology(
	{
		wiki: {knows: ['api']},
		api: {services: ['weak http:8080'], holds: ['word'], needs: ['db:5432'], segment: 'far'},
		db: {services: ['postgres:5432'], segment: 'data', jewel: true},
		web: {services: ['weak http:80'], holds: ['key']},
		vault: {services: ['ssh:22']},
		safe: {services: ['http:80', 'ssh:22']},
	},
	{word: 'password db:postgres', key: 'ssh-key vault:ssh'},
);
const fallen = ({falls}: {readonly falls: readonly {readonly workload: string}[]}): readonly string[] =>
	falls.map(({workload}) => workload).sort();

test('a worm takes exactly what a closure over the world says can be taken', async t => {
	let taken = 0;
	for (const seed of seeds) {
		const {topology, passes, foothold} = randomAttackWorld(seed);
		const story = await attack(topology, foothold, {passes, seed});
		t.deepEqual(fallen(story), [...reachableClosure(topology, passes, foothold)].sort(), `seed ${seed}`);
		t.is(story.ended, 'exhausted', `seed ${seed}`);
		taken += story.falls.length - 1;
	}
	t.true(taken > seeds.length, `only ${taken} fell in ${seeds.length} worlds: the comparison says little`);
});

test('a targeted attacker without a goal ends with what a worm takes', async t => {
	for (const seed of seeds.slice(0, 60)) {
		const {topology, passes, foothold} = randomAttackWorld(seed);
		const worm = await attack(topology, foothold, {passes, seed});
		const targeted = await attack(topology, foothold, {passes, seed, scenario: {strategy: 'targeted'}});
		t.deepEqual(fallen(targeted), fallen(worm), `seed ${seed}`);
	}
});

test('one seed gives one timeline but for times; another seed gives another order and the same losses', async t => {
	let reordered = 0;
	for (const seed of seeds.slice(0, 60)) {
		const {topology, passes, foothold} = randomAttackWorld(seed);
		const run = async (of: number) => {
			let clock = 0;
			return attack(topology, foothold, {passes, seed: of, now: () => (clock += Math.random())});
		};
		const timeless = ({timeline}: {readonly timeline: readonly ActionRecord[]}) =>
			timeline.map(record => ({...record, atMs: 0}));
		const [first, again, other] = [await run(seed), await run(seed), await run(seed + 1)];
		t.deepEqual(timeless(first), timeless(again), `seed ${seed}`);
		t.deepEqual(first.falls, again.falls, `seed ${seed}`);
		t.deepEqual(fallen(first), fallen(other), `seed ${seed}`);
		if (JSON.stringify(timeless(first)) !== JSON.stringify(timeless(other))) reordered++;
	}
	t.true(reordered > 0, 'no seed changed any order');
});

test('a targeted attacker stops at its goal, with fewer actions than a worm', async t => {
	const worm = await attack(shop, 'wiki');
	const thief = await attack(shop, 'wiki', {scenario: {strategy: 'targeted'}, goals: ['db']});
	t.deepEqual(fallen(worm), ['api', 'db', 'vault', 'web', 'wiki']);
	t.is(worm.ended, 'exhausted');
	t.is(thief.ended, 'goal');
	t.is(thief.falls.at(-1)?.workload, 'db');
	t.is(thief.timeline.at(-1)?.compromised, 'db');
	t.true(thief.timeline.length < worm.timeline.length / 2, `${thief.timeline.length} and ${worm.timeline.length}`);
});

test('a targeted attacker goes on until every goal is lost, and exhausts itself when one cannot be', async t => {
	const both = await attack(shop, 'wiki', {scenario: {strategy: 'targeted'}, goals: ['db', 'vault']});
	t.is(both.ended, 'goal');
	t.true(fallen(both).includes('db') && fallen(both).includes('vault'));
	const never = await attack(shop, 'wiki', {scenario: {strategy: 'targeted'}, goals: ['db', 'safe']});
	t.is(never.ended, 'exhausted');
	const here = await attack(shop, 'wiki', {scenario: {strategy: 'targeted'}, goals: ['wiki']});
	t.deepEqual([here.ended, here.timeline.length], ['goal', 0]);
});

test('a login to something else than ssh takes the workload, and neither its secrets nor a place to stand', async t => {
	const {falls, timeline} = await attack(shop, 'wiki', {passes: (from, to) => from === 'api' || to !== 'db'});
	const db = falls.find(({workload}) => workload === 'db');
	t.deepEqual([db?.from, db?.technique, db?.port, db?.pivot, db?.hops], ['api', 'reuse-password', 5432, false, 2]);
	t.deepEqual(
		timeline.filter(({from}) => from === 'db'),
		[],
	);
	t.true(falls.find(({workload}) => workload === 'vault')?.pivot);
});

test('a workload falls once, after its pivot, and its path leads back to the foothold', async t => {
	for (const seed of seeds) {
		const {topology, passes, foothold} = randomAttackWorld(seed);
		const {falls, timeline} = await attack(topology, foothold, {passes, seed});
		t.is(new Set(falls.map(({workload}) => workload)).size, falls.length, `seed ${seed}`);
		t.deepEqual(
			timeline.flatMap(({action, compromised}) => (compromised === null ? [] : [[action, compromised]])),
			falls.slice(1).map(({action, workload}) => [action, workload]),
			`seed ${seed}`,
		);
		for (const {workload, hops} of falls) {
			const path = attackPath(falls, workload);
			t.is(path[0]?.workload, foothold, `seed ${seed}`);
			t.is(path.length, hops + 1, `seed ${seed}`);
			t.true(
				path.slice(0, -1).every(({pivot}) => pivot),
				`seed ${seed}`,
			);
			t.true(
				path.every(({action}, at) => at === 0 || action > path[at - 1]!.action),
				`seed ${seed}`,
			);
		}
	}
});

test('actions are numbered from 1 without gaps, and encrypting comes after all else', async t => {
	const {timeline} = await attack(shop, 'wiki');
	t.deepEqual(
		timeline.map(({action}) => action),
		timeline.map((_, at) => at + 1),
	);
	const first = timeline.findIndex(({technique}) => technique === 'encrypt');
	t.deepEqual(
		timeline.slice(first).map(({technique, to, result, compromised}) => [technique, to, result, compromised]),
		['wiki', 'api', 'web', 'vault'].map(to => ['encrypt', to, 'success', null]).sort(byPivot(timeline)),
	);
});

/** The foothold first, then in the order of their fall. */
const byPivot = (timeline: readonly ActionRecord[]) => (a: readonly unknown[], b: readonly unknown[]) =>
	timeline.findIndex(({compromised}) => compromised === a[1]) -
	timeline.findIndex(({compromised}) => compromised === b[1]);

test('a limit of actions ends a run after exactly so many, and one that leaves nothing untried is no limit', async t => {
	const whole = await attack(shop, 'wiki');
	for (const actions of [0, 1, 7, whole.timeline.length - 1]) {
		const cut = await attack(shop, 'wiki', {scenario: {limits: {actions, seconds: 60}}});
		t.deepEqual([cut.ended, cut.timeline.length], ['limit', actions]);
		t.deepEqual(cut.timeline, whole.timeline.slice(0, actions));
	}
	const just = await attack(shop, 'wiki', {scenario: {limits: {actions: whole.timeline.length, seconds: 60}}});
	t.is(just.ended, 'exhausted');
});

test('the watchdog ends a run when its seconds are over, with what was done until then', async t => {
	let clock = 0;
	const slow = await attack(shop, 'wiki', {
		scenario: {limits: {actions: 10_000, seconds: 1}},
		now: () => (clock += 50),
	});
	t.is(slow.ended, 'limit');
	t.true(slow.timeline.length > 0 && slow.timeline.length < 20, `${slow.timeline.length}`);
	t.deepEqual(
		slow.timeline.map(({action}) => action),
		slow.timeline.map((_, at) => at + 1),
	);
});

test('actions are reported one by one in order, as they stand in the timeline', async t => {
	const reported: ActionRecord[] = [];
	const {timeline} = await createAdversary({
		scenario: scenario(),
		seed: 3,
		network: networkOf(shop),
		foothold: viewOf(shop, 'wiki'),
		goals: [],
		now: () => 0,
		onAction: record => reported.push(record),
	}).run();
	t.deepEqual(reported, timeline);
});

for (const [what, spec, code] of [
	['technique tunnel', {techniques: ['discover-hosts', 'tunnel']}, 'technique-unavailable'],
] as const) {
	test(`${what} is refused before anything is tried, with the release it comes with`, t => {
		const untouchable = new Proxy({} as Network, {
			get: () => t.fail('the network was touched'),
		});
		const error = t.throws(() =>
			createAdversary({
				scenario: scenario(spec),
				seed: 1,
				network: untouchable,
				foothold: viewOf(shop, 'wiki'),
				goals: [],
				now: () => 0,
			}),
		) as Error & {readonly code: string; readonly mend: string};
		t.is(error.code, code);
		t.regex(error.mend, /comes with Firebreak \d/);
	});
}

test('what an attacker is made of imports no topology, no policy and no network of the model', t => {
	const folder = new URL('../../scenarios/', import.meta.url);
	const files = ['', 'techniques/', 'strategies/'].flatMap(under =>
		readdirSync(new URL(under, folder))
			.filter(name => name.endsWith('.ts') && name !== 'model-attack.ts')
			.map(name => under + name),
	);
	t.true(files.includes('adversary.ts') && files.length > 15);
	for (const file of files) {
		const text = readFileSync(new URL(file, folder), 'utf8');
		const imported = [...text.matchAll(/from '([^']+)'/g)].map(([, path]) => path!);
		t.deepEqual(
			imported.filter(path =>
				/core\/(policy|model\/(topology|policy))|model-network|host-view|model-attack/.test(path),
			),
			[],
			file,
		);
	}
});
