import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {clock, duration, parseDuration} from '../../../cli/lab/moments.ts';
import {runWords} from '../../../cli/main.ts';
import {capturedIo} from '../captured-io.ts';

const runtime = mkdtempSync(join(tmpdir(), 'fb-words-'));
process.env.XDG_RUNTIME_DIR = runtime;
test.after.always(() => rmSync(runtime, {recursive: true, force: true}));

async function run(...words: readonly string[]) {
	const io = capturedIo();
	const code = await runWords(words, io);
	return {code, out: io.stdout, error: io.stderr};
}

for (const words of [
	['status'],
	['probe'],
	['apply', 'segmented'],
	['apply', '--confirm'],
	['attack', 'ransomware'],
	['watch'],
	['reset'],
	['logs'],
	['capture', 'web'],
	['exec', 'web', '--', 'true'],
	['status', '--lab', 'shop'],
	['down', 'shop'],
] as const) {
	test(`${words.join(' ')}: no lab is up, which is wrong input with a mend and no bug`, async t => {
		const {code, out, error} = await run(...words);
		t.is(code, 2, error);
		t.is(out, '');
		t.regex(error, /no lab|none is up/);
		t.regex(error, /firebreak up|none is up/);
	});
}

test('ls and down --all of nothing are well, and say that there is nothing', async t => {
	for (const words of [['ls'], ['down', '--all']]) {
		const {code, out, error} = await run(...words);
		t.is(code, 0);
		t.is(out, '');
		t.regex(error, /no lab is up/);
	}
	t.deepEqual(JSON.parse((await run('ls', '--format', 'json')).out), {schema: 'firebreak/labs/v1', labs: []});
});

for (const [words, said] of [
	[['exec', 'web'], /no command is named \(firebreak exec web -- ip address\)/],
	[['exec', 'web', '--', 'no-such-program'], /no program no-such-program/],
	[['exec'], /not enough/],
	[['apply'], /no policy is named/],
	[['apply', 'a', '--confirm'], /applies nothing/],
	[['apply', 'a', '--confirm-within', '0s'], /no time up to a day/],
	[['apply', 'a', '--lab', 'x', '--lab', 'y'], /--lab stands twice/],
	[['down'], /no lab is named/],
	[['capture'], /no workload is named/],
	[['capture', '--all', 'web', '--for', 'x', '--count', '0', '--force'], /4 problems/],
	[['capture', 'web', '--snaplen', '1.5'], /--snaplen:1:1: it is not a whole number/],
	[['attack', 'ransomware', '--seed', 'x'], /not a whole number/],
	[['attack'], /no scenario is named/],
	[['attack', 'ransomware', '--candidate', 'segmented'], /under what is in force/],
	[['attack', 'shop', '--suite', 'evasion', '--lab', 'x'], /in a lab or in a rehearsal/],
	[['attack', 'shop', '--suite', 'all'], /evasion/],
	[['watch', '--only', 'dny'], /"deny"/],
	[['up', 'shop', '--name', 'Not_One'], /no name for a lab/],
	[['up', 'shop', '--name', '../x'], /no name for a lab/],
	[['up', 'shop', '--candidate', 'segmentd'], /did you mean segmented/],
	[['up', 'shp'], /did you mean shop/],
] as const) {
	test(`${words.join(' ')} is wrong input, named before anything is done`, async t => {
		const {code, out, error} = await run(...words);
		t.is(code, 2, error);
		t.is(out, '');
		t.regex(error, said);
	});
}

test('times are read and written as people do', t => {
	t.deepEqual(['30s', '2m', '1h', '500ms', '7', '2 min', 'soon', '-1s', '1d'].map(parseDuration), [
		30_000,
		120_000,
		3_600_000,
		500,
		7000,
		120_000,
		undefined,
		undefined,
		undefined,
	]);
	t.deepEqual([0, 8000, 119_000, 720_000, 10_800_000, 200_000_000].map(duration), [
		'0 s',
		'8 s',
		'119 s',
		'12 min',
		'3 h',
		'2 d',
	]);
	const noon = new Date(2026, 4, 6, 12, 4, 31).getTime();
	t.is(clock(noon, noon + 1000), '12:04:31');
	t.is(clock(noon, noon + 86_400_000), '2026-05-06 12:04:31');
});
