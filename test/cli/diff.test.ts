import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {differenceOf} from '../../cli/diff/difference.ts';
import {renderText} from '../../cli/diff/text.ts';
import type {ExitCode} from '../../cli/exit-code.ts';
import {loadOptions} from '../../cli/load-options.ts';
import {runWords} from '../../cli/main.ts';
import {noPaint} from '../../cli/report/paint.ts';
import {loadSubject} from '../../rehearsals/subject.ts';
import {corporaMissing, readCases} from '../kubernetes/corpus.ts';
import {usual} from '../rehearsals/rehearsal-files.ts';
import {capturedIo} from './captured-io.ts';

/** A folder with these files, which goes with the test. */
function folder(t: ExecutionContext, files: Readonly<Record<string, string>>): string {
	const path = mkdtempSync(join(tmpdir(), 'firebreak-diff-'));
	t.teardown(() => rmSync(path, {recursive: true, force: true}));
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(dirname(join(path, name)), {recursive: true});
		writeFileSync(join(path, name), text);
	}
	return path;
}

async function run(...words: string[]) {
	const io = capturedIo();
	return {code: await runWords(['diff', ...words], io), out: io.stdout, err: io.stderr};
}

/** What a terminal would take for an order, and what would turn the direction of a line. */
const orders = ['\u001b', '\u202e'];

/** The usual rehearsal, in which development reads production's database too. */
const opened = {
	...usual,
	'segmented.policy.yaml': usual['segmented.policy.yaml'].replace('    same: [env]\n', ''),
};

test('two candidates: what opens is told with the rules of both sides, first of all to a crown jewel', async t => {
	const {code, out} = await run('segmented', 'zones', '--in', 'shop');
	t.is(code, 0);
	t.regex(out, /^ {2}shop: segmented ▸ zones\n/);
	const [, first] = out.split('OPENED for ');
	t.regex(first!, /^228 pairs of workloads/);
	t.regex(
		first!,
		/now allowed by "a zone talks within itself" +zones\.policy\.yaml:7\n {2}was denied by default of segmented +segmented\.policy\.yaml:3\n {4}◆ /,
	);
});

test('what a change breaks stands first, with the rule that denies it', async t => {
	const {out} = await run('segmented', 'too-tight', '--in', 'shop');
	t.regex(out, /breaks 2 of 63 dependencies/);
	t.regex(
		out,
		/BROKEN\n {4}web\.test -> cache\.test:6379\/tcp {3}denied by default of too-tight +too-tight\.policy\.yaml:3\n/,
	);
	const back = await run('too-tight', 'segmented', '--in', 'shop');
	t.regex(back.out, /MENDED\n {4}web\.test -> cache\.test:6379\/tcp {3}was denied by default of too-tight/);
});

test('nothing changes: it says so, also where the text changed', async t => {
	const same = await run('segmented', 'segmented', '--in', 'shop', '--fail-on', 'any');
	t.deepEqual([same.code, same.out], [0, '  shop: segmented ▸ segmented\n  no flow changes\n']);
	const renamed = {...usual, 'segmented.policy.yaml': usual['segmented.policy.yaml'].replace('web reads', 'web uses')};
	const {out} = await run(folder(t, usual), folder(t, renamed));
	t.regex(out, /\n {2}no flow changes: rules: 1 added, 1 gone\n$/);
	const connlist = await run('segmented', 'segmented', '--in', 'shop', '--format', 'connlist-diff');
	t.is(connlist.out, '');
});

const failing: readonly (readonly [words: readonly string[], direction: 'opens' | 'closes', code: ExitCode])[] = [
	[[], 'opens', 0],
	[['--fail-on', 'opened'], 'opens', 1],
	[['--fail-on', 'closed'], 'opens', 0],
	[['--fail-on', 'any'], 'opens', 1],
	[['--fail-on', 'opened'], 'closes', 0],
	[['--fail-on', 'closed'], 'closes', 1],
];
for (const [words, direction, code] of failing)
	test(`a change that ${direction} flows ends with ${code} ${words.join(' ') || 'without --fail-on'}`, async t => {
		const [less, more] = [folder(t, usual), folder(t, opened)];
		const result = await run(...(direction === 'opens' ? [less, more] : [more, less]), ...words);
		t.is(result.code, code, result.err);
	});

test('a folder is compared with a revision of itself, and the copy is gone', async t => {
	const root = folder(t, Object.fromEntries(Object.entries(usual).map(([name, text]) => [`net/${name}`, text])));
	const git = (...words: string[]) =>
		execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words], {
			cwd: root,
			encoding: 'utf8',
		});
	git('init', '-q', '-b', 'main');
	git('add', '-A');
	git('commit', '-qm', 'first');
	writeFileSync(join(root, 'net/segmented.policy.yaml'), opened['segmented.policy.yaml']);
	const now = await run('--git', 'main', join(root, 'net'), '--fail-on', 'opened');
	t.is(now.code, 1, now.err);
	t.regex(now.out, /^ {2}two, segmented: main ▸ now\n {2}opens {2}2 pairs of workloads\n/);
	git('commit', '-qam', 'second');
	for (const range of ['HEAD~1..main', 'HEAD~1...', 'HEAD~1'])
		t.regex((await run('--git', range, join(root, 'net'))).out, /opens {2}2 pairs of workloads/, range);
	writeFileSync(join(root, 'net/segmented.policy.yaml'), 'policy: segmented\nruels: []\n');
	git('commit', '-qam', 'third');
	const wrong = await run('--git', 'main..HEAD~1', join(root, 'net'));
	t.is(wrong.code, 2);
	t.regex(wrong.err, /^main:segmented\.policy\.yaml:2:1: .*rules/m);
});

