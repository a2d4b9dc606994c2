import test from 'ava';
import {runWords} from '../../cli/main.ts';
import type {SimulationReport} from '../../core/simulate/simulation-report.ts';
import {inTheModel} from '../catalog/rehearse.ts';
import {capturedIo} from './captured-io.ts';

async function simulated(...words: readonly string[]): Promise<SimulationReport> {
	const io = capturedIo();
	if ((await runWords(['simulate', ...words, '--format', 'json'], io)) !== 0) throw new Error(io.stderr);
	return JSON.parse(io.stdout) as SimulationReport;
}

test('the runs of the shop are those of rehearse --model-only, measure by measure', async t => {
	const {runs, schema, measured} = await simulated('shop');
	const {report} = await inTheModel('shop');
	const timeless = (list: typeof runs) =>
		list.map(run => ({...run, timeline: run.timeline.map(entry => ({...entry, atMs: 0}))}));
	t.deepEqual([schema, measured], ['firebreak/simulation/v1', 'model']);
	t.deepEqual(timeless(runs), timeless(JSON.parse(JSON.stringify(report.runs))));
});

test('from every foothold, the worst run is the worst of the distribution, with its path', async t => {
	const {runs, simulations, footholds} = await simulated('shop', '--foothold', 'every', '--scenario', 'ransomware');
	t.is(runs.length, 4);
	for (const run of runs) {
		const {distribution} = simulations.find(({candidate}) => candidate === run.candidate)!;
		t.is(distribution?.worst, run.containment.compromised, run.candidate);
		t.is(distribution?.worstFootholds[0]?.kind, run.foothold);
		t.deepEqual(run.footholds, {count: 21, median: distribution!.median});
		t.is(run.containment.stillLost.length, run.containment.compromised);
		t.is(footholds.filter(({candidate}) => candidate === run.candidate).length, 21);
	}
});

test('choke points and changes stand with what they break, and patching breaks nothing', async t => {
	const {simulations} = await simulated('shop', '--candidate', 'zones', '--scenario', 'ransomware');
	const [flat, zones] = simulations;
	t.is(flat?.chokePoints, null);
	t.like(zones?.chokePoints?.workloads, {kind: 'smallest', atLeast: 1});
	t.is(zones?.chokePoints?.workloads.elements[0]?.name, 'deploy.ops');
	t.like(zones?.chokePoints?.rules.elements[0], {
		rule: {name: 'ops releases to production', where: 'zones.policy.yaml:12'},
	});
	t.is(zones?.chokePoints?.rules.breaks.length, 3);
	const patch = zones?.changes?.find(({change, what}) => change === 'patch' && what === 'deploy.ops:http');
	t.deepEqual([patch?.before.jewelFootholds, patch?.after.jewelFootholds, patch?.breaks], [1, 0, []]);
});

test('a probability is repeated by its seed, and 1 is the answer without one', async t => {
	const words = ['shop', '--scenario', 'ransomware', '--runs', '50'];
	const some = await simulated(...words, '--exploit-probability', '0.3', '--seed', '7');
	t.deepEqual(some.simulations, (await simulated(...words, '--exploit-probability', '0.3', '--seed', '7')).simulations);
	const sure = await simulated(...words, '--exploit-probability', '1');
	t.deepEqual(
		sure.simulations.map(({probability}) => probability?.compromised.mean),
		sure.runs.map(({containment}) => containment.compromised),
	);
});

test('text says first that nothing was measured, and pairs every block with what breaks', async t => {
	const io = capturedIo();
	t.is(
		await runWords(['simulate', 'shop', '--foothold', 'every', '--exploit-probability', '0.5', '--runs', '20'], io),
		0,
	);
	t.regex(io.stdout, /^ {2}NOTHING WAS MEASURED/);
	t.is(io.stdout.match(/^ {2}dependencies broken/gm)?.length, 5);
	t.regex(io.stdout, /computed for 25 workloads: the table by the attacker itself/);
	t.true(io.stdout.split('\n').every(line => line.length <= 160));
});

test('ndjson has a line a foothold, a simulation and a run', async t => {
	const io = capturedIo();
	t.is(await runWords(['simulate', 'two-tier', '--foothold', 'every', '--format', 'ndjson'], io), 0);
	const events = io.stdout
		.trimEnd()
		.split('\n')
		.map(line => (JSON.parse(line) as {event: string}).event);
	t.deepEqual(
		Object.fromEntries(
			Object.entries(Object.groupBy(events, event => event)).map(([event, all]) => [event, all!.length]),
		),
		{
			foothold: 10,
			simulation: 2,
			run: 2,
		},
	);
});

for (const [words, says] of [
	[['--foothold', 'wikki.dev'], /^--foothold:1:1: no workload is named wikki\.dev \(did you mean wiki\.dev\?\)/],
	[['--exploit-probability', '1.5'], /^--exploit-probability:1:1: 1\.5 is not a probability/],
	[['--exploit-probability', '0.5', '--runs', '0'], /^--runs:1:1: 0 is not a number of runs/],
	[['--runs', '10'], /^--runs:1:1: without a probability every run is the same/],
	[['--seed', 'x'], /^--seed:1:1: what stands there is not a whole number/],
	[['--candidate', 'segmentd'], /^--candidate:1:1: there is no candidate segmentd/],
] as const)
	test(`simulate ${words.join(' ')} is wrong input, told on stderr`, async t => {
		const io = capturedIo();
		t.is(await runWords(['simulate', 'shop', ...words], io), 2);
		t.is(io.stdout, '');
		t.regex(io.stderr, says);
	});

test('an interruption ends it with 130 and no result', async t => {
	const controller = new AbortController();
	controller.abort();
	const io = capturedIo(controller.signal);
	t.is(await runWords(['simulate', 'shop', '--foothold', 'every'], io), 130);
	t.is(io.stdout, '');
});
