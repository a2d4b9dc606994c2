import test from 'ava';
import {unshared, whyNoPackets} from '../builders/unshared.ts';

interface Entry {
	readonly family: number;
	readonly protocol: string;
	readonly state: string | null;
	readonly answered: boolean;
	readonly traffic: {readonly packets: number; readonly bytes: number} | null;
	readonly from: {readonly address: string; readonly port: number};
	readonly to: {readonly address: string; readonly port: number};
}
interface Found {
	readonly before: readonly Entry[];
	readonly during: readonly Entry[];
	readonly after: readonly Entry[];
	readonly crowded: number;
}
const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const found = reason === null ? unshared<Found>('kernel/fixtures/conntrack.ts') : undefined;

packets(
	titled('open connections of both families are told with ends, state and bytes, where these are counted'),
	async t => {
		const {before, during} = await found!;
		t.deepEqual(before, []);
		const tcp = during.filter(({protocol}) => protocol === 'tcp');
		t.deepEqual(
			tcp
				.map(({family, state, answered, to, from}) => [family, state, answered, to.port, from.address, to.address])
				.sort(),
			[
				[4, 'established', true, 7001, '127.0.0.1', '127.0.0.1'],
				[4, 'established', true, 7001, '127.0.0.1', '127.0.0.1'],
				[6, 'established', true, 7001, '::1', '::1'],
			],
		);
		const counted = tcp.filter(({traffic}) => traffic !== null);
		t.is(counted.length, 2, 'the first began before packets were counted');
		for (const {traffic} of counted) t.true(traffic!.bytes > 2000 && traffic!.packets >= 5, JSON.stringify(traffic));
	},
);

packets(titled('a datagram that nobody answers is told as unanswered'), async t => {
	const {during} = await found!;
	const udp = during.filter(({protocol}) => protocol === 'udp');
	t.deepEqual(
		udp.map(({state, answered, from, to}) => [state, answered, from.port, to.port]),
		[[null, false, 7002, 7003]],
	);
});

packets(titled('connections that ended are not established any more, and a dump of many loses none'), async t => {
	const {after, crowded} = await found!;
	t.is(after.filter(({state}) => state === 'established').length, 1);
	t.is(crowded, 401);
});
