import test from 'ava';
import {unshared, whyNoPackets} from '../builders/unshared.ts';

interface Ring {
	readonly few: readonly {
		readonly direction: string;
		readonly length: number;
		readonly kept: number;
		readonly at: number;
		readonly end: string;
	}[];
	readonly again: number;
	readonly quiet: number;
	readonly counted: {readonly received: number; readonly dropped: number};
	readonly between: readonly [number, number];
	readonly overrun: {readonly received: number; readonly dropped: number};
	readonly got: number;
	readonly afterwards: number;
	readonly afterDown: number;
}
const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const ring = reason === null ? unshared<Ring>('kernel/fixtures/packet-ring.ts') : undefined;

packets(
	titled('a ring sees each packet of its link once, with its way, its length, its time and its first bytes'),
	async t => {
		const {few, again, quiet, between} = await ring!;
		t.deepEqual(
			few.map(({direction, length, kept, end}) => [direction, length, kept, end]),
			[
				['out', 47, 47, 'xxxxx'],
				['in', 47, 47, 'xxxxx'],
				['out', 1042, 60, 'x'.repeat(18)],
				['in', 1042, 60, 'x'.repeat(18)],
			],
		);
		t.true(few.every(({at}) => at >= between[0] - 1 && at <= between[1]));
		t.is(again, 0);
		t.is(quiet, 0, 'another link’s packets are not its own');
	},
);

packets(
	titled('what finds no room is counted, and the ring goes on when there is room, and when its link was down'),
	async t => {
		const {counted, overrun, got, afterwards, afterDown} = await ring!;
		t.is(counted.dropped, 0);
		t.true(overrun.dropped > 100, JSON.stringify(overrun));
		t.is(overrun.received - overrun.dropped, got);
		t.is(afterwards, 2);
		t.is(afterDown, 2);
	},
);
