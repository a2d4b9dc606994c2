import test from 'ava';
import {assumedWeak, assumptionsOf, limitsOf} from '../../core/measure/limits.ts';
import type {RunInput} from '../../core/measure/run-input.ts';
import {measureRun, worstOf} from '../../core/measure/run-report.ts';
import {attack} from '../builders/attack-run.ts';
import {denied, open} from '../builders/evidence.ts';
import {flow} from '../builders/flow.ts';
import {bothHosts, candidate, denies, need, needing, rules, scenario} from '../builders/measuring.ts';
import {policies} from '../builders/policy.ts';
import {topology} from '../builders/topology.ts';

const lab = needing(topology({web: {}, api: {services: ['http:80']}, db: {services: ['postgres:5432'], jewel: true}}), [
	need('web -> api:80'),
]);
const call = flow('web', 'api:80');
const controlRun = attack('web', ['web -> api:80', 'api -> db:5432']);
const input: RunInput = {
	topology: lab,
	candidate: candidate('strict', policies({})),
	scenario: scenario(),
	foothold: 'web',
	control: [open(call)],
	probed: [denied(call)],
	verdict: () => denies(),
	stands: () => bothHosts,
	rules,
	measured: 'packets',
	controlRun,
	run: attack('web'),
	modelRun: attack('web'),
};

test('a policy that contains everything by breaking everything says both', t => {
	const {containment, breakage, fidelity} = measureRun(input);
	t.deepEqual([containment.saved, containment.savable], [2, 2]);
	t.deepEqual([breakage.broken, breakage.dependencies], [1, 1]);
	t.is(fidelity.mismatches, 0);
});

test('kinds on which the attackers differ are counted among the mismatches', t => {
	t.is(measureRun({...input, modelRun: controlRun}).fidelity.mismatches, 2);
	t.is(measureRun({...input, modelRun: controlRun, measured: 'model'}).fidelity.mismatches, 0);
});

test('a stack that only observes is in observe mode, and no stack at all is not', t => {
	t.is(measureRun({...input, candidate: candidate('watching', policies({mode: 'observe'}))}).mode, 'observe');
	t.is(measureRun({...input, candidate: candidate('flat')}).mode, 'enforce');
});

test('the worst foothold is the one that loses most, then most jewels; the median stands beside it', t => {
	const of = (foothold: string, falls: readonly string[]) =>
		measureRun({...input, foothold, run: attack(foothold, falls)});
	const runs = worstOf([
		of('web', ['web -> api:80']),
		of('api', ['api -> db:5432']),
		of('db', []),
		{...of('db', []), scenario: 'another'},
	]);
	t.deepEqual(
		runs.map(({worst}) => worst),
		[false, true, false, true],
	);
	t.deepEqual(runs[0]?.footholds, {count: 3, median: 1});
	t.deepEqual(runs[3]?.footholds, {count: 1, median: 0});
});

test('the median of two is between them', t => {
	const runs = worstOf([measureRun(input), {...measureRun({...input, run: controlRun}), foothold: 'api'}]);
	t.is(runs[0]?.footholds.median, 1);
});

test('assumed weaknesses are an assumption where a scenario, or a topology whose scenario is silent, takes all as weak', t => {
	t.deepEqual(assumptionsOf(lab, [scenario()]), []);
	t.deepEqual(assumptionsOf(lab, [scenario({weak: {kind: 'all'}})]), [assumedWeak]);
	t.deepEqual(assumptionsOf({...lab, weakByDefault: 'all'}, [scenario()]), [assumedWeak]);
	t.deepEqual(assumptionsOf({...lab, weakByDefault: 'all'}, [scenario({weak: {kind: 'declared'}})]), []);
});

test('each candidate’s flows are in the conformance figure once, however many attackers it met', t => {
	const run = measureRun(input);
	const of = (...runs: Parameters<typeof limitsOf>[0]['runs']) =>
		limitsOf({measured: 'packets', assumptions: [], runs}).at(-1);
	t.regex(of(run, {...run, scenario: 'thief'})!, /agree on 1 of 1 flows/);
	t.regex(of(run, {...run, candidate: 'other'})!, /agree on 2 of 2 flows/);
});
