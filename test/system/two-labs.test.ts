// Two labs at once do not meet: each has the outcome that it has alone.
import test from 'ava';
import {whyNoPackets} from '../builders/unshared.ts';
import {firebreak, starter} from './firebreak.ts';

const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const words = ['rehearse', starter, '--seed', '7', '--format', 'json'];

const alone = reason === null ? firebreak(words) : undefined;

/** The report without what a clock says, and what whoever commits meanwhile changes. */
const timeless = (report: string): unknown =>
	JSON.parse(report, (key, value) => (['atMs', 'labSeconds', 'latencies', 'revision'].includes(key) ? null : value));

packets(titled('two rehearsals at once give the report of one alone, but for times'), async t => {
	t.timeout(90_000);
	const single = await alone!;
	t.is(single.code, 0, single.error);
	const both = await Promise.all([firebreak(words), firebreak(words)]);
	for (const {code, out, error} of both) {
		t.is(code, 0, error);
		t.deepEqual(timeless(out), timeless(single.out));
	}
});

packets(titled('the report of one alone is of packets, and says what is true of the starter'), async t => {
	const {out, error} = await alone!;
	const {measured, passed, runs} = JSON.parse(out) as {
		readonly measured: string;
		readonly passed: boolean;
		readonly runs: readonly {
			readonly candidate: string;
			readonly containment: {readonly jewelsReached: number};
			readonly breakage: {readonly broken: number};
			readonly fidelity: {readonly checked: number; readonly mismatches: number};
			readonly outcomes: {readonly inconclusive: number};
		}[];
	};
	t.is(measured, 'packets', error);
	t.true(passed);
	t.deepEqual(
		runs.map(({candidate, containment, breakage}) => [candidate, containment.jewelsReached, breakage.broken]),
		[
			['flat', 1, 0],
			['segmented', 0, 0],
		],
	);
	for (const {fidelity, outcomes} of runs) {
		t.true(fidelity.checked > 100);
		t.is(fidelity.mismatches, 0);
		t.is(outcomes.inconclusive, 0);
	}
});
