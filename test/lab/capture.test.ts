import {spawnSync} from 'node:child_process';
import test from 'ava';
import {readFrame} from '../../core/capture/frame.ts';
import {type ReadPacket, readCapture} from '../builders/pcapng-reader.ts';
import {unshared, whyNoPackets} from '../builders/unshared.ts';

interface Told {
	readonly code: number | null;
	readonly out: string;
	readonly error: string;
}
interface Capture {
	readonly web: string;
	readonly database: string;
	readonly made: readonly string[];
	readonly flat: Told;
	readonly deniedIn: Told;
	readonly deniedOut: Told;
	readonly captured: Told;
	readonly text: Told;
	readonly there: Told;
	readonly forced: Told;
	readonly wrong: Told;
	readonly filled: Told;
	readonly lastEnded: Told;
	readonly cutEnded: Told;
	readonly left: unknown;
	readonly grew: readonly [number, number];
	readonly files: Readonly<Record<'shop' | 'piped' | 'full' | 'last' | 'cut', string>>;
}
const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const captured = reason === null ? unshared<Capture>('lab/fixtures/capture.ts', [], 110_000) : undefined;
const fileOf = async (name: keyof Capture['files']) =>
	readCapture(Buffer.from((await captured!).files[name], 'base64'));

/** `web.dev out SYN`. */
const said = ({name, direction, data}: ReadPacket): string => {
	const frame = readFrame(data);
	return `${name} ${direction === 2 ? 'out' : 'in'} ${frame.kind === 'ip' ? frame.word : ''}`;
};
const isTcp = ({data}: ReadPacket, family: number): boolean => {
	const frame = readFrame(data);
	return frame.kind === 'ip' && frame.protocol === 6 && frame.family === family;
};

packets(titled('a connection is in the file as each end saw it, in order, with addresses, ways and times'), async t => {
	t.timeout(115_000);
	const {web, database, flat, captured: ended} = await captured!;
	t.is(flat.code, 0, flat.error);
	t.is(ended.code, 0, ended.error);
	t.regex(ended.error, /^capturing web\.dev, db\.prod of one into .*shop\.pcapng; Ctrl-C ends it\n/);
	const file = await fileOf('shop');
	t.deepEqual(
		file.interfaces.map(({name}) => name),
		['web.dev', 'db.prod'],
	);
	t.regex(file.comment, /lab one, rehearsal starter/);
	t.regex(file.comment, /in force at the start: flat/);
	t.regex(file.application, /^Firebreak \d/);
	t.is(file.names[database], 'db.prod');
	for (const family of [4, 6] as const) {
		const tcp = file.packets.filter(packet => isTcp(packet, family));
		t.deepEqual(tcp.slice(0, 6).map(said), [
			'web.dev out SYN',
			'db.prod in SYN',
			'db.prod out SYN ACK',
			'web.dev in SYN ACK',
			'web.dev out ACK',
			'db.prod in ACK',
		]);
	}
	const [syn] = file.packets.filter(packet => isTcp(packet, 4));
	const frame = readFrame(syn!.data);
	t.true(frame.kind === 'ip');
	if (frame.kind === 'ip')
		t.deepEqual([frame.source, frame.destination, frame.ports?.destination], [web, database, 5432]);
	t.true(
		file.packets.every(({at}, index) => index === 0 || at >= file.packets[index - 1]!.at),
		'in order',
	);
	t.true(Math.abs(Number(syn!.at / 1_000_000n) - Date.now()) < 300_000);
	t.true(file.packets.some(({data, direction}) => direction === 1 && data.includes('hello')));
});

packets(
	titled(
		'what a rule denies on the way in is there with the rule’s name; what it denies on the way out is seen by no one',
	),
	async t => {
		const {deniedIn, deniedOut} = await captured!;
		t.not(deniedIn.code, 0);
		t.not(deniedOut.code, 0);
		const {packets: seen} = await fileOf('shop');
		const denied = seen.filter(({comment}) => comment?.startsWith('denied'));
		t.true(denied.length > 0);
		t.deepEqual(
			[...new Set(denied.map(packet => `${said(packet)}: ${packet.comment}`))],
			['db.prod in SYN: denied by "default"'],
		);
		const syns = seen.filter(packet => isTcp(packet, 4) && said(packet) === 'web.dev out SYN');
		t.deepEqual(syns[0]!.comment, 'no rule is in force');
		// A connection that is tried for a second sends at most two; those of the policy on the way out are not among them.
		const sources = new Set(
			syns.map(({data}) => {
				const frame = readFrame(data);
				return frame.kind === 'ip' ? frame.ports!.source : 0;
			}),
		);
		t.is(sources.size, 2, 'two of three connections left web.dev');
	},
);

