// The prober is honest: what it says is what kernel and far end said, and where one of them says nothing, it says so.
import test from 'ava';
import type {Evidence} from '../../core/contracts/evidence.ts';
import {renderFlow} from '../../core/model/flow.ts';
import {unshared, whyNoPackets} from '../builders/unshared.ts';
import {cases, families, liars, type Trouble, troubled} from './prober-cases.ts';

interface Measured {
	readonly healthy: readonly Evidence[];
	readonly closed: readonly Evidence[];
	readonly before: readonly Evidence[];
	readonly did: {readonly full: {readonly count: number; readonly most: number}};
	readonly after: Readonly<Record<Trouble, readonly Evidence[]>>;
}
const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const measured = reason === null ? unshared<Measured>('lab/fixtures/prober.ts') : undefined;
const after = async (name: Trouble): Promise<readonly Evidence[]> => (await measured!).after[name];

/** Each outcome with how often: `{'inconclusive: …': 6}`. */
const outcomes = (evidence: readonly Evidence[]): Readonly<Record<string, number>> => {
	const counts: Record<string, number> = {};
	for (const {outcome} of evidence) {
		const text = outcome.kind === 'inconclusive' ? `inconclusive: ${outcome.reason}` : outcome.kind;
		counts[text] = (counts[text] ?? 0) + 1;
	}
	return counts;
};
const logsOf = ({logs}: Evidence): readonly string[] =>
	logs.map(({direction, decision, rule}) => `${direction} ${decision} ${rule}`).sort();

for (const [at, family] of families.entries()) {
	for (const [row, {from, to, denied, arrival, logs}] of cases.entries()) {
		const said = denied === null ? arrival : `denied at ${denied.direction} by ${denied.rule}`;
		packets(titled(`${from} -> ${to} over IPv${family} is ${said}, with the log of each end`), async t => {
			const found = (await measured!).healthy[at * cases.length + row]!;
			t.deepEqual(found.outcome, denied === null ? {kind: arrival as 'open'} : {kind: 'denied', ...denied});
			t.is(found.arrival, arrival);
			t.deepEqual(logsOf(found), [...logs].sort());
			t.true(found.micros > 0 && found.micros < 2_000_000, 'a verdict comes before the timeout');
		});
	}
}

packets(titled('200 closed udp ports in a burst are all closed: the lab limits no ICMP errors'), async t => {
	t.deepEqual(outcomes((await measured!).closed), {closed: 400});
});

packets(
	titled('every pair is open before it is in trouble, so that the trouble is what is measured below'),
	async t => {
		t.deepEqual(outcomes((await measured!).before), {open: (troubled.length - liars.length) * 6});
	},
);

packets(titled('a packet that arrived although a rule logged its denial never looks denied'), async t => {
	for (const liar of liars)
		t.deepEqual(
			outcomes(await after(liar)),
			{'inconclusive: it arrived although p0.default logged a denial': 400},
			liar,
		);
});

packets(titled('a full connection tracking is named, and neither an answer nor a denial'), async t => {
	const {count, most} = (await measured!).did.full;
	t.is(count, most);
	t.deepEqual(outcomes(await after('full')), {'inconclusive: connection tracking is full at full-b': 8});
});

packets(titled('logs that the kernel lost are named; what is said all the same has its own log'), async t => {
	const evidence = await after('lost');
	const lost = evidence.filter(({outcome}) => outcome.kind === 'inconclusive');
	t.true(lost.length > 150, `${lost.length} of 600 had lost their logs`);
	for (const reasonOfOne of Object.keys(outcomes(lost)))
		t.regex(reasonOfOne, /^inconclusive: logs were lost at (lost-b|polite) \(NFLOG overrun\)$/);
	for (const one of evidence.filter(found => !lost.includes(found))) {
		const allowed = one.flow.source.workload === 'lost-a';
		t.is(one.outcome.kind, allowed ? 'open' : 'denied', renderFlow(one.flow));
		t.true(
			new RegExp(`ingress (allow p0\\.r${3 + troubled.indexOf('lost')}|deny p[01]\\.default)`).test(logsOf(one).join()),
			logsOf(one).join(),
		);
	}
});

packets(titled('a listener that was killed is closed, not open; echo has no listener'), async t => {
	for (const {flow, outcome, arrival} of await after('killed')) {
		t.is(outcome.kind, flow.protocol === 'icmp' ? 'open' : 'closed', renderFlow(flow));
		t.is(arrival, flow.protocol === 'icmp' ? 'open' : 'closed');
	}
});

packets(titled('without a route nothing is known, and the sender says why'), async t => {
	t.deepEqual(outcomes(await after('unrouted')), {
		'inconclusive: connect from unrouted-a: ENETUNREACH': 4,
		'inconclusive: sendto from unrouted-a: ENETUNREACH': 2,
	});
});

packets(titled('where the far end has no route back, only what needs no answer is known to have arrived'), async t => {
	for (const {flow, outcome} of await after('unreturned')) {
		t.is(outcome.kind, flow.protocol === 'udp' ? 'open' : 'inconclusive', renderFlow(flow));
	}
});

packets(titled('with IPv6 off in the sender, IPv6 is inconclusive and IPv4 as before'), async t => {
	for (const {flow, outcome} of await after('six')) {
		t.is(outcome.kind, flow.family === 6 ? 'inconclusive' : 'open', renderFlow(flow));
	}
});

for (const name of ['down', 'gone'] as const) {
	packets(titled(`a far end whose link is ${name} is inconclusive, never contained`), async t => {
		const evidence = await after(name);
		t.is(evidence.length, 6);
		t.deepEqual([...new Set(evidence.map(({outcome}) => outcome.kind))], ['inconclusive']);
	});
}
