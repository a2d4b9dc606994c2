import {createHash} from 'node:crypto';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {renderFlow} from '../../core/model/flow.ts';
import {renderProblem} from '../../core/model/problem.ts';
import type {Rehearsal} from '../../core/model/rehearsal.ts';
import {loadRehearsal} from '../../rehearsals/load.ts';
import type {LoadOptions} from '../../rehearsals/load-options.ts';
import {smallShop} from '../core/files/small-shop.ts';

const topology = `topology: two
environments: [prod, dev]
workloads:
  web:
    in: [prod, dev]
    labels: { tier: web }
    services: { http: { port: 80, speaks: http } }
    needs: [db:postgres]
  db:
    in: [prod, dev]
    labels: { tier: db }
    services: { postgres: { port: 5432, speaks: postgres } }
`;
const policy = `policy: segmented
rules:
  - allow: web reads its database
    from: { tier: web }
    to: { tier: db }
    same: [env]
    on: [postgres]
`;
const rehearsal = `rehearsal: two
topology: two.topology.yaml
candidates:
  segmented: segmented.policy.yaml
`;
const usual = {'two.topology.yaml': topology, 'segmented.policy.yaml': policy, 'rehearsal.yaml': rehearsal};

const none: LoadOptions = {catalog: {rehearsals: [], scenarios: []}};

/** A new folder with these files, which goes with the test. */
async function folder(t: ExecutionContext, files: Readonly<Record<string, string>>): Promise<string> {
	const path = await mkdtemp(join(tmpdir(), 'firebreak-load-'));
	t.teardown(() => rm(path, {recursive: true}));
	for (const [name, text] of Object.entries(files)) {
		await mkdir(dirname(join(path, name)), {recursive: true});
		await writeFile(join(path, name), text);
	}
	return path;
}

async function load(t: ExecutionContext, files: Readonly<Record<string, string>>, options = none): Promise<Rehearsal> {
	const loaded = await loadRehearsal(await folder(t, files), options);
	if (loaded.kind === 'wrong') throw new Error(loaded.problems.map(renderProblem).join('\n'));
	return loaded.value;
}

async function problems(
	t: ExecutionContext,
	files: Readonly<Record<string, string>>,
	options = none,
): Promise<readonly string[]> {
	const loaded = await loadRehearsal(await folder(t, files), options);
	return loaded.kind === 'wrong' ? loaded.problems.map(renderProblem) : [];
}

/** The usual rehearsal with `lines` behind it. */
const withLines = (...lines: string[]) => ({...usual, 'rehearsal.yaml': `${rehearsal}${lines.join('\n')}\n`});

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

test('the missing file of SCREENS.md is told as drawn there', async t => {
	const text = [
		'rehearsal: shop',
		'topology: two.topology.yaml',
		'candidates:',
		'  segmented: segmented.policy.yaml',
		'  # what is in force',
		'  zones:        { policy: zones.policy.yml }',
		'',
	].join('\n');
	t.deepEqual(await problems(t, {...usual, 'rehearsal.yaml': text, 'zones.policy.yaml': policy}), [
		'rehearsal.yaml:6:27: there is no file zones.policy.yml (zones.policy.yaml is there)',
	]);
});

for (const [lines, expected] of [
	[['expect: { segmnted: { broken: 0 } }'], '5:11: there is no candidate segmnted (did you mean segmented?)'],
	[['expect: { segmented: { brokn: 0 } }'], '5:24: there is no measure brokn (did you mean broken?)'],
	[
		['expect: { segmented: { broken: "<== 3" } }'],
		'5:32: "<== 3" is not a bound (a bound is written 0, "<= 3" or ">= 90%")',
	],
	[
		['expect: { segmented: { deniedAttempts: 3% } }'],
		'5:40: deniedAttempts is no share of anything (write a number without %)',
	],
	[
		['expect: { segmented: { saved: 101% } }'],
		'5:31: 101% is more than all (a share goes from 0 to 1, or from 0% to 100%)',
	],
	[
		['expect: { segmented: { saved: [web.dev] } }'],
		'5:31: saved has no names to list (write a number, such as 0 or "<= 3")',
	],
	[['expect: { segmented: { broken: { prod: 0 } } }'], '5:24: broken is not counted by environment (write one bound)'],
	[['expect: { segmented: { lost: { prd: 0 } } }'], '5:32: there is no environment prd (did you mean prod?)'],
	[['expect: { segmented: { lost: [wbe.dev] } }'], '5:31: there is no workload wbe.dev (did you mean web.dev?)'],
	[['expect: { segmented: { orphaned: ["db.dev:htp"] } }'], '5:35: there is no service db.dev:htp'],
	[['expect: { segmented: { broken: ["web.dev -> db.dev:80"] } }'], '5:33: no dependency is "web.dev -> db.dev:80"'],
	[['flows: [{ deny: "web.dev -> db.prd:1" }]'], '5:17: there is no workload db.prd (did you mean db.prod?)'],
	[['flows: [{ candidate: flat }]'], '5:9: a flow lacks allow or deny (write allow: or deny: and the flow)'],
	[['flows: [{ deny: "web.dev -> db.prod:1", candidate: x }]'], '5:52: there is no candidate x'],
	[['accepted: [{ flow: "web.dev -> db.prod:1" }]'], '5:12: accepted[0] lacks the key because (add it)'],
	[['budgets: { against: main }'], '5:1: budgets need a git revision to compare with, which this version cannot read'],
	[['scenarios: [thief]'], '5:13: the catalogue has no scenario thief (a file is written thief.scenario.yaml)'],
	[
		['scenarios: [no/such.scenario.yaml]'],
		'5:13: there is no file no/such.scenario.yaml (there is no folder no either)',
	],
	[['today: { policy: segmented.policy.yaml, placement: hots }'], '5:52: placement is the text "hots"'],
	[['  flat: segmented.policy.yaml'], '5:3: flat means no policy, and is always run (give it another name)'],
	[
		['  x: { policy: segmented.policy.yaml, placement: { host: { tier: db } } }'],
		'5:50: a placement for each selector is not built yet',
	],
] as const)
	test(`wrong: ${lines[0].trim()}`, async t => {
		const told = await problems(t, withLines(...lines));
		t.is(told.length, 1, told.join('\n'));
		t.true(told[0]!.startsWith(`rehearsal.yaml:${expected}`), told[0]);
	});

