import test from 'ava';
import fc from 'fast-check';
import type {Evidence} from '../../../core/contracts/evidence.ts';
import type {WatchEvent} from '../../../core/contracts/watch-event.ts';
import {pack, unpack} from '../../../core/recording/packed-evidence.ts';
import {parseRecording} from '../../../core/recording/parse-recording.ts';
import {recordingLines, renderHead} from '../../../core/recording/render-recording.ts';
import {inForce, probed, shop, story} from '../../tui/console/shop-story.ts';

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

const head = renderHead({
	...{version: '0.0.0', lab: 'shop', startedAt: 1, nowMs: 0, rehearsal: shop, inForce: inForce('flat')},
	...{compromised: [], sources: {}},
});

function rendered(events: readonly WatchEvent[]): string {
	const lines = recordingLines();
	return events.map(event => lines.tell(event)).join('') + lines.rest();
}

function read(text: string): readonly WatchEvent[] {
	const parsed = parseRecording('run.ndjson', `${head}${text}`.split('\n'));
	if (parsed.kind === 'wrong') throw new Error(JSON.stringify(parsed.problems));
	return parsed.value.events;
}

const few = fc.integer({min: 0, max: 3});
const anEnd = fc.record({
	workload: fc.constantFrom('a', 'b', 'a b', null),
	address: fc.constantFrom('10.0.0.1', 'fd00::1', '10.0.0.1 b'),
});
const anEvidence: fc.Arbitrary<Evidence> = fc.record({
	flow: fc.record({
		...{source: anEnd, destination: anEnd, family: fc.constantFrom(4 as const, 6 as const)},
		...{protocol: fc.constantFrom('tcp' as const, 'udp' as const, 'icmp' as const), port: few},
	}),
	arrival: fc.constantFrom('open' as const, 'closed' as const, 'none' as const),
	logs: fc.array(
		fc.record({
			direction: fc.constantFrom('ingress' as const, 'egress' as const),
			decision: fc.constantFrom('allow' as const, 'deny' as const),
			rule: fc.constantFrom('p0.r1', 'p0.r2'),
			placement: fc.constant('host' as const),
		}),
		{maxLength: 2},
	),
	outcome: fc.oneof(
		fc.record({kind: fc.constantFrom('open' as const, 'closed' as const)}),
		fc.record({kind: fc.constant('inconclusive' as const), reason: fc.constantFrom('x', 'y')}),
	),
	micros: few,
});

test(`what is packed is unpacked as it was, also where names look like addresses (seed ${seed})`, t => {
	fc.assert(
		fc.property(fc.array(anEvidence, {maxLength: 12}), list => {
			t.deepEqual(unpack(JSON.parse(JSON.stringify(pack(list)))), list);
		}),
		{seed, numRuns: 200},
	);
});

test('packed flows with a number that stands for nothing are refused, and so is the line', t => {
	const packed = pack(fc.sample(anEvidence, {numRuns: 3, seed: 1}));
	for (const at of [0, 1, 2, 3])
		for (const number of [-1, 99, 0.5]) t.is(unpack({...packed, flows: packed.flows.with(at, number)}), null);
	t.is(unpack({...packed, flows: packed.flows.slice(1)}), null);
	const line = JSON.stringify({
		kind: 'flows-probed',
		candidate: 'a',
		found: {...packed, flows: [9, 9, 9, 9, 9]},
		atMs: 1,
	});
	const parsed = parseRecording('run.ndjson', [head, line]);
	t.regex(parsed.kind === 'wrong' ? parsed.problems[0]!.what : '', /flows-probed.* a number in it stands for nothing/);
});

test('a story is read as it was told, in a fifth of its letters', t => {
	const text = rendered(story);
	t.deepEqual(read(text), JSON.parse(JSON.stringify(story)));
	t.true(text.length < JSON.stringify(story).length / 5, `${text.length} of ${JSON.stringify(story).length}`);
});

test('flows of one candidate and one moment are one line; of another candidate or later, another', async t => {
	const flows = await probed('zones', 0);
	const one = flows[0]!;
	const other = (change: object): WatchEvent => ({...one, ...change}) as WatchEvent;
	const kinds = (events: readonly WatchEvent[]): number => rendered(events).trimEnd().split('\n').length;
	t.is(kinds(flows), 1);
	t.is(kinds([one, other({candidate: 'flat'}), one]), 3);
	t.is(kinds([one, other({atMs: 99}), other({atMs: 101})]), 2);
	t.is(kinds([one, {kind: 'note', text: 'x', atMs: 1}, one]), 3);
	t.is(kinds(Array.from({length: 10_000}, () => one)), 3);
	t.deepEqual(
		read(rendered([one, {kind: 'note', text: 'x', atMs: 1}, one])).map(({kind}) => kind),
		['flow-probed', 'note', 'flow-probed'],
	);
});

test('neither progress nor what programs print is recorded', t => {
	const printed: readonly WatchEvent[] = [
		{kind: 'output', workload: 'db.prod', text: 'password=hunter2', atMs: 1},
		{kind: 'program-ended', workload: 'db.prod', code: 1, atMs: 1},
		{kind: 'stage', stage: 'probe', text: 'flows probed', done: 1, total: 2, atMs: 1},
	];
	t.is(rendered(printed), '');
});
