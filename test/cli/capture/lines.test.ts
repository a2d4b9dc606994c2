import test from 'ava';
import {createHold, holdMs} from '../../../cli/capture/hold.ts';
import {packetLine} from '../../../cli/capture/packet-line.ts';
import {summaryOf} from '../../../cli/capture/summary.ts';
import {createVerdicts} from '../../../cli/capture/verdicts.ts';
import {noPaint} from '../../../cli/report/paint.ts';
import {type PacketRecord, packetBlockLength, writePacket} from '../../../core/capture/pcapng.ts';
import {timeOfPacket} from '../../../core/capture/read-blocks.ts';
import type {PacketEvent} from '../../../core/contracts/watch-event.ts';

const link = '0200000000010200000000fe';
const syn = Buffer.from(
	`${link}0800 45000028 0000 0000 4006 0000 c6120001 c6120002 a028 1538 00000000 00000000 5002 ffff 0000 0000`.replaceAll(
		' ',
		'',
	),
	'hex',
);
const ping6 = Buffer.from(
	`${link}86dd 60000000 0008 3a40 fd00${'0'.repeat(27)}1 fd00${'0'.repeat(27)}9 8000 0000 0001 0001`.replaceAll(
		' ',
		'',
	),
	'hex',
);
const noon = new Date(2026, 4, 6, 12, 4, 31).getTime();
const record = (change: Partial<PacketRecord> = {}): PacketRecord => ({
	...{tap: 0, at: BigInt(noon) * 1_000_000n + 42_001n, direction: 'out', length: 74, data: syn},
	...change,
});
const words = {
	taps: ['web-1.prod', 'db'],
	owners: new Map([
		['198.18.0.1', 'web-1.prod'],
		['198.18.0.2', 'db'],
		['fd00::1', 'db'],
	]),
	paint: noPaint,
};

test('a line says when, at whom, which way, between whom and what; a stranger keeps its address', t => {
	t.is(
		packetLine(record(), null, words),
		'12:04:31.000042  web-1.prod  out  tcp    web-1.prod:41000 ▸ db:5432  SYN  74',
	);
	t.is(
		packetLine(record({tap: 1, direction: 'in', data: ping6, length: 62}), 'denied by "x"', words),
		'12:04:31.000042  db          in   icmp6  db ▸ fd00::9  echo request  62  denied by "x"',
	);
	t.regex(packetLine(record({data: Buffer.from(`${link}88cc00`, 'hex')}), null, words), / 0x88cc +- +74$/);
});

test('packets are given in the order of their times, each after it was held', t => {
	const block = (at: bigint): Uint8Array => {
		const target = new Uint8Array(packetBlockLength(syn.length));
		writePacket(target, new DataView(target.buffer), 0, record({at}));
		return target;
	};
	const given: bigint[] = [];
	const hold = createHold(one => void given.push(timeOfPacket(one)));
	const start = BigInt(noon) * 1_000_000n;
	for (const ms of [30n, 10n, 20n]) hold.add(block(start + ms * 1_000_000n));
	hold.release(noon + holdMs + 20);
	t.deepEqual(
		given.map(at => at - start),
		[10_000_000n, 20_000_000n],
	);
	hold.add(block(start + 25_000_000n));
	hold.releaseAll();
	t.deepEqual(
		given.slice(2).map(at => at - start),
		[25_000_000n, 30_000_000n],
	);
	hold.releaseAll();
	t.is(given.length, 4);
});

const event = (change: Partial<PacketEvent> = {}): PacketEvent => ({
	kind: 'packet',
	site: 'db',
	log: {rule: 'r1', decision: 'deny', placement: 'host', direction: 'ingress'} as PacketEvent['log'],
	family: 4,
	protocol: 'tcp',
	source: {workload: 'web-1.prod', address: '198.18.0.1'},
	sourcePort: 41000,
	destination: {workload: 'db', address: '198.18.0.2'},
	port: 5432,
	atMs: 0,
	...change,
});

test('a rule’s word goes to the packet it is about, at the workload where the rule stands, and once', t => {
	const verdicts = createVerdicts();
	verdicts.rules = new Map([['r1', {name: 'no \u001b[2J dev'} as never]]);
	verdicts.hear(event(), noon + 8);
	t.is(verdicts.of('web-1.prod', syn, noon), null, 'another workload');
	t.is(verdicts.of('db', ping6, noon), null, 'another packet');
	t.is(verdicts.of('db', syn, noon + 20), null, 'a packet that came later');
	t.is(verdicts.of('db', syn, noon - 5000), null, 'one that came long before');
	t.is(verdicts.of('db', syn, noon), 'denied by "no \\u{1b}[2J dev"');
	t.is(verdicts.of('db', syn, noon), null, 'it was said');
	for (const change of [{sourcePort: 41001}, {port: 5433}, {protocol: 'udp'}] as const) {
		verdicts.hear(event(change), noon + 8);
		t.is(verdicts.of('db', syn, noon), null, JSON.stringify(change));
	}
});

test('the fabric’s word is beside the packet wherever it was seen, and an echo has one too', t => {
	const verdicts = createVerdicts();
	verdicts.hear(event({site: '', log: {...event().log, rule: 'none', decision: 'allow'}}), noon + 8);
	t.is(verdicts.of('web-1.prod', syn, noon), 'no rule is in force in the fabric');
	const [source, destination] = ['fd00::1', 'fd00::9'].map(address => ({workload: null, address}));
	verdicts.hear(
		event({
			protocol: 'icmp',
			sourcePort: 1,
			port: 0,
			source: source!,
			destination: destination!,
			log: {...event().log, decision: 'would-deny'},
		}),
		noon + 8,
	);
	t.is(verdicts.of('db', ping6, noon), 'would be denied by "r1"');
});

test('words that no packet takes are forgotten, and never more than 10,000', t => {
	const verdicts = createVerdicts();
	for (let number = 0; number < 12_000; number++) verdicts.hear(event({sourcePort: number, port: 1}), noon);
	verdicts.hear(event(), noon + 1);
	t.is(verdicts.of('db', syn, noon), null, 'there was no room');
	verdicts.hear(event(), noon + 1000);
	t.is(verdicts.of('db', syn, noon + 999), 'denied by "r1"');
});

test('the summary says what was captured, what the kernel dropped and where, and what ended it', t => {
	const about = {lab: 'shop', taps: words.taps, path: 'x.pcapng', bytes: 12_345};
	const statistics = [0, 1].map(tap => ({tap, at: 0n, received: 2000n, dropped: 0n}));
	t.is(
		summaryOf({ended: 'asked', packets: 4000, statistics}, about),
		'4,000 packets of 2 workloads in x.pcapng (12 kB); the kernel dropped none\n',
	);
	const dropped = statistics.map(one => ({...one, dropped: one.tap === 1 ? 1234n : 0n}));
	t.is(
		summaryOf({ended: 'lab-gone', packets: 1, statistics: dropped}, {...about, path: undefined}),
		'the lab shop is gone, and the capture ended with it\n1 packet of 2 workloads; the kernel dropped 1,234 for want of room: db 1,234\n',
	);
});
