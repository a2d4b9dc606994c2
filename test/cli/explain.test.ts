import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {renderExplanation} from '../../cli/explain/text.ts';
import {runWords} from '../../cli/main.ts';
import {widthOf} from '../../cli/report/lines.ts';
import {ansiPaint, noPaint} from '../../cli/report/paint.ts';
import {answer} from '../../core/explain/answer.ts';
import {parseQuestion} from '../../core/explain/question.ts';
import type {Candidate} from '../../core/model/rehearsal.ts';
import {place} from '../builders/place.ts';
import {allow, deny, policies} from '../builders/policy.ts';
import {topology} from '../builders/topology.ts';
import {capturedIo} from './captured-io.ts';

const run = async (...words: readonly string[]) => {
	const io = capturedIo();
	return {code: await runWords(['explain', ...words], io), out: io.stdout, err: io.stderr};
};

test('the verdict, the rule and its place stand in the first lines; the chain names what differs', async t => {
	const {code, out, err} = await run('wiki.dev', 'db.prod', '5432', '--in', 'shop', '--candidate', 'segmented');
	t.is(code, 0);
	t.is(err, '');
	t.regex(out.split('\n')[0]!, /^ {2}wiki\.dev ▸ db\.prod:5432\/tcp {3}DENIED by guardrail "environments do not mix"/);
	t.regex(
		out,
		/✗ deny {2}guardrail "environments do not mix" {2}◂ decided here +segmented\.policy\.yaml:5\n {8}env dev ≠ prod;/,
	);
	t.regex(out, /wiki\.dev has no label tier, wanted api or worker/);
	t.regex(out, /smallest change that allows it: none without touching guardrail "environments do not mix"/);
	t.regex(out, /entering db\.prod {3}not reached; would be denied by guardrail/);
});

test('an allowed flow names the rule that has to go and the dependencies that go with it, and still ends with 0', async t => {
	const {code, out} = await run('web.prod -> api.prod:http', '--in', 'shop', '--candidate', 'segmented');
	t.is(code, 0);
	t.regex(
		out.split('\n')[0]!,
		/web\.prod ▸ api\.prod:8080\/tcp {3}ALLOWED by rule "web calls api" +segmented\.policy\.yaml:12$/,
	);
	t.regex(out, /web\.prod needs it: a dependency/);
	t.regex(
		out,
		/remove rule "web calls api" +segmented\.policy\.yaml:12\n.*\n {8}also breaks web\.dev ▸ api\.dev:8080\/tcp/,
	);
});

test('without a candidate each of them says its verdict on a line, and the first line says whether they agree', async t => {
	const {code, out} = await run('worker.prod', 'queue.prod', 'amqp', '--in', 'shop');
	t.is(code, 0);
	const lines = out.split('\n');
	t.regex(lines[0]!, /worker\.prod ▸ queue\.prod:5672\/tcp {3}ALLOWED in zones and segmented, DENIED in too-tight$/);
	t.regex(out, /^ {4}zones {7}ALLOWED by rule "a zone talks within itself" +zones\.policy\.yaml:7$/m);
	t.regex(out, /^ {4}too-tight {3}DENIED by the default of policy too-tight +too-tight\.policy\.yaml:3$/m);
	t.regex(out, /--candidate zones\n$/);
});

test('json has each candidate, every step of both ends, and the changes with their text', async t => {
	const {code, out} = await run('wiki.dev', 'db.prod', '5432', '--in', 'shop', '--format', 'json');
	t.is(code, 0);
	const value = JSON.parse(out);
	t.is(value.schema, 'firebreak/explain/v1');
	t.deepEqual(
		value.candidates.map(({candidate}: {candidate: string}) => candidate),
		['zones', 'segmented', 'too-tight'],
	);
	const [found] = value.candidates[1].answers;
	t.is(found.verdict, 'deny');
	t.is(found.rule.where, 'segmented.policy.yaml:5');
	t.is(found.leaving.steps.length, 14);
	t.deepEqual(
		found.changes[0].edits.map(({kind}: {kind: string}) => kind),
		['add-exception', 'add-rule'],
	);
	t.regex(found.changes[0].edits[0].yaml, /^unless:\n/);
});

