import test from 'ava';
import {eventText, subjectsOf} from '../../../cli/lab/event-text.ts';
import {noPaint} from '../../../cli/report/paint.ts';
import type {PacketEvent, WatchEvent} from '../../../core/contracts/watch-event.ts';

const words = {
	rules: new Map([
		['p0.r1', {id: 'p0.r1', name: 'no \u001b[31mway', policy: 'p', tier: 'rules', where: null}],
	] as const),
	startedAt: new Date(2026, 4, 6, 12, 0, 0).getTime(),
	paint: noPaint,
};
const packet = (change: Partial<PacketEvent> = {}): PacketEvent => ({
	kind: 'packet',
	sourcePort: 40_000,
	site: 'web.dev',
	log: {direction: 'egress', decision: 'deny', rule: 'p0.r1', placement: 'host'},
	family: 4,
	protocol: 'tcp',
	source: {workload: 'web.dev', address: '10.0.0.1'},
	destination: {workload: null, address: '10.0.0.9'},
	port: 22,
	atMs: 1500,
	...change,
});

test('a denied packet says when, between whom, by which rule and where; a rule’s name is never terminal syntax', t => {
	const text = eventText(packet(), words)!;
	t.regex(text, /^12:00:01\.500 +deny +web\.dev ▸ 10\.0\.0\.9:22\/tcp +by "no \\u\{1b\}\[31mway" at web\.dev$/);
	t.regex(
		eventText(packet({family: 6, protocol: 'icmp', destination: {workload: null, address: 'fd00::1'}}), words)!,
		/web\.dev ▸ \[fd00::1\]:icmp \(IPv6\)/,
	);
});

test('--only knows each event by what it is about, and progress by nothing', t => {
	const stage: WatchEvent = {kind: 'stage', stage: 'probe', text: '', done: 1, total: 2, atMs: 0};
	t.deepEqual(subjectsOf(packet()), ['deny']);
	t.deepEqual(subjectsOf({kind: 'note', text: '', atMs: 0}), ['note']);
	t.deepEqual(subjectsOf(stage), []);
	t.is(eventText(stage, words), null);
	t.deepEqual(subjectsOf({kind: 'policy-applied', candidate: 'a', applyMs: 1, atMs: 0}), ['policy']);
});

test('a note of a client is one line, whatever its words', t => {
	const text = eventText({kind: 'note', text: '#1 runs in web: sh -c a\nb\r\u001b[2J', atMs: 0}, words)!;
	t.deepEqual(
		['\n', '\r', '\u001b'].filter(order => text.includes(order)),
		[],
	);
});