const wrong: readonly (readonly [what: string, words: readonly string[], says: RegExp])[] = [
	['no words', [], /what is to be compared/],
	['a folder and a word that is none', ['shop', 'nix'], /nix is no folder, and shop is one\n {2}mend: .*--in DIR/],
	['a misspelt candidate', ['zones', 'segmnted', '--in', 'shop'], /segmnted \(did you mean segmented\?\)/],
	['no today', ['segmented', '--in', 'shop'], /does not say what is in force today/],
	['two folders with --git', ['a', 'b', '--git', 'main'], /one folder is compared with itself/],
	['a revision that looks like an option', ['--git=--output=x', '.'], /is no revision/],
	['standard input with --git', ['--git', 'main', '-'], /standard input has no revisions/],
	['a candidate twice', ['zones', '--in', 'shop', '--candidate', 'segmented'], /both name a candidate/],
];
for (const [what, words, says] of wrong)
	test(`${what} ends with 2 and says how to mend it`, async t => {
		const {code, out, err} = await run(...words);
		t.deepEqual([code, out], [2, ''], err);
		t.regex(err, says);
	});

test('new workloads and services are named, and their flows are told apart from what the policy opens', async t => {
	const more = {
		...usual,
		'two.topology.yaml':
			`${usual['two.topology.yaml']}  cache:\n    in: [prod]\n    labels: { tier: db }\n    services: { postgres: { port: 5432 } }\n`.replace(
				'http: { port: 80, speaks: http }',
				'http: { port: 80, speaks: http }, admin: { port: 8443 }',
			),
	};
	const {out, err} = await run(folder(t, usual), folder(t, more));
	t.regex(out, /opens {2}nothing; opened with workloads on one side alone: 1 pair of workloads\n/, err);
	t.regex(
		out,
		/NEW OR GONE workloads: opened for 1 pair of workloads\n\n {2}allowed by "web reads its database" .*\n {6}web\.prod ▸ cache\.prod {2}5432\/tcp\n/,
	);
	t.regex(out, /new workloads: cache\.prod\n {2}new services: web\.dev:8443\/tcp, web\.prod:8443\/tcp\n$/);
});

test('JSON has every change with its rules, kinds and ports, and no character that moves a cursor', async t => {
	const hostile = {
		...opened,
		'segmented.policy.yaml': opened['segmented.policy.yaml']
			.replace('web reads', '"\\e[2J\\u202e web reads')
			.replace('database', 'database"'),
	};
	const {out, err} = await run(folder(t, usual), folder(t, hostile), '--format', 'json');
	t.false(
		orders.some(order => out.includes(order)),
		err,
	);
	const {schema, changes, summary} = JSON.parse(out);
	t.is(schema, 'firebreak/diff/v1');
	t.deepEqual(summary.opened.policy, {workloads: 2, beyond: 0});
	t.deepEqual(
		changes[0].flows.map((flow: {ports: string[]; crossesEnvironments: boolean}) => [
			flow.ports,
			flow.crossesEnvironments,
		]),
		[
			[['5432/tcp'], true],
			[['5432/tcp'], true],
		],
	);
	t.is(changes[0].ends[0].was.tier, 'default');
	const text = await run(folder(t, usual), folder(t, hostile));
	t.false(orders.some(order => text.out.includes(order)));
});

test('a comment takes a rule’s name for words, not for markup', async t => {
	const named = {
		...opened,
		'segmented.policy.yaml': opened['segmented.policy.yaml'].replace(
			'web reads its database',
			'"a | b `c` <img src=x> @team *bold* [l](u)"',
		),
	};
	const {out, err} = await run(folder(t, usual), folder(t, named), '--format', 'markdown');
	t.regex(out, /a \\\| b \\`c\\` &lt;img src=x&gt; &#64;team \\\*bold\\\* \\\[l\\\]\(u\)/, err);
	t.regex(
		out,
		/^### Firebreak: two, segmented: .*\n\n\*\*Opens 2 pairs of workloads\*\*, closes nothing, and breaks none of 2 dependencies\./,
	);
});

test('no line is wider than the terminal, of 60 columns and of 100', async t => {
	const [before, after] = await Promise.all(
		['zones', 'segmented'].map(async candidate => {
			const loaded = await loadSubject('shop', candidate, loadOptions());
			if (loaded.kind === 'wrong') throw new Error(loaded.problems[0]!.what);
			return {...loaded.value, label: candidate};
		}),
	);
	for (const width of [60, 100]) {
		const lines = renderText(differenceOf({before: before!, after: after!}), {width, paint: noPaint}).split('\n');
		t.deepEqual(
			lines.filter(line => [...line].length > width),
			[],
		);
	}
});

const corpora = join(import.meta.dirname, '../../../shared/corpora');
const cases = readCases().filter(
	({expected_format, features}) => expected_format === 'connlist-diff' && features.includes('pure-policy'),
);
const withCorpora = corporaMissing === undefined ? test : test.skip;
withCorpora(
	`connlist-diff says of other people's cases what they expect${corporaMissing === undefined ? '' : ` (skipped: ${corporaMissing})`}`,
	async t => {
		t.true(cases.length > 8);
		for (const {case: name, expected} of cases) {
			const at = join(corpora, dirname(expected));
			t.true(existsSync(join(at, 'input/dir1')));
			const {out, code, err} = await run(join(at, 'input/dir1'), join(at, 'input/dir2'), '--format', 'connlist-diff');
			t.is(code, 0, err);
			t.is(out, readFileSync(join(corpora, expected), 'utf8').replaceAll('[External]', ''), name);
		}
	},
);
