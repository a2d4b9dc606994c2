// Logs to rows: what is one connection, how it was decided, and that memory is bounded.
import test from 'ava';
import {createLedger, type LoggedPacket} from '../../core/flows/ledger.ts';
import type {RuleRef} from '../../core/model/policy.ts';
import {addressOf} from '../builders/topology.ts';

type Word = LoggedPacket['log']['decision'];
const rules = new Map<string, RuleRef>(
	['p0.r0', 'p0.default'].map(id => [id, {id, name: `rule ${id}`, policy: 'p', tier: 'rules', where: null}]),
);

/** `web -> db:5432` from source port 40000, logged at the end that the direction says. */
function packet(
	direction: 'egress' | 'ingress',
	decision: Word,
	rule: string,
	rest: Partial<LoggedPacket> = {},
): LoggedPacket {
	return {
		log: {direction, decision, rule, placement: 'host'},
		source: {workload: 'web', address: addressOf('web', 4)},
		destination: {workload: 'db', address: addressOf('db', 4)},
		sourcePort: 40_000,
		family: 4,
		protocol: 'tcp',
		port: 5432,
		at: 1000,
		...rest,
	};
}

function ledger(limits?: Parameters<typeof createLedger>[1]) {
	const made = createLedger(0, limits);
	made.under('segmented', rules);
	return made;
}

test('both ends’ logs are one connection, with the rule of each', t => {
	const {hear, seen} = ledger();
	hear(packet('egress', 'allow', 'p0.r0'));
	hear(packet('ingress', 'allow', 'p0.default', {at: 1010}));
	const {rows} = seen();
	t.is(rows.length, 1);
	t.like(rows[0], {verdict: 'allow', would: null, count: 1, firstAt: 1000, lastAt: 1010, inForce: 'segmented'});
	t.deepEqual([rows[0]!.egress?.name, rows[0]!.ingress?.name], ['rule p0.r0', 'rule p0.default']);
});

test('a denied connection is one attempt, however often its packet is sent again, and another port is another', t => {
	const {hear, seen, hits} = ledger();
	for (const at of [0, 1000, 3000, 7000, 63_000]) {
		hear(packet('egress', 'allow', 'p0.r0', {at}));
		hear(packet('ingress', 'deny', 'p0.default', {at}));
	}
	hear(packet('egress', 'allow', 'p0.r0', {sourcePort: 40_001, at: 70_000}));
	hear(packet('ingress', 'deny', 'p0.default', {sourcePort: 40_001, at: 70_000}));
	t.deepEqual(
		seen().rows.map(({verdict, count, lastAt}) => [verdict, count, lastAt]),
		[['deny', 2, 70_000]],
	);
	t.is(hits.get('ingress p0.default'), 2);
});

test('what observing rules would do is a verdict of its own, in whatever order the logs are read', t => {
	for (const order of [0, 1]) {
		const {hear, seen} = ledger();
		const logs = [packet('egress', 'would-deny', 'p0.default'), packet('egress', 'allow', 'none')];
		for (const one of order === 0 ? logs : logs.toReversed()) hear(one);
		hear(packet('ingress', 'allow', 'none'));
		hear(packet('ingress', 'would-deny', 'p0.r0'));
		const {rows} = seen();
		t.is(rows.length, 1);
		t.like(rows[0], {verdict: 'allow', would: 'would-deny', count: 1});
		t.is(rows[0]!.wouldRule?.id, 'p0.default');
	}
});

test('beside rules in the fabric a host’s table says none, and what judges is what counts', t => {
	const logs = [
		packet('egress', 'allow', 'none'),
		packet('egress', 'allow', 'p0.r0'),
		packet('ingress', 'deny', 'p0.default'),
	];
	for (const order of [logs, logs.toReversed()]) {
		const {hear, seen, hits} = ledger();
		for (const one of order) hear(one);
		const {rows} = seen();
		t.is(rows.length, 1);
		t.like(rows[0], {verdict: 'deny', count: 1});
		t.deepEqual([rows[0]!.egress?.id, rows[0]!.ingress?.id], ['p0.r0', 'p0.default']);
		t.is(hits.get('egress none') ?? 0, 0);
	}
});

test('rows are named by the rules of their time: after another policy the same connection is another row', t => {
	const {hear, seen, under} = ledger();
	const kept = ledger();
	for (const one of [hear, kept.hear]) one(packet('egress', 'allow', 'p0.r0'));
	under('other', new Map([['p0.r0', {...rules.get('p0.r0')!, name: 'another'}]]));
	for (const one of [hear, kept.hear]) one(packet('egress', 'allow', 'p0.r0', {at: 2000}));
	t.deepEqual(
		seen().rows.map(({egress, inForce, count}) => [egress?.name, inForce, count]),
		[
			['rule p0.r0', 'segmented', 1],
			['another', 'other', 1],
		],
	);
	t.is(kept.seen().rows.length, 1);
});

test('packets of no connection start none', t => {
	const {hear, seen} = ledger();
	hear(packet('ingress', 'deny', 'fixed.invalid'));
	t.deepEqual(seen().rows, []);
});

test('rows and remembered connections are bounded, and what found no room is counted', t => {
	const {hear, seen} = ledger({rows: 10, connections: 50, rememberedMs: 130_000});
	for (let at = 0; at < 500; at++)
		hear(packet('egress', 'allow', 'p0.r0', {port: 1 + (at % 100), sourcePort: 1024 + at, at}));
	const {rows, uncounted} = seen();
	t.is(rows.length, 10);
	t.is(uncounted, 450);
	t.is(
		rows.reduce((sum, {count}) => sum + count, 0),
		50,
	);
});

test('reset empties it, and lost logs are told until then', t => {
	const {hear, lose, reset, seen, hits} = ledger();
	hear(packet('egress', 'allow', 'p0.r0'));
	lose();
	t.is(seen().lost, 1);
	t.is(hits.size, 1);
	reset(5000);
	t.deepEqual(seen(), {since: 5000, rows: [], uncounted: 0, lost: 0});
});