test('Kubernetes policies are named by kind, namespace and field', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'firebreak-explain-'));
	try {
		const pod = (name: string) =>
			`apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, labels: {app: ${name}}}\nspec: {containers: [{name: c, ports: [{containerPort: 80}]}]}\n`;
		const policy =
			'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web-allow}\nspec:\n  podSelector: {matchLabels: {app: web}}\n  ingress:\n  - from: [{podSelector: {matchLabels: {app: front}}}]\n';
		writeFileSync(join(folder, 'all.yaml'), [pod('web'), pod('front'), pod('other'), policy].join('---\n'));
		const allowed = await run('front', 'web', '80', '--in', folder);
		t.regex(allowed.out, /ALLOWED by NetworkPolicy default\/web-allow ingress\[0\] +all\.yaml:\d+\n/);
		const denied = await run('other', 'web', '80', '--in', folder);
		t.regex(denied.out, /DENIED by the isolation of NetworkPolicy default\/web-allow/);
		t.regex(
			denied.out,
			/· NetworkPolicy default\/web-allow ingress\[0\] +all\.yaml:\d+\n {8}other has app other, wanted front\n/,
		);
		t.regex(denied.out, /\n {8}kind: NetworkPolicy\n/);
	} finally {
		rmSync(folder, {recursive: true});
	}
});

const wrong: readonly (readonly [words: readonly string[], problem: RegExp])[] = [
	[
		['wikki.dev', 'db.prod', '5432'],
		/^SRC:1:1: there is no workload wikki\.dev \(did you mean wiki\.dev\?\)\n\n1 problem, nothing was explained\n$/,
	],
	[
		['wiki.dev', 'db.prod', '5432', '--candidate', 'segmentd'],
		/there is no candidate segmentd \(did you mean segmented\?\)/,
	],
	[['wiki.dev', 'wiki.dev', '80'], /a workload always reaches itself/],
];
for (const [words, problem] of wrong) {
	test(`wrong input ends with 2 and prints no result: ${words.join(' ')}`, async t => {
		const {code, out, err} = await run(...words, '--in', 'shop');
		t.is(code, 2);
		t.is(out, '');
		t.regex(err, problem);
	});
}

const long = 'a-workload-with-quite-a-long-name-that-somebody-thought-was-clear';
const hostile = topology({
	[`${long}.prod`]: {labels: {tier: '\u001b[31mred\nx'}},
	[`${long}-too.prod`]: {labels: {tier: 'db'}, services: ['postgres:5432']},
});
const stack = policies({
	guardrails: [deny('\u001b]0;title\u0007 is\nnot "syntax"', {from: {tier: '\u001b[31mred\nx'}})],
	rules: [allow(`${long} ${long} ${long}`, {to: {tier: 'db'}, on: ['5432/tcp', '1-99/tcp', '2000-3000/tcp']})],
});
const candidate: Candidate = {name: 'c', stack, placement: 'host', today: false, files: [], where: place('r.yaml', 1)};

const textAt = (width: number, paint = noPaint): string => {
	const question = parseQuestion([`${long}.prod`, `${long}-too.prod`, '5432'], hostile);
	if (question.kind === 'wrong') throw new Error('no question');
	const answered = answer({topology: hostile, stack}, question.value, 'host');
	if (answered.kind === 'wrong') throw new Error('no answer');
	return renderExplanation(hostile, [{candidate, answer: answered.value}], {all: true, page: {width, paint}});
};

for (const width of [60, 80, 120]) {
	test(`at ${width} columns no line is longer but for a word that is, and the verdict is in the first`, t => {
		const text = textAt(width);
		t.regex(text.split('\n')[0]!, /DENIED/);
		for (const line of text.split('\n'))
			t.true(
				widthOf(line) <= width ||
					line
						.trim()
						.split(' ')
						.some(word => widthOf(word) > width - 12) ||
					/^ {8}/.test(line),
				line,
			);
	});
}

test('names of a user move no cursor, and colour is added to the same words', t => {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is its purpose
	t.notRegex(textAt(100), /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is its purpose
	t.is(textAt(100, ansiPaint).replaceAll(/\u001b\[\d+m/g, ''), textAt(100));
	t.not(textAt(100, ansiPaint), textAt(100));
});

test('the command is in the overview, and its help has examples', async t => {
	const {code, out} = await run('--help');
	t.is(code, 0);
	t.regex(out, /firebreak explain wiki\.dev db\.prod 5432 --in shop/);
	t.regex(readFileSync(join(import.meta.dirname, '../../cli/commands.ts'), 'utf8'), /name: 'explain'/);
});

test('one word without an arrow is asked for the other end, wherever one stands', async t => {
	const io = capturedIo();
	t.is(await runWords(['explain', 'wiki.dev'], io), 2);
	t.regex(io.stderr, /from wiki\.dev to whom\?\n {2}mend: firebreak explain SRC DST PORT/);
});
