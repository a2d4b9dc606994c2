import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {openRecording} from '../../../cli/console/open-recording.ts';
import {runWords} from '../../../cli/main.ts';
import {recordProblems} from '../../../cli/record/record-place.ts';
import {startRecorder} from '../../../cli/record/recorder.ts';
import type {WatchEvent} from '../../../core/contracts/watch-event.ts';
import {renderProblem} from '../../../core/model/problem.ts';
import type {Recording} from '../../../core/recording/recording.ts';
import {inForce, shop, story} from '../../tui/console/shop-story.ts';
import {capturedIo} from '../captured-io.ts';

const folder = mkdtempSync(join(tmpdir(), 'firebreak-record-'));
test.after.always(() => rmSync(folder, {recursive: true, force: true}));
let files = 0;
const fresh = (text?: string): string => {
	const path = join(folder, `${files++}.ndjson`);
	if (text !== undefined) writeFileSync(path, text);
	return path;
};

const head = {
	...{version: '0.0.0', lab: 'shop', startedAt: 1, nowMs: 0, rehearsal: shop, inForce: inForce('flat')},
	...{compromised: [], sources: {}},
};
const silent = {say: () => undefined};

async function opened(path: string): Promise<Recording> {
	const found = await openRecording(path);
	if (found?.kind !== 'ok') throw new Error(JSON.stringify(found));
	return found.value;
}

const said = (path: string): string => recordProblems(path).map(renderProblem).join();

