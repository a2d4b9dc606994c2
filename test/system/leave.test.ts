// Not one packet leaves: a rehearsal on a machine whose every route leads out, counted on the link that leads there.
import test from 'ava';
import {unshared, whyNoPackets} from '../builders/unshared.ts';

interface Counted {
	readonly sent: number;
	readonly received: number;
	readonly seenOutside: number;
}
interface Ended {
	readonly code: number | null;
	readonly out: string;
	readonly error: string;
}
interface Left {
	readonly idle: Counted;
	readonly control: Counted;
	readonly after: Counted;
	readonly afterShell: Counted;
	readonly afterLeaky: Counted;
	readonly rehearsed: Ended;
	readonly shelled: Ended;
	readonly leaky: Ended;
}
const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const left = reason === null ? unshared<Left>('system/fixtures/leave.ts') : undefined;

packets(titled('a datagram that leaves is counted at both ends, in each family'), async t => {
	const {idle, control} = await left!;
	t.deepEqual(idle, {sent: 0, received: 0, seenOutside: 0});
	t.deepEqual(control, {sent: 2, received: 0, seenOutside: 2});
});

packets(titled('no packet leaves while a whole rehearsal is sent, attacked and measured'), async t => {
	const {control, after, rehearsed} = await left!;
	t.is(rehearsed.code, 0, rehearsed.error);
	const {runs} = JSON.parse(rehearsed.out) as {
		readonly runs: readonly {readonly fidelity: {readonly checked: number}}[];
	};
	t.true(runs.length > 1 && runs.every(({fidelity}) => fidelity.checked > 100), 'there were packets that could leave');
	t.deepEqual(after, control);
});

packets(
	titled('no packet leaves while root of a workload, without rules, sends to addresses outside and to this machine’s'),
	async t => {
		const {after, afterShell, shelled} = await left!;
		t.is(shelled.code, 0, shelled.error);
		t.is(shelled.out, 'tried\n');
		t.deepEqual(afterShell, after);
	},
);

packets(
	titled('an engine that is not shut in sees the way out, refuses with exit 3, and sends nothing there'),
	async t => {
		const {after, afterLeaky, leaky} = await left!;
		t.is(leaky.code, 3, leaky.error);
		t.regex(leaky.error, /the lab is not closed: .*out0/);
		t.is(leaky.out, '');
		t.deepEqual(afterLeaky, after);
	},
);
