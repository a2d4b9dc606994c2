import test from 'ava';
import {policy, problems, rehearsal, topology, usual, withLines} from './rehearsal-files.ts';

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

test('a misspelt label is told beside a problem of the topology, and nothing that follows from that', async t => {
	const told = await problems(t, {
		...usual,
		'two.topology.yaml': topology.replace('5432', '543200'),
		'segmented.policy.yaml': policy.replace('tier: web', 'tier: wbe'),
	});
	t.deepEqual(told, [
		'segmented.policy.yaml:4:13: no workload has the label tier=wbe (did you mean web?)',
		'two.topology.yaml:12:35: "543200" is not a port (ports go from 1 to 65535)',
	]);
});

test('what is no rehearsal says what is missing', async t => {
	const cases: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
		[{'rehearsal.yml': rehearsal}, /there is no file rehearsal.yaml \(rehearsal.yml is there\)$/],
		[{'notes.txt': ''}, /has no rehearsal.yaml \(firebreak init writes one\)$/],
		[
			{'package.json': '{}', 'deploy.yaml': ''},
			/no folder of manifests alone \(.*name the folder in which they lie\)$/,
		],
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
