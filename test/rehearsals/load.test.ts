import {createHash} from 'node:crypto';
import {join} from 'node:path';
import test from 'ava';
import {renderFlow} from '../../core/model/flow.ts';
import {renderProblem} from '../../core/model/problem.ts';
import {loadRehearsal} from '../../rehearsals/load.ts';
import {folder, load, policy, rehearsal, topology, usual, withLines} from './rehearsal-files.ts';

test('flat is always there and first, with an empty stack', async t => {
	const {name, candidates, scenarios, topology} = await load(t, usual);
	t.deepEqual([name, topology.name, scenarios.length], ['two', 'two', 0]);
	t.deepEqual(
		candidates.map(({name, stack, placement, files}) => [name, stack.length, placement, files.join()]),
		[
			['flat', 0, 'host', ''],
			['segmented', 1, 'host', 'segmented.policy.yaml'],
		],
	);
});

test('every file that was read is an input, with its hash', async t => {
	const {inputs} = await load(t, usual);
	const expected = Object.entries(usual).map(([path, text]) => ({
		path,
		sha256: createHash('sha256').update(text).digest('hex'),
	}));
	t.deepEqual(
		inputs,
		expected.sort((a, b) => (a.path < b.path ? -1 : 1)),
	);
});

test('today comes second, and a list of placements is a candidate each', async t => {
	const {candidates} = await load(t, {
		...usual,
		'rehearsal.yaml': `rehearsal: two
topology: [two.topology.yaml]
candidates:
  both: { policy: [segmented.policy.yaml, more/b.policy.yaml], placement: [host, host+fabric] }
  one: { policy: segmented.policy.yaml, placement: [fabric] }
today: { policy: segmented.policy.yaml, placement: gateway }
expect:
  both: { broken: 0 }
  both@host: { orphaned: 0 }
`,
		'more/b.policy.yaml': 'policy: b\n',
	});
	t.deepEqual(
		candidates.map(({name, placement, today, stack}) => `${name} ${placement} ${today} ${stack.map(p => p.name)}`),
		[
			'flat host false ',
			'today gateway true segmented',
			'both@host host false segmented,b',
			'both@host+fabric host+fabric false segmented,b',
			'one fabric false segmented',
		],
	);
});

test('an expectation of a candidate is one of each of its placements', async t => {
	const {expectations} = await load(t, {
		...usual,
		'rehearsal.yaml': `rehearsal: two
topology: two.topology.yaml
candidates:
  both: { policy: segmented.policy.yaml, placement: [host, fabric] }
expect:
  both: { orphaned: 0 }
  both@fabric: { broken: 0 }
`,
	});
	t.deepEqual(
		expectations.map(({candidate, text}) => `${candidate}: ${text}`),
		['both@host: orphaned = 0', 'both@fabric: orphaned = 0', 'both@fabric: broken = 0'],
	);
});

test('expectations have the bounds that were written, with their places', async t => {
	const {expectations} = await load(t, {
		...withLines(
			'scenarios: [s.scenario.yaml]',
			'expect:',
			'  segmented:',
			'    compromised: { prod: 0, dev: "<= 3" }',
			'    saved: ">= 90%"',
			'    broken: ["web.prod ▸ db.prod:postgres"]',
			'    lost: [web.dev, db]',
			'    orphaned: [db.prod:postgres]',
			'    untestable: []',
			'    s: { jewelsReached: 0, compromised: { dev: "≥1" } }',
			'  flat: { blastRadius: "50%" }',
		),
		's.scenario.yaml': 'scenario: s\nfoothold: { workload: web.dev }\n',
	});
	t.deepEqual(
		expectations.map(({candidate, scenario, measure, environment, bound, text, where}) => [
			`${where.line}:${where.column} ${candidate} ${scenario ?? '-'} ${measure} ${environment ?? '-'}`,
			text,
			bound.kind === 'compare' ? `${bound.operator} ${bound.value} ${bound.percent}` : bound.names.join(),
		]),
		[
			['8:20 segmented - compromised prod', 'compromised.prod = 0', '= 0 false'],
			['8:29 segmented - compromised dev', 'compromised.dev <= 3', '<= 3 false'],
			['9:5 segmented - saved -', 'saved >= 90%', '>= 0.9 true'],
			['10:5 segmented - broken -', 'broken = web.prod ▸ db.prod:postgres', 'web.prod -> db.prod:5432/tcp'],
			['11:5 segmented - lost -', 'lost = web.dev, db', 'db.dev,db.prod,web.dev'],
			['12:5 segmented - orphaned -', 'orphaned = db.prod:postgres', 'db.prod:5432/tcp'],
			['13:5 segmented - untestable -', 'untestable = none', ''],
			['14:10 segmented s jewelsReached -', 'jewelsReached = 0', '= 0 false'],
			['14:43 segmented s compromised dev', 'compromised.dev >= 1', '>= 1 false'],
			['15:11 flat - blastRadius -', 'blastRadius = 50%', '= 0.5 true'],
		],
	);
});

test('flows and accepted ones are all pairs of addresses', async t => {
	const {flows, accepted} = await load(
		t,
		withLines(
			'flows:',
			'  - deny: web.dev → db.prod:postgres',
			'  - { allow: "web.dev -> db.dev:5432", candidate: segmented }',
			'accepted:',
			'  - { flow: "db.dev -> web.dev:http", because: backups, until: 2027-03-31 }',
			'  - { flow: "db.dev -> web.dev:22", because: old }',
		),
	);
	t.deepEqual(
		flows.map(({action, candidate, text, flows}) => [action, candidate, text, flows.map(renderFlow).join()]),
		[
			['deny', null, 'web.dev -> db.prod:postgres', 'web.dev -> db.prod:5432/tcp,web.dev -> db.prod:5432/tcp (IPv6)'],
			['allow', 'segmented', 'web.dev -> db.dev:5432', 'web.dev -> db.dev:5432/tcp,web.dev -> db.dev:5432/tcp (IPv6)'],
		],
	);
	t.deepEqual(
		accepted.map(({text, because, until, flows, where}) => [text, because, until, flows.length, where.line]),
		[
			['db.dev -> web.dev:http', 'backups', '2027-03-31', 2, 9],
			['db.dev -> web.dev:22', 'old', null, 2, 10],
		],
	);
});

test('scenarios are files, names of the catalogue, and what the command line adds', async t => {
	const catalog = await folder(t, {
		'thief.scenario.yaml': 'scenario: thief\n',
		'worm.scenario.yaml': 'scenario: worm\n',
		'shop/rehearsal.yaml': rehearsal,
		'shop/two.topology.yaml': topology,
		'shop/segmented.policy.yaml': policy,
	});
	const options = {catalog: {rehearsals: [catalog], scenarios: [catalog]}, scenarios: ['worm', 'own']};
	const {scenarios, inputs} = await load(
		t,
		{...withLines('scenarios: [own.scenario.yaml, thief]'), 'own.scenario.yaml': 'scenario: own\n'},
		options,
	);
	t.deepEqual(
		scenarios.map(({name}) => name),
		['own', 'thief', 'worm'],
	);
	t.true(inputs.some(({path}) => path === 'catalog/thief.scenario.yaml'));
	const shop = await loadRehearsal('shop', {catalog: options.catalog});
	t.is(shop.kind === 'ok' && shop.value.folder, join(catalog, 'shop'));
	const typo = await loadRehearsal('shpo', {catalog: options.catalog});
	t.deepEqual(typo.kind === 'wrong' && typo.problems.map(renderProblem), [
		'shpo:1:1: there is no file, folder or ready rehearsal shpo (did you mean shop?)',
	]);
});
