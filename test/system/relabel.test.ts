// A running lab is changed as a user changes it: one label, then the files that it came from.
import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {whyNoPackets} from '../builders/unshared.ts';
import {firebreak, starter} from './firebreak.ts';

const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;

packets(
	`relabel and change mean other rules at once, keep addresses, and say what is wrong${reason === null ? '' : ` (skipped: ${reason})`}`,
	async t => {
		t.timeout(110_000);
		const runtime = mkdtempSync(join(tmpdir(), 'firebreak-relabel-'));
		const folder = join(runtime, 'files');
		cpSync(starter, folder, {recursive: true});
		const env = {XDG_RUNTIME_DIR: runtime};
		const run = (...words: readonly string[]) => firebreak(words, {env});
		const outcome = async (flow: string): Promise<string> => {
			const {out} = await run('probe', flow, '--lab', 'one', '--format', 'json');
			return (JSON.parse(out) as {readonly probes: readonly {readonly outcome: {readonly kind: string}}[]}).probes[0]!
				.outcome.kind;
		};
		const address = async (): Promise<string> =>
			(await run('exec', 'web.dev', '--lab', 'one', '--', 'ip', '-4', '-o', 'address', 'show', 'eth0')).out;
		try {
			t.is((await run('up', folder, '--name', 'one', '--candidate', 'segmented')).code, 0);
			const own = await address();
			t.is(await outcome('web.dev -> db.dev:postgres'), 'open');
			const relabelled = await run('relabel', 'web.dev', 'tier=odd', '--lab', 'one');
			t.regex(relabelled.out, /relabelled web\.dev\n {2}rules changed in \d+ namespaces/, relabelled.error);
			t.is(await outcome('web.dev -> db.dev:postgres'), 'denied');
			for (const [words, why] of [
				[['web.dev', 'tier'], /no change of a label/],
				[['web.dev', 'env=prod'], /environment/],
				[['wob.dev', 'tier=web'], /no workload wob\.dev/],
			] as const) {
				const {code, error} = await run('relabel', ...words, '--lab', 'one');
				t.is(code, 2);
				t.regex(error, why);
			}
			const file = join(folder, 'two-tier.topology.yaml');
			const text = readFileSync(file, 'utf8');
			writeFileSync(
				file,
				text.replace(
					'workloads:\n',
					'workloads:\n  aaa:\n    in: [dev]\n    labels: { tier: web }\n    network: app\n',
				),
			);
			const changed = await run('change', '--lab', 'one', '--format', 'json');
			const {added, gone, relabelled: back, propagation} = JSON.parse(changed.out);
			t.deepEqual({added, gone, back}, {added: ['aaa.dev'], gone: [], back: ['web.dev']}, changed.error);
			t.true(propagation.changed > 0 && propagation.p99Ms > 0);
			t.is(await address(), own, 'who stays keeps its address');
			t.is(await outcome('aaa.dev -> db.dev:postgres'), 'open');
			t.is(await outcome('web.dev -> db.dev:postgres'), 'open');
			t.is(await outcome('aaa.dev -> db.prod:postgres'), 'denied');
		} finally {
			await run('down', 'one');
			rmSync(runtime, {recursive: true, force: true});
		}
	},
);
