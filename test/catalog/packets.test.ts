// The ready rehearsals with packets, by the command line: what a newcomer types first.
import test from 'ava';
import type {RehearsalReport, TimelineEntry} from '../../core/contracts/report.ts';
import {whyNoPackets} from '../builders/unshared.ts';
import {claimed, outcomesOf} from './outcomes.ts';
import {byPackets, changedShop, inTheModel, type Rehearsed} from './rehearse.ts';

const reason = whyNoPackets();
const packets = reason === null ? test.serial : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const firstOf = new Map<string, Promise<Rehearsed>>();
const first = (name: string): Promise<Rehearsed> => {
	const run = firstOf.get(name) ?? byPackets(name);
	firstOf.set(name, run);
	return run;
};

for (const [name, outcomes] of Object.entries(claimed)) {
	packets(titled(`${name} comes out by packets as claimed, and passes`), async t => {
		const {report, exitCode} = await first(name);
		t.is(report.schema, 'firebreak/rehearsal/v1');
		t.is(report.measured, 'packets');
		t.deepEqual(outcomesOf(report), outcomes);
		t.deepEqual([report.passed, exitCode], [true, 0]);
	});

	packets(
		titled(`under every candidate of ${name} the witnesses agree on every flow, and none is inconclusive`),
		async t => {
			const {report} = await first(name);
			t.is(report.runs.length, outcomes.length);
			for (const {candidate, fidelity, outcomes: measured} of report.runs) {
				t.true(fidelity.checked > 100, candidate);
				t.deepEqual(
					[fidelity.mismatches, fidelity.flows, fidelity.attacker, measured.inconclusive, measured.inconclusiveFlows],
					[0, [], [], 0, []],
					candidate,
				);
				t.is(fidelity.checked, measured.checked);
			}
		},
	);

	packets(titled(`the attackers of ${name} do in the lab what they do in the model, action by action`), async t => {
		const {report} = await first(name);
		const {report: modelled} = await inTheModel(name);
		t.deepEqual(timelines(report), timelines(modelled));
		t.deepEqual(
			report.cuts,
			modelled.cuts.map(cut => ({...cut, measured: 'packets'})),
			'what a cut is worth',
		);
	});
}

packets(titled('two runs of the shop with the same seed have the same timeline but for times'), async t => {
	const again = await byPackets('shop', '--seed', '1');
	t.true(timelines(again.report).every(({actions}) => actions.length > 40));
	t.deepEqual(timelines(again.report), timelines((await first('shop')).report));
});

packets(titled('too-tight with none expected broken ends with 1, and names both dependencies by packets'), async t => {
	const folder = await changedShop(t, 'rehearsal.yaml', /broken:\n(\s+- .*\n)+/, 'broken: 0\n');
	const {report, exitCode} = await byPackets(folder, '--candidate', 'too-tight', '--scenario', 'thief');
	const failed = report.expectations.filter(({held}) => held !== true);
	t.deepEqual(
		failed.map(({what, found}) => `${what}: ${found}`),
		['too-tight · broken: 2 (web.test -> cache.test:6379/tcp, worker.prod -> queue.prod:5672/tcp)'],
	);
	t.deepEqual([report.passed, exitCode], [false, 1]);
});

/** Each run's actions without their times. */
const timelines = ({runs}: RehearsalReport): readonly {readonly run: string; readonly actions: readonly object[]}[] =>
	runs.map(({candidate, scenario, timeline}) => ({
		run: `${candidate} · ${scenario}`,
		actions: timeline.map(({atMs: _, ...action}: TimelineEntry) => action),
	}));
