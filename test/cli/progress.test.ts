import {Writable} from 'node:stream';
import {setTimeout as wait} from 'node:timers/promises';
import test from 'ava';
import {asciiIo} from '../../cli/ascii-io.ts';
import {canDraw, startProgress} from '../../cli/progress.ts';
import {about, acted, applied, booted, ended, probed, shop, started, step} from '../tui/inline/run-events.ts';
import {capturedIo} from './captured-io.ts';

function stream({isTTY, colours = false}: {readonly isTTY: boolean; readonly colours?: boolean}) {
	const kept = {sent: ''};
	const writable = new Writable({
		write(chunk, _encoding, done) {
			kept.sent += String(chunk);
			done();
		},
	});
	const terminal = Object.assign(writable, {columns: 80, rows: 24, isTTY, hasColors: () => colours});
	return {kept, terminal: terminal as unknown as NodeJS.WriteStream};
}

const who = about('flat');
const run = [booted(), ...probed('flat', 3, 1100), started(who, 1200, 3), ...acted(who, 'sdd'), ended(who, 1300)];

for (const [name, isTTY, environment, draws] of [
	['a terminal', true, {TERM: 'xterm'}, true],
	['a terminal that says nothing of itself', true, {}, true],
	['a pipe', false, {TERM: 'xterm'}, false],
	['a dumb terminal', true, {TERM: 'dumb'}, false],
	['a terminal of CI', true, {TERM: 'xterm', CI: 'true'}, false],
	['a terminal where CI is off', true, {TERM: 'xterm', CI: 'false'}, true],
] as const)
	test(`lines are ${draws ? '' : 'not '}drawn over one another on ${name}`, t => {
		t.is(canDraw({stream: stream({isTTY}).terminal, environment}), draws);
	});

test('a pipe gets each stage once, when it is over, without anything that moves a cursor', async t => {
	const io = capturedIo();
	const {terminal, kept} = stream({isTTY: false});
	const progress = startProgress(shop(), io, {outlook: {stream: terminal, environment: {}}});
	const lines: number[] = [];
	for (const event of [...run, applied('segmented', 1400)]) {
		progress.tell(event);
		lines.push(io.stderr.split('\n').length - 1);
	}
	progress.end();
	t.deepEqual(io.stderr.split('\n'), [
		'  lab       4 workloads in 2 environments, rootless · 0.31 s',
		'  control   3 flows probed with no policy in force · 0.10 s',
		'  flat      ransomware ▸ 3 actions · 1 entered · 2 denied · 0.10 s',
		'',
	]);
	t.deepEqual(lines, [1, 1, 1, 1, 2, 2, 2, 2, 3, 3]);
	t.is(kept.sent, '');
});

test('a pipe is told of an image when its pull begins and when it is there', async t => {
	const io = capturedIo();
	const progress = startProgress(shop(), io, {
		purpose: 'stay',
		outlook: {stream: stream({isTTY: false}).terminal, environment: {}},
	});
	progress.tell(step('pull', 'postgres:16', [0, 0], 0));
	progress.tell(step('pull', 'postgres:16', [5e6, 20e6], 500));
	t.is(io.stderr, '  image     pulling postgres:16\n');
	progress.tell(step('pull', 'postgres:16', [20e6, 20e6], 3000));
	progress.tell(booted(4000));
	progress.end();
	t.deepEqual(io.stderr.split('\n').slice(1), [
		'  image     pulled postgres:16 · 20 MB · 3.00 s',
		'  lab       4 workloads in 2 environments, rootless · 0.31 s',
		'',
	]);
});

test('an attack on a lab that is up prints its result and nothing else to a pipe', async t => {
	const io = capturedIo();
	const {terminal, kept} = stream({isTTY: false});
	const progress = startProgress(shop(), io, {purpose: 'attack', outlook: {stream: terminal, environment: {}}});
	for (const event of run.slice(4)) progress.tell(event);
	progress.print('one action\n');
	progress.end();
	t.deepEqual([io.stdout, io.stderr, kept.sent], ['one action\n', '', '']);
});

test.serial(
	'pieces of a result stay above the lines that are drawn, in their order, and nothing of them is lost',
	async t => {
		const io = capturedIo();
		const {terminal, kept} = stream({isTTY: true});
		const progress = startProgress(shop(), io, {purpose: 'attack', outlook: {stream: terminal, environment: {}}});
		progress.tell(started(who, 1200, 27));
		progress.print('first\n');
		for (let tries = 0; tries < 200 && !kept.sent.includes('ransomware'); tries++) await wait(25);
		kept.sent = '';
		progress.print('second\n');
		for (let tries = 0; tries < 80 && !kept.sent.includes('ransomware'); tries++) await wait(25);
		// The line goes before the piece is printed, and comes back below it though nothing in it changed.
		t.true(kept.sent.includes('\u001b[2K'));
		t.regex(kept.sent, /ransomware/);
		progress.print('third\n');
		progress.end();
		t.is(io.stdout, 'first\nsecond\nthird\n');
	},
);

test('where nothing beyond ASCII is printed, nothing beyond it is drawn', async t => {
	const {terminal, kept} = stream({isTTY: true});
	const progress = startProgress(shop(), asciiIo(capturedIo()), {outlook: {stream: terminal, environment: {}}});
	for (const event of run.slice(0, 5)) progress.tell(event);
	for (let tries = 0; tries < 200 && !kept.sent.includes('ransomware'); tries++) await wait(25);
	progress.end();
	t.regex(kept.sent, /ransomware > /);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: the orders of the terminal are ASCII too
	t.regex(kept.sent, /^[\u0000-\u007f]*$/);
});

test('what is printed for programs is silent', async t => {
	const {terminal, kept} = stream({isTTY: true});
	const progress = startProgress(shop(), null, {outlook: {stream: terminal, environment: {}}});
	for (const event of run) progress.tell(event);
	progress.end();
	t.is(kept.sent, '');
});

for (const colours of [false, true])
	test.serial(`a terminal is drawn on and cleared, ${colours ? 'with' : 'without'} colours as it wants`, async t => {
		const io = capturedIo();
		const {terminal, kept} = stream({isTTY: true, colours});
		const progress = startProgress(shop(), io, {outlook: {stream: terminal, environment: {}}});
		for (const event of run) progress.tell(event);
		for (let tries = 0; tries < 200 && !kept.sent.includes('entered'); tries++) await wait(25);
		t.regex(kept.sent, /3 actions.* · .*1 entered/);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is looked for
		t.is(/\u001b\[(1|2|3\d)m/.test(kept.sent), colours);
		kept.sent = '';
		progress.end();
		progress.end();
		await wait(100);
		t.notRegex(kept.sent, /entered/);
		t.true(kept.sent.endsWith('\u001b[?25h'));
		t.is(io.stderr, '');
	});

test.serial('a rehearsal that is over before Ink is there draws nothing', async t => {
	const {terminal, kept} = stream({isTTY: true});
	const progress = startProgress(shop(), capturedIo(), {outlook: {stream: terminal, environment: {}}});
	for (const event of run) progress.tell(event);
	progress.end();
	await wait(300);
	t.is(kept.sent, '');
});
