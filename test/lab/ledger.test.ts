// The ledger of an engine, by packets: what is traffic, what is not, and what is known when logs are lost.
import test from 'ava';
import {unshared, whyNoPackets} from '../builders/unshared.ts';

interface Row {
	readonly flow: string;
	readonly verdict: string;
	readonly count: number;
	readonly open: {readonly connections: number; readonly packets: number} | null;
	readonly inForce: string | null;
	readonly family: number;
}
interface Found {
	readonly probed: readonly Row[];
	readonly business: readonly Row[];
	readonly talked: readonly (readonly [string, string])[];
	readonly unread: readonly Row[];
	readonly lost: number;
	readonly after: readonly Row[];
}
const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const found = reason === null ? unshared<Found>('lab/fixtures/ledger.ts') : undefined;

packets(titled('probes are no traffic, also those without an outcome'), async t => {
	t.deepEqual((await found!).probed, []);
});

packets(titled('the business talks in both families, and each connection is counted once'), async t => {
	const {business, talked} = await found!;
	t.deepEqual(
		business
			.map(({flow, family, verdict, count, inForce}) => `${flow} ${family} ${verdict} ${count} ${inForce}`)
			.sort(),
		[
			'web db 5432/tcp 4 allow 1 flat',
			'web db 5432/tcp 6 allow 1 flat',
			'web log 514/udp 4 allow 1 flat',
			'web log 514/udp 6 allow 1 flat',
		],
	);
	t.true(talked.every(([, outcome]) => outcome === 'open'));
	t.is(talked.filter(([reply]) => reply === 'answered').length, 2, 'the datagrams; a plain listener hangs up');
});

packets(titled('lost logs are counted, and connections that are open are known without them'), async t => {
	const {unread, lost, after} = await found!;
	t.deepEqual(
		unread.map(({flow, inForce, open}) => [flow, inForce, open!.connections]),
		[['web db 5432/tcp', null, 300]],
	);
	t.true(lost > 0);
	t.is(
		after.reduce((sum, {open}) => sum + (open?.connections ?? 0), 0),
		300,
	);
	t.true(
		after.some(({inForce, count}) => inForce === 'flat' && count < 300),
		'some logs came through',
	);
	t.true(after.reduce((sum, {open}) => sum + (open?.packets ?? 0), 0) >= 600);
});
