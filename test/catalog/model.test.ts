// The ready rehearsals as the model sees them: fast, and on any machine.
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {root} from '../house/source-tree.ts';
import {claimed, lostUnder, outcomesOf, runOf} from './outcomes.ts';
import {changedShop, inTheModel, loaded} from './rehearse.ts';

const catalogue = join(root, 'topologies/catalog');
const names = readdirSync(catalogue, {withFileTypes: true})
	.filter(entry => entry.isDirectory())
	.map(({name}) => name);
const scenarios = readdirSync(join(root, 'scenarios/catalog')).flatMap(
	name => /^(.*)\.scenario\.yaml$/.exec(name)?.[1] ?? [],
);

test('every ready rehearsal has its outcome claimed, and stands in the README', t => {
	t.deepEqual(names.toSorted(), Object.keys(claimed).toSorted());
	const readme = readFileSync(join(catalogue, 'README.md'), 'utf8');
	for (const name of names) t.true(readme.includes(`| \`${name}\` |`), name);
});

test('every ready scenario is run by a ready rehearsal, and stands in the README', async t => {
	const rehearsed = await Promise.all(names.map(loaded));
	const run = rehearsed.flatMap(each => each.scenarios.map(({name}) => name));
	const readme = readFileSync(join(root, 'scenarios/catalog/README.md'), 'utf8');
	for (const name of scenarios) {
		t.true(run.includes(name), name);
		t.true(readme.includes(`| \`${name}\` |`), name);
	}
});

for (const [name, outcomes] of Object.entries(claimed)) {
	test(`${name} loads without a problem or a warning, passes, and comes out as claimed`, async t => {
		const {report, exitCode} = await inTheModel(name);
		t.deepEqual(outcomesOf(report), outcomes);
		t.deepEqual(
			report.expectations.filter(({held}) => held !== true),
			[],
		);
		t.deepEqual([report.passed, exitCode], [true, 0]);
	});

	for (const seed of [2, 7])
		test(`${name} passes with seed ${seed} too: what falls does not hang on the order of targets`, async t => {
			const {report} = await inTheModel(name, seed);
			const worms = (all: typeof outcomes) => all.filter(({run}) => !/thief|vendor/.test(run));
			t.deepEqual(worms(outcomesOf(report)), worms(outcomes));
			t.true(report.passed);
		});
}

test('the shop has at least 24 workloads and 30 dependencies, and a known caller of every service', async t => {
	const {topology} = await loaded('shop');
	const {report} = await inTheModel('shop');
	t.true(topology.workloads.length >= 24 && topology.dependencies.length >= 30);
	t.deepEqual(report.runs[0]?.breakage.coverage.withoutCaller, []);
	for (const environment of ['prod', 'test', 'dev'])
		for (const base of ['web', 'api', 'db', 'cache', 'queue', 'worker'])
			t.true(
				topology.workloads.some(({kind}) => kind === `${base}.${environment}`),
				`${base}.${environment}`,
			);
});

test('zones loses db.prod by way of the deploy server: an exploit, the key that lies there, a password', async t => {
	const {report} = await inTheModel('shop');
	for (const scenario of ['ransomware', 'thief'] as const) {
		const {stillLost} = runOf(report, `zones · ${scenario}`).containment;
		const path = stillLost.find(({kind}) => kind === 'db.prod')?.path ?? [];
		const [exploit, key, password] = path.slice(-3);
		t.like(exploit, {to: 'deploy.ops', technique: 'exploit-service', port: 8080}, scenario);
		t.like(key, {from: 'deploy.ops', technique: 'reuse-ssh-key', port: 22});
		t.regex(key?.to ?? '', /\.prod$/);
		t.like(password, {from: key?.to, to: 'db.prod', technique: 'reuse-password', port: 5432});
	}
});

test('segmented loses the api that the wiki needs, and the database that this api has the password of', async t => {
	const {report} = await inTheModel('shop');
	t.deepEqual(lostUnder(report, 'segmented · ransomware'), ['api.dev', 'db.dev']);
});

test('a port too many in segmented, and the jewel of production falls', async t => {
	const folder = await changedShop(t, 'segmented.policy.yaml', /on: \[packages\]/g, 'on: [packages, http]');
	const {report, exitCode} = await inTheModel(folder);
	t.true(lostUnder(report, 'segmented · ransomware').includes('db.prod'));
	t.is(exitCode, 1);
});

test('without the deploy key zones keeps production', async t => {
	const {report} = await inTheModel(await changedShop(t, 'shop.topology.yaml', 'holds: [deploy-key]', 'holds: []'));
	const lost = lostUnder(report, 'zones · ransomware').filter(kind => kind.endsWith('.prod'));
	t.deepEqual(lost, []);
});

test('too-tight with none expected broken is a rehearsal that fails, and names both', async t => {
	const {report, exitCode} = await inTheModel(
		await changedShop(t, 'rehearsal.yaml', /broken:\n(\s+- .*\n)+/, 'broken: 0\n'),
	);
	const failed = report.expectations.filter(({held}) => held === false);
	t.deepEqual(
		failed.map(({what, expected, found}) => ({what, expected, found})),
		[
			{
				what: 'too-tight · broken',
				expected: '0',
				found: '2 (web.test -> cache.test:6379/tcp, worker.prod -> queue.prod:5672/tcp)',
			},
		],
	);
	t.is(exitCode, 1);
});

test('too-tight leaves the cache of test to nobody', async t => {
	const {report} = await inTheModel('shop');
	t.deepEqual(runOf(report, 'too-tight · thief').breakage.orphaned, ['cache.test:6379/tcp']);
});

test('the hospital loses its pumps where devices are forgotten, and its records nowhere', async t => {
	const {report} = await inTheModel('hospital');
	for (const scenario of ['ward-worm', 'vendor'] as const) {
		const lost = lostUnder(report, `servers-first · ${scenario}`);
		t.deepEqual([lost.includes('pump'), lost.includes('patient-db')], [true, false], scenario);
	}
});

test('of the zones, the rules that the model would drop keep the jewel, and break what needs them', async t => {
	const {report} = await inTheModel('shop');
	const [cut, ...others] = report.cuts;
	t.deepEqual(others, []);
	t.is(cut!.candidate, 'zones');
	t.deepEqual(
		cut!.dropped.map(({name}) => name),
		['ops releases to production'],
	);
	t.deepEqual([cut!.before.jewelsReached, cut!.after.jewelsReached], [1, 0]);
	t.true(cut!.after.compromised < cut!.before.compromised);
	t.deepEqual(cut!.broken, cut!.expectedToBreak);
	t.is(cut!.broken.length, 3);
});
