import {spawn} from 'node:child_process';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import test from 'ava';
import {readText} from '../../cli/standard-input.ts';
import {renderProblem} from '../../core/model/problem.ts';

async function* chunks(...parts: readonly (Buffer | string)[]): AsyncGenerator<Buffer | string> {
	yield* parts;
}

test('what comes in pieces is one text, also where a letter is cut in two', async t => {
	const bytes = Buffer.from('grün');
	const read = await readText(chunks(bytes.subarray(0, 3), bytes.subarray(3), '!'));
	t.is(read.kind === 'ok' ? read.value : '', 'grün!');
});

test('a terminal is not waited for', async t => {
	const read = await readText(Object.assign(chunks(), {isTTY: true}));
	t.regex(read.kind === 'wrong' ? renderProblem(read.problems[0]!) : '', /^stdin:1:1: nothing is piped into it \(pipe/);
});

test('what does not end is given up', async t => {
	const endless = (async function* (): AsyncGenerator<Buffer> {
		for (;;) yield Buffer.alloc(1_000_000);
	})();
	const read = await readText(endless);
	t.regex(read.kind === 'wrong' ? read.problems[0]!.what : '', /more than 64 MB/);
});

const main = join(import.meta.dirname, '../../cli/main.ts');

async function firebreak(words: readonly string[], input: string): Promise<{code: number; out: string; err: string}> {
	const child = spawn(process.execPath, [main, ...words], {stdio: 'pipe'});
	const ended = new Promise<number>(done => child.on('close', code => done(code ?? -1)));
	child.stdin.end(input);
	const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
	return {code: await ended, out, err};
}

const pod =
	'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: c, ports: [{containerPort: 80}]}]}\n';

test('check - reads manifests from standard input', async t => {
	const {code, out} = await firebreak(['check', '-'], pod);
	t.is(code, 0);
	t.regex(out, /^stdin: 1 workload/);
});

test('check - names the object of a problem, and ends with 2', async t => {
	const {code, out, err} = await firebreak(['check', '-'], pod.replace('80', '0'));
	t.is(code, 2);
	t.is(out, '');
	t.regex(
		err,
		/^stdin:4:\d+: Pod default\/a \(from line 1\), spec\.containers\[0\]\.ports\[0\]\.containerPort: this is no port/,
	);
});