packets(titled('the counts at the end are those of the packets, and none was dropped'), async t => {
	const {captured: ended} = await captured!;
	const {packets: seen, statistics} = await fileOf('shop');
	t.deepEqual(
		statistics.map(({name, received, dropped}) => [name, Number(received), Number(dropped)]),
		['web.dev', 'db.prod'].map(name => [name, seen.filter(packet => packet.name === name).length, 0]),
	);
	t.regex(ended.error, new RegExp(`\\n${seen.length} packets of 2 workloads in .*; the kernel dropped none\\n$`));
});

const missing = spawnSync('tcpdump', ['--version']).error !== undefined;
(missing || reason !== null ? test.skip : test)(
	missing
		? 'tcpdump reads the file (skipped: there is no tcpdump here; apt install tcpdump)'
		: titled('tcpdump reads the file'),
	async t => {
		const {web, database, files} = await captured!;
		const read = spawnSync('tcpdump', ['-nr', '-'], {input: Buffer.from(files.shop, 'base64'), encoding: 'utf8'});
		t.is(read.status, 0, read.stderr);
		const {packets: seen} = await fileOf('shop');
		t.is(read.stdout.trim().split('\n').length, seen.length);
		t.regex(read.stdout, new RegExp(`IP ${web}\\.\\d+ > ${database}\\.5432: Flags \\[S\\]`));
	},
);

packets(
	titled('without -w each packet is a line with names, a kind is all of its replicas, and --count ends it with 0'),
	async t => {
		const {text} = await captured!;
		t.is(text.code, 0, text.error);
		const all = text.out.trim().split('\n');
		t.is(all.length, 12);
		// The kernel's own reports of groups may come between.
		const lines = all.map(line => line.replaceAll(/ +/g, ' ')).filter(line => line.includes(' tcp '));
		t.regex(
			lines[0]!,
			/^\d\d:\d\d:\d\d\.\d{6} web\.dev out tcp web\.dev:\d+ ▸ db\.prod:5432 SYN 74 no rule is in force$/,
		);
		t.regex(lines[1]!, /^\S+ db\.prod in tcp web\.dev:\d+ ▸ db\.prod:5432 SYN 74 no rule is in force$/);
		t.regex(lines[2]!, / db\.prod out tcp db\.prod:5432 ▸ web\.dev:\d+ SYN ACK 74$/);
		t.regex(
			text.error,
			/^capturing 4 workloads of one; Ctrl-C ends it\n12 packets of 4 workloads; the kernel dropped none\n$/,
		);
	},
);

packets(
	titled(
		'a file that is there is overwritten only when asked, stdout is a file too, and a wrong name captures nothing',
	),
	async t => {
		const {there, forced, wrong, grew, made} = await captured!;
		t.is(there.code, 2);
		t.regex(there.error, /is there already: nothing was captured\n {2}mend: .*--force/);
		t.is(forced.code, 0, forced.error);
		t.true(grew[1] < grew[0], 'it was overwritten');
		t.is((await fileOf('piped')).interfaces[0]!.name, 'db.prod');
		t.is(wrong.code, 2);
		t.regex(wrong.error, /no workload nobody/);
		t.regex(wrong.error, /no workload web\.dv \(did you mean web\.dev\?\)/);
		t.false(made.includes('wrong.pcapng'));
	},
);

packets(
	titled(
		'a full disk, a lab that goes down and an engine that is killed end it with 3, say so, and leave a whole file',
	),
	async t => {
		const {filled, lastEnded, cutEnded} = await captured!;
		t.is(filled.code, 3, filled.error);
		t.regex(filled.error, /there is no room left for .*full\.pcapng/);
		t.true((await fileOf('full')).packets.length > 0);
		for (const ended of [lastEnded, cutEnded]) {
			t.is(ended.code, 3, ended.error);
			t.regex(ended.error, /the lab (one|two) is gone, and the capture ended with it\n\d+ packets? of 6 workloads in /);
		}
		const last = await fileOf('last');
		t.true(last.packets.some(packet => said(packet) === 'db.prod in SYN'));
		t.is(last.statistics.length, 6);
		t.is((await fileOf('cut')).interfaces.length, 6);
	},
);

packets(titled('nothing of a capture is left, not even of one that was killed'), async t => {
	t.is((await captured!).left, null);
});