test('the problems of all files are told at once, sorted, each once', async t => {
	const told = await problems(t, {
		'rehearsal.yaml': `rehearsal: two
topology: two.topology.yaml
candidates:
  a: { policy: segmented.policy.yaml, placement: [host, fabric] }
  b: [segmented.policy.yaml]
scenarios: [s.scenario.yaml]
expect: { x: { broken: 0 }, b: { broken: 0 } }
`,
		'two.topology.yaml': topology,
		'segmented.policy.yaml': policy.replace('tier: db', 'tier: bd'),
		's.scenario.yaml': 'scenario: s\nstrategy: wurm\n',
	});
	t.deepEqual(
		told.map(line => line.split(':').slice(0, 3).join(':')),
		['rehearsal.yaml:5:6', 'rehearsal.yaml:7:11', 's.scenario.yaml:2:11', 'segmented.policy.yaml:5:11'],
		told.join('\n'),
	);
});

test('with a broken topology the other files are still checked for shape, and no name is called unknown', async t => {
	const told = await problems(t, {
		...withLines('flows: [{ deny: "a -> b:1" }]'),
		'two.topology.yaml': 'topology: [\n',
		'segmented.policy.yaml': `${policy}denied: never\n`,
	});
	const files = new Set(told.map(line => line.split(':')[0]));
	t.deepEqual([...files], ['segmented.policy.yaml', 'two.topology.yaml'], told.join('\n'));
});

test('a folder of manifests needs an importer, and becomes flat and what stands there', async t => {
	const manifests = {'a/pod.yaml': 'kind: Pod\n', 'np.yaml': 'kind: NetworkPolicy\n'};
	const path = await folder(t, manifests);
	t.is((await loadRehearsal(path, none)).kind, 'wrong');
	const stack = (await load(t, usual)).candidates[1]!.stack;
	const asked: string[] = [];
	const loaded = await loadRehearsal(path, {
		...none,
		importManifests: async folder => {
			asked.push(folder);
			return {kind: 'ok', value: {topology: {...smallShop, files: ['np.yaml']}, stack}, warnings: []};
		},
	});
	if (loaded.kind === 'wrong') return t.fail(loaded.problems.map(renderProblem).join('\n'));
	t.deepEqual(asked, [path]);
	t.deepEqual(
		loaded.value.candidates.map(({name, stack, files}) => `${name} ${stack.length} ${files}`),
		['flat 0 ', 'manifests 1 np.yaml'],
	);
	t.deepEqual(
		loaded.value.inputs.map(({path}) => path),
		['a/pod.yaml', 'np.yaml'],
	);
});

test('a rehearsal may name a folder of manifests, whose policies are then in force today', async t => {
	const stack = (await load(t, usual)).candidates[1]!.stack;
	const {candidates, topology} = await load(
		t,
		{
			'rehearsal.yaml': 'rehearsal: m\ntopology: manifests\ncandidates:\n  mine: p.policy.yaml\n',
			'manifests/np.yaml': 'kind: NetworkPolicy\n',
			'p.policy.yaml': 'policy: p\nrules:\n  - allow: it\n    to: { tier: db }\n',
		},
		{...none, importManifests: async () => ({kind: 'ok', value: {topology: smallShop, stack}, warnings: []})},
	);
	t.is(topology.name, 'shop');
	t.deepEqual(
		candidates.map(({name, today}) => `${name} ${today}`),
		['flat false', 'today true', 'mine false'],
	);
});

test('what is no rehearsal says what is missing', async t => {
	const cases: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
		[{'rehearsal.yml': rehearsal}, /there is no file rehearsal.yaml \(rehearsal.yml is there\)$/],
		[{'notes.txt': ''}, /has no rehearsal.yaml \(firebreak init writes one\)$/],
		[{'rehearsal.yaml': ''}, /^rehearsal.yaml:1:1: the file is empty/],
		[{'rehearsal.yaml': '\u0000'}, /^rehearsal.yaml:1:1: this is not text/],
		[{'rehearsal.yaml': '['.repeat(5_000_000)}, /^rehearsal.yaml:1:1: the file has 5.0 MB/],
		[{'rehearsal.yaml': '['.repeat(20_000_000)}, /^rehearsal.yaml:1:1: rehearsal.yaml has 20 MB/],
	];
	for (const [files, expected] of cases) {
		const told = await problems(t, files);
		t.is(told.length, 1);
		t.regex(told[0]!, expected);
	}
});