test('where a recording cannot be written is known before, each with its mend', t => {
	t.regex(said(join(folder, 'none/x.ndjson')), /there is no folder .*none \(make it first, or name another\)/);
	t.regex(said(folder), /is a folder/);
	t.regex(said(''), /no file is named/);
	t.regex(said('/dev/null'), /is no recording/);
	for (const text of ['policy: mine\n', ' ', '{"schema":"firebreak/rehearsal/v1"}'])
		t.regex(said(fresh(text)), /is there, and is no recording: only a recording is replaced \(another name/);
	t.deepEqual(recordProblems(undefined), []);
	t.deepEqual(recordProblems(fresh()), []);
	t.deepEqual(recordProblems(fresh('')), []);
	t.deepEqual(recordProblems(fresh('{"schema":"firebreak/recording/v9","x":1}\n')), []);
});

test('a recording is replaced by a file of its own: whoever still wrote the old one writes nothing into the new', async t => {
	const path = fresh();
	using old = startRecorder(path, {...head, lab: 'old'}, silent);
	{
		using next = startRecorder(path, {...head, lab: 'new'}, silent);
		old.tell({kind: 'note', text: 'of the old one', atMs: 1});
		next.tell({kind: 'note', text: 'of the new one', atMs: 1});
	}
	old[Symbol.dispose]();
	const {head: found, events} = await opened(path);
	t.is(found.lab, 'new');
	t.deepEqual(
		events.map(event => event.kind === 'note' && event.text),
		['of the new one'],
	);
});

test('nothing but a recording is replaced, also where it came there meanwhile', t => {
	const path = fresh('mine');
	t.throws(() => startRecorder(path, head, silent), {code: 'no-recording'});
	t.is(readFileSync(path, 'utf8'), 'mine');
});

test('a recording that is full says so in the file and to whoever records, and is played', async t => {
	const path = fresh();
	const heard: string[] = [];
	const recorder = startRecorder(path, head, {say: text => void heard.push(text), mostBytes: 1 << 20});
	const note: WatchEvent = {kind: 'note', text: 'x'.repeat(10_000), atMs: 7};
	for (let at = 0; at < 500; at++) recorder.tell(note);
	recorder[Symbol.dispose]();
	t.true(readFileSync(path).length < (1 << 20) + 20_000);
	t.deepEqual(heard, ['the recording is full after 1 MB: what follows is not in it']);
	const {events} = await opened(path);
	const last = events.at(-1)!;
	t.like(last, {kind: 'note', text: heard[0]});
	t.is(last.atMs, 7);
});

/** Another process records, and ends in such a way. */
function recordedBy(ending: string): {readonly path: string; readonly status: number | string} {
	const path = fresh();
	const program = `
		const {startRecorder} = await import(${JSON.stringify(new URL('../../../cli/record/recorder.ts', import.meta.url).href)});
		const {story, inForce, shop} = await import(${JSON.stringify(new URL('../../tui/console/shop-story.ts', import.meta.url).href)});
		const head = {version: '0', lab: 'shop', startedAt: 1, nowMs: 0, rehearsal: shop, inForce: inForce('flat'), compromised: [], sources: {}};
		const recorder = startRecorder(${JSON.stringify(path)}, head, {say: console.error});
		for (const event of story) recorder.tell(event);
		${ending}`;
	try {
		execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', program], {stdio: 'pipe'});
		return {path, status: 0};
	} catch (error) {
		const {status, signal} = error as {status: number | null; signal: string | null};
		return {path, status: status ?? signal ?? -1};
	}
}

for (const [name, ending, status] of [
	['leaves at once', 'process.exit(130)', 130],
	['throws', 'throw new Error("x")', 1],
	[
		'is killed half a second later',
		'setTimeout(() => process.kill(process.pid, "SIGKILL"), 500); setTimeout(() => {}, 5000)',
		'SIGKILL',
	],
] as const)
	test(`of a process that ${name}, all that was told is in the recording`, async t => {
		const {path, status: ended} = recordedBy(ending);
		t.is(ended, status);
		t.is((await opened(path)).events.length, story.length);
	});

test('a recording that was cut anywhere behind its head is played up to there', async t => {
	const path = fresh();
	{
		using recorder = startRecorder(path, head, silent);
		for (const event of story) recorder.tell(event);
	}
	const bytes = readFileSync(path);
	const first = bytes.indexOf('\n') + 1;
	let before = -1;
	for (let at = 0; at <= 40; at++) {
		const cut = fresh();
		writeFileSync(cut, bytes.subarray(0, first + Math.round(((bytes.length - first) * at) / 40)));
		const {events} = await opened(cut);
		t.true(events.length >= before);
		t.deepEqual(events, JSON.parse(JSON.stringify(story.slice(0, events.length))));
		before = events.length;
	}
	t.is(before, story.length);
});

for (const words of [
	['rehearse', 'shop', '--model-only'],
	['simulate', 'shop'],
])
	test(`${words.join(' ')} --record: eight runs with what was probed, and the pace of the model is one to look at`, async t => {
		const path = fresh();
		const io = capturedIo();
		t.is(await runWords([...words, '--record', path], io), 0, io.stderr);
		const {head: found, events} = await opened(path);
		const started = events.filter(event => event.kind === 'attack-started');
		t.deepEqual(
			started.map(({candidate, scenario}) => `${candidate} ${scenario}`).sort(),
			['flat', 'segmented', 'too-tight', 'zones'].flatMap(name => [`${name} ransomware`, `${name} thief`]),
		);
		// What is in force when somebody attacks is what the attack is under.
		let policy = found.inForce.name;
		for (const event of events) {
			if (event.kind === 'policy-applied') policy = event.candidate;
			if (event.kind === 'attack-started' || event.kind === 'flow-probed') t.is(event.candidate, policy);
		}
		t.deepEqual(Object.keys(found.sources).sort(), [
			'segmented.policy.yaml',
			'too-tight.policy.yaml',
			'zones.policy.yaml',
		]);
		const actions = events.filter(event => event.kind === 'action').map(({atMs}) => atMs);
		t.true(actions.every((atMs, at) => at === 0 || atMs - actions[at - 1]! >= 50));
		t.true(readFileSync(path).length < 4_000_000);
		t.is(io.stderr.includes('recording'), false);
	});

test('before anything runs, each command refuses where it cannot record', async t => {
	const none = join(folder, 'none/x.ndjson');
	for (const words of [
		['rehearse', 'shop'],
		['up', 'shop'],
		['simulate', 'shop'],
		['watch'],
		['probe'],
		['attack', 'ransomware'],
	]) {
		const io = capturedIo();
		t.is(await runWords([...words, '--record', none], io), 2, words.join(' '));
		t.regex(io.stderr, /there is no folder/);
		t.is(io.stdout, '');
	}
	t.false(existsSync(none));
});

test('a simulation without an attacker that acts says that there is nothing to record', async t => {
	const big = join(folder, 'big');
	mkdirSync(big);
	const topology = `topology: big\nnetworks: {a: {cidr: 198.18.0.0/16}}\nworkloads:\n  web: {replicas: 121, network: a, services: {http: {port: 80}}}\n`;
	writeFileSync(join(big, 'big.topology.yaml'), topology);
	writeFileSync(
		join(big, 'rehearsal.yaml'),
		'rehearsal: big\ntopology: big.topology.yaml\ncandidates: {}\nscenarios: [ransomware]\n',
	);
	const io = capturedIo();
	t.is(await runWords(['simulate', big, '--foothold', 'web-1', '--record', fresh()], io), 2);
	t.regex(
		io.stderr,
		/above 120 there is nothing to record \(firebreak rehearse --model-only --record FILE\)/,
		io.stderr,
	);
});
