import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {writeStarter} from '../../cli/commands/init.ts';
import {runWords} from '../../cli/main.ts';
import {findingKinds} from '../../core/lint/kinds.ts';
import {capturedIo} from './captured-io.ts';

const broken: readonly {readonly what: string; readonly file: string; readonly text: string; readonly says: RegExp}[] =
	[
		{
			what: 'a misspelt key',
			file: 'segmented.policy.yaml',
			text: 'policy: segmented\ndefualt: deny\n',
			says: /^segmented\.policy\.yaml:2:1: .*default/m,
		},
		{
			what: 'a file that is not there',
			file: 'rehearsal.yaml',
			text: 'rehearsal: x\ntopology: two-teir.topology.yaml\ncandidates: {}\n',
			says: /^rehearsal\.yaml:2:11: .*two-tier\.topology\.yaml/m,
		},
		{
			what: 'a binary file',
			file: 'two-tier.topology.yaml',
			text: '\u0000\u0001',
			says: /^two-tier\.topology\.yaml:1:1: /m,
		},
	];
for (const {what, file, text, says} of broken) {
	test(`check names the place of ${what}, ends with 2 and prints no result`, async t => {
		const folder = mkdtempSync(join(tmpdir(), 'firebreak-check-'));
		try {
			writeStarter(folder);
			writeFileSync(join(folder, file), text);
			const io = capturedIo();
			t.is(await runWords(['check', folder], io), 2);
			t.is(io.stdout, '');
			t.regex(io.stderr, says);
			t.regex(io.stderr, /\n\n\d+ problems?, nothing was booted\n$/);
		} finally {
			rmSync(folder, {recursive: true});
		}
	});
}

const lab = `topology: lab
environments: [prod, dev]
workloads:
  web: { in: [prod, dev], labels: { tier: web }, needs: [db:postgres] }
  db: { in: [prod, dev], labels: { tier: db }, services: { postgres: { port: 5432 } } }
`;
const rehearsal = 'rehearsal: lab\ntopology: lab.topology.yaml\ncandidates:\n  own: own.policy.yaml\n';
const header = '# ours\npolicy: own\nrules:\n';
const calls = '  - allow: web calls db # needed\n    from: { tier: web }\n    to: { tier: db }\n    same: [env]\n';
const again =
	'  # in production\n  - allow: web calls db again\n    from: { tier: web, env: prod }\n    to: { tier: db }\n    same: [env]\n    on: [5432/tcp]\n';

/** A folder with this policy, and what `check` says of it. */
async function checked(policy: string, words: readonly string[] = [], more: Readonly<Record<string, string>> = {}) {
	const folder = mkdtempSync(join(tmpdir(), 'firebreak-check-'));
	try {
		const files = {'lab.topology.yaml': lab, 'rehearsal.yaml': rehearsal, 'own.policy.yaml': policy, ...more};
		for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
		const io = capturedIo();
		const code = await runWords(['check', folder, ...words], io);
		const after = readFileSync(join(folder, 'own.policy.yaml'), 'utf8');
		const second = capturedIo();
		await runWords(['check', folder, ...words], second);
		return {code, after, stdout: io.stdout, stderr: io.stderr, second: second.stdout};
	} finally {
		rmSync(folder, {recursive: true});
	}
}

test('a folder without findings ends with the line that it always ended with', async t => {
	const {code, stdout} = await checked(header + calls);
	t.is(code, 0);
	t.regex(stdout, /^lab: 4 workloads · 2 dependencies · .*\nno problem in 4 files\n$/);
});

test('a finding is a line with its place, its weight, a flow, a mend and its id, and the counts come last', async t => {
	const {code, stdout} = await checked(header + calls + again);
	t.is(code, 0);
	const [line, blank, ...end] = stdout.trimEnd().split('\n');
	t.regex(
		line!,
		/^own\.policy\.yaml:9:5: note: "web calls db again" .*; web\.prod -> db\.prod:5432\/tcp is allowed \(.*\) \[redundant-rule\]$/,
	);
	t.is(blank, '');
	t.regex(
		end.join('\n'),
		/^lab: .*\nno problem in 4 files, 1 finding: 1 note\n +1 redundant-rule {2}a rule without which/,
	);
});

for (const {failOn, policy, code} of [
	{failOn: 'never', policy: header.replace('rules:\n', 'rules: []\n'), code: 0},
	{failOn: 'warning', policy: header.replace('rules:\n', 'rules: []\n'), code: 1},
	{failOn: 'warning', policy: header + calls + again, code: 0},
	{failOn: 'note', policy: header + calls + again, code: 1},
	{failOn: 'note', policy: header + calls, code: 0},
] as const)
	test(`--fail-on ${failOn} ends with ${code} for ${policy.includes('again') ? 'a note' : policy.includes('[]') ? 'warnings' : 'nothing'}`, async t => {
		t.is((await checked(policy, ['--fail-on', failOn])).code, code);
	});

test('--fix takes out what changes no verdict, leaves every other line and comment, and has nothing to do the second time', async t => {
	const {code, after, stdout, second} = await checked(header + calls + again, ['--fix', '--fail-on', 'note']);
	t.is(after, `${header}${calls}  # in production\n`);
	t.is(code, 0);
	t.regex(stdout, /^own\.policy\.yaml:9:5: taken out: "web calls db again" .*\n\nlab: /);
	t.regex(second, /^lab: .*\nno problem in 4 files\n$/);
});

