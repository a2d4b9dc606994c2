import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import test from 'ava';
import {runWords} from '../../cli/main.ts';
import {streamOut} from '../../cli/matrix/stream-out.ts';
import {capturedIo} from './captured-io.ts';

const manifests = join(import.meta.dirname, '../kubernetes/fixtures/shop');

const run = async (...words: readonly string[]) => {
	const io = capturedIo();
	return {code: await runWords(['matrix', ...words], io), out: io.stdout, err: io.stderr};
};

test('the folder may stand after the command or after --in, and two folders are one too many', async t => {
	const [after, named] = [
		await run('shop', '--candidate', 'segmented'),
		await run('--in', 'shop', '--candidate', 'segmented'),
	];
	t.is(after.code, 0);
	t.is(after.out, named.out);
	t.regex(after.out, /crown jewels +◆ db\.prod ◂ api\.prod, worker\.prod \(5432\/tcp\), monitor\.ops \(9100\/tcp\)\n/);
	const two = await run('shop', '--in', 'hospital');
	t.is(two.code, 2);
	t.is(two.err, 'firebreak matrix: shop and --in hospital are two folders\n  mend: name one of them\n');
});

test('several candidates and no name is a problem that names them', async t => {
	const {code, out, err} = await run('shop');
	t.is(code, 2);
	t.is(out, '');
	t.regex(err, /there are several candidates: zones, segmented, too-tight \(say which, such as --candidate zones\)/);
});

test('wrong probes and a wrong folder are told at once, and nothing is printed', async t => {
	const {code, out, err} = await run('nowhere', '--probes', 'TCP 80,x UPD 1');
	t.is(code, 2);
	t.is(out, '');
	t.regex(err, /--probes:1:8: x is neither/);
	t.regex(err, /--probes:1:10: UPD is neither .* \(did you mean UDP\?\)/);
	t.regex(err, /there is no file, folder or ready rehearsal nowhere/);
});

test('a connlist of manifests names owners as other tools do, and leaves out what only the import assumed', async t => {
	const {code, out, err} = await run(manifests, '--format', 'connlist');
	t.is(code, 0);
	t.regex(err, /kube-dns\S*: assumed by the import, and left out of a connlist\n/);
	t.notRegex(out, /kube-dns/);
	const owners = new Set(out.split('\n').flatMap(line => /^(\S+\]) =>/.exec(line)?.[1] ?? []));
	t.true(owners.size > 2);
	for (const owner of owners)
		t.regex(owner, /^[\w-]+\/[\w-]+\[(Deployment|StatefulSet|DaemonSet|ReplicaSet|Pod|Job|CronJob)\]$/);
	t.regex((await run(manifests)).out, /kube-dns/);
});

test('with --probes a connlist has every ordered pair, and the probed ports alone', async t => {
	const {out} = await run('shop', '--candidate', 'segmented', '--format', 'connlist', '--probes', 'TCP 22,5432');
	const lines = out.trimEnd().split('\n');
	t.is(lines.length, 23 * 22 - 2);
	t.true(lines.includes('api.prod => db.prod : TCP 5432'));
	t.true(lines.includes('web.prod => db.prod : No Connections'));
	t.deepEqual([...new Set(lines.map(line => line.split(' : ')[1]))].sort(), ['No Connections', 'TCP 22', 'TCP 5432']);
});

test('pieces are made as they are printed, each chunk after the one before was taken, and none after Ctrl-C', async t => {
	const interruption = new AbortController();
	let [made, printed, taken] = [0, 0, 0];
	function* pieces(): Generator<string> {
		for (; made < 10_000; made++) yield 'x'.repeat(1000);
	}
	await streamOut(pieces(), {
		out(text) {
			t.is(printed++, taken);
			t.true(text.length < 100_000);
		},
		err: () => undefined,
		async drained() {
			if (++taken === 5) interruption.abort();
		},
		interrupted: interruption.signal,
	});
	t.is(taken, 5);
	t.true(made < 500, `${made}`);
});

test('a reader that goes away ends the command quietly', async t => {
	const launcher = join(import.meta.dirname, '../../bin/firebreak.js');
	const words = [launcher, 'matrix', 'shop', '--candidate', 'flat', '--format', 'json'];
	const child = spawn(process.execPath, ['--no-warnings', ...words], {stdio: ['ignore', 'pipe', 'pipe']});
	child.stdout.once('data', () => child.stdout.destroy());
	let said = '';
	child.stderr.on('data', text => (said += text));
	const [code] = await once(child, 'close');
	t.true(code === 141 || code === 0, `${code}`);
	t.is(said, '');
});