test('--fix leaves a rule that is idle only for the workloads there are now, and a deny that is a second line', async t => {
	const policy = `${header.replace('rules', 'guardrails')}  - deny: a\n    differ: [env]\n  - deny: b\n    from: { env: dev }\n    differ: [env]\nrules:\n${calls}  - allow: by name\n    from: { workload: web.prod }\n    to: { tier: db }\n    same: [env]\n`;
	const {after, stdout} = await checked(policy, ['--fix']);
	t.is(after, policy);
	t.deepEqual(
		[...stdout.matchAll(/\[([a-z-]+)\]$/gm)].map(([, id]) => id),
		['shadowed-rule', 'redundant-rule'],
	);
});

test('--fix puts a file back that could not be read without the rule', async t => {
	const anchored = again.replace('from: {', 'from: &web {');
	const policy = `${header}${anchored}${calls}  - allow: names\n    from: *web\n    to: { tier: web }\n`;
	const {after, stdout} = await checked(policy, ['--fix']);
	t.is(after, policy);
	t.regex(stdout, /^left as it is: own\.policy\.yaml: /);
});

test('a file of two candidates is fixed only where the rule is idle under both', async t => {
	const more = {
		'rehearsal.yaml': `${rehearsal}  both: { policy: [own.policy.yaml, wide.policy.yaml] }\n`,
		'wide.policy.yaml': 'policy: wide\nrules:\n  - allow: wide\n    from: { tier: web }\n    to: { tier: db }\n',
	};
	const {after, stdout} = await checked(header + calls, ['--fix'], more);
	t.is(after, header + calls);
	t.false(stdout.includes('left as it is'));
	t.regex(stdout, /"web calls db" allows nothing that .*; under both \(/);
});

test('--format json is one object with the findings, their rules and witnesses', async t => {
	const {stdout} = await checked(header + calls + again, ['--format', 'json']);
	const report = JSON.parse(stdout);
	t.is(report.schema, 'firebreak/check/v1');
	t.deepEqual(report.counts, {'redundant-rule': 1});
	t.deepEqual([report.warnings, report.notes, report.passed, report.fixed], [0, 1, true, []]);
	const [{id, file, line, column, witness, rule, removable}] = report.findings;
	t.deepEqual([id, file, line, column, removable], ['redundant-rule', 'own.policy.yaml', 9, 5, 'surely']);
	t.deepEqual([rule.id, rule.name], ['p0.r2', 'web calls db again']);
	t.deepEqual([witness.flow, witness.verdict, witness.rule.id], ['web.prod -> db.prod:5432/tcp', 'allow', 'p0.r1']);
});

test('of more than five findings of a kind in a file five are told, and --all tells the rest', async t => {
	const many = header + calls + Array.from({length: 8}, (_, at) => again.replace('again', `again ${at}`)).join('');
	const few = (await checked(many)).stdout;
	t.is([...few.matchAll(/\[redundant-rule\]$/gm)].length, 5);
	t.regex(few, /^own\.policy\.yaml: … and 3 more redundant-rule \(--all\)$/m);
	const all = (await checked(many, ['--all'])).stdout;
	t.is([...all.matchAll(/\[redundant-rule\]$/gm)].length, 8);
	t.false(all.includes('more redundant-rule'));
});

test('a ready rehearsal is not edited', async t => {
	const io = capturedIo();
	t.is(await runWords(['check', 'shop', '--fix'], io), 2);
	t.regex(io.stderr, /ready rehearsal/);
});

test('policies with equal priorities are a problem, and end with 2', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'firebreak-check-'));
	const anp = (name: string): string =>
		`apiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata: {name: ${name}}\nspec: {priority: 5, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]}\n`;
	try {
		writeFileSync(
			join(folder, 'all.yaml'),
			`${anp('a')}---\n${anp('b')}---\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c}]}\n`,
		);
		const io = capturedIo();
		t.is(await runWords(['check', folder], io), 2);
		t.regex(io.stderr, /^all\.yaml:\d+:\d+: AdminNetworkPolicy b, spec\.priority: 5 is also the priority/m);
	} finally {
		rmSync(folder, {recursive: true});
	}
});

test('names of the user move no cursor', async t => {
	const {stdout} = await checked(header + calls + again.replace('web calls db again', '"x\\e[2J\\ny"'));
	t.false(stdout.includes('\u001b'));
	t.regex(stdout, /"x\\u\{1b\}\[2J y"/);
});

test('--ids says of every id what it means', async t => {
	const io = capturedIo();
	t.is(await runWords(['check', '--ids'], io), 0);
	for (const {id, looksFor} of findingKinds)
		t.true(io.stdout.includes(`${id}  `) && io.stdout.includes(looksFor.slice(0, 30)), id);
});

test('the first example has nothing to find', async t => {
	const io = capturedIo();
	t.is(await runWords(['check', 'two-tier', '--fail-on', 'note'], io), 0);
	t.regex(io.stdout, /no problem in 4 files\n$/);
});
