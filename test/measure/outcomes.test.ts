import test from 'ava';
import {attackerFidelity, flowFidelity} from '../../core/measure/fidelity.ts';
import {kindsOf} from '../../core/measure/kinds.ts';
import {outcomeOf, outcomes} from '../../core/measure/outcomes.ts';
import {attack} from '../builders/attack-run.ts';
import {closed, denied, open, unsure} from '../builders/evidence.ts';
import {flow} from '../builders/flow.ts';
import {allows, bothHosts, denies, rules} from '../builders/measuring.ts';
import {topology} from '../builders/topology.ts';

const it = flow('web', 'db:5432');
const half = {...unsure(it, 'the accept was not logged'), arrival: 'open' as const};

for (const [title, evidence, control, verdict, expected] of [
	['allowed and arrived', open(it, 'p0.r1'), open(it), allows('p0.r1'), 'permitted'],
	['allowed, and the port is closed', closed(it, 'p0.r1'), closed(it), allows('p0.r1'), 'permitted'],
	['denied as wanted', denied(it), open(it), denies(), 'rejected'],
	[
		'a deny of a closed port counts: the packet arrived there with no policy',
		denied(it),
		closed(it),
		denies(),
		'rejected',
	],
	['a denial whose control did not arrive shows nothing', denied(it), unsure(it), denies(), 'inconclusive'],
	['a denial that was never tried without a policy shows nothing', denied(it), undefined, denies(), 'inconclusive'],
	['arrived against the policy', open(it, 'p0.r1'), open(it), denies(), 'escaped'],
	['reached a closed port against the policy', closed(it, 'p0.r1'), closed(it), denies(), 'escaped'],
	['a service accepted, whatever log is missing', half, open(it), denies(), 'escaped'],
	['a missing log is no permission', half, open(it), allows('p0.r1'), 'inconclusive'],
	['denied against the policy', denied(it), open(it), allows('p0.r1'), 'misdropped'],
	['denied against the policy, with or without a control', denied(it), unsure(it), allows('p0.r1'), 'misdropped'],
	['silence', unsure(it), open(it), denies(), 'inconclusive'],
] as const)
	test(`${title}: ${expected}`, t => t.is(outcomeOf(evidence, control, verdict).kind, expected));

test('an inconclusive denial says why its control did not arrive', t => {
	const found = outcomes({
		control: [unsure(it, 'connection tracking is full')],
		probed: [denied(it)],
		verdict: () => denies(),
	});
	t.like(found, {checked: 1, inconclusive: 1, rejected: 0});
	t.regex(found.inconclusiveFlows[0]!.reason, /connection tracking is full/);
});

test('what only observes is counted beside, and the flow is still permitted', t => {
	const verdict = {...allows('p0.r1'), asIf: {...denies('p0.g1').asIf}};
	t.like(outcomes({control: [open(it)], probed: [open(it, 'p0.r1')], verdict: () => verdict}), {
		permitted: 1,
		wouldDeny: 1,
		wouldAllow: 0,
	});
});

const observed = {
	...open(it, 'p0.r1'),
	logs: [
		...open(it, 'p0.r1').logs.slice(0, 1),
		{direction: 'egress', decision: 'would-deny', rule: 'p0.g1', placement: 'host'},
		...open(it, 'p0.r1').logs.slice(1),
	],
} as const;
const observing = {...allows('p0.r1'), asIf: {...denies('p0.g1').asIf}};

for (const [title, evidence, control, verdict, expected] of [
	['all say the same', open(it, 'p0.r1'), open(it), allows('p0.r1'), [1, 0]],
	['the verdict is right and the rule is not', open(it, 'p0.r2'), open(it), allows('p0.r1'), [1, 1]],
	[
		'the receiver’s rule is right and the sender’s is not',
		open(it, 'p0.r1', 'p0.r2'),
		open(it),
		allows('p0.r1'),
		[1, 1],
	],
	['denied by another rule', denied(it, 'p0.g1'), open(it), denies(), [1, 1]],
	['denied by the right rule at the wrong end', denied(it, 'p0.default', 'ingress'), open(it), denies(), [1, 1]],
	['inconclusive flows are not checked', unsure(it), open(it), denies(), [0, 0]],
	['a denial that could not have failed is not agreement', denied(it), unsure(it), denies(), [0, 0]],
	['but it is disagreement where it names another rule', denied(it, 'p0.g1'), unsure(it), denies(), [1, 1]],
	['an escape is a mismatch even where a log is missing', half, open(it), denies(), [1, 1]],
	['an observation that the kernel logged', observed, open(it), observing, [1, 0]],
	['an observation that the kernel did not log', open(it, 'p0.r1'), open(it), observing, [1, 1]],
	['an observation that the model knows nothing of', observed, open(it), allows('p0.r1'), [1, 1]],
] as const)
	test(`fidelity: ${title}`, t => {
		const found = flowFidelity({
			measured: 'packets',
			stands: () => bothHosts,
			rules,
			control: control === undefined ? [] : [control],
			probed: [evidence],
			verdict: () => verdict,
		});
		t.deepEqual([found.checked, found.mismatches], [...expected]);
	});

test('an end without an enforcer agrees by a log of none, and not by a log of a rule', t => {
	const verdict = {...allows('p0.r1'), egress: null};
	const of = (egress: string) =>
		flowFidelity({
			measured: 'packets',
			stands: () => bothHosts.map(stand => ({...stand, judges: stand.direction === 'ingress'})),
			rules,
			control: [open(it)],
			probed: [open(it, 'p0.r1', egress)],
			verdict: () => verdict,
		}).mismatches;
	t.deepEqual([of('none'), of('p0.r2')], [0, 1]);
});

test('a model that was asked alone agrees with nobody', t => {
	const found = flowFidelity({
		measured: 'model',
		stands: () => bothHosts,
		rules,
		control: [open(it)],
		probed: [open(it)],
		verdict: () => allows(),
	});
	t.is(found.checked, 0);
});

test('a mismatch says what each witness said', t => {
	const [row] = flowFidelity({
		measured: 'packets',
		stands: () => bothHosts,
		rules,
		control: [open(it)],
		probed: [open(it, 'p0.r1')],
		verdict: () => denies(),
	}).flows;
	t.deepEqual(row, {
		flow: 'web -> db:5432/tcp',
		model: 'egress deny by "default"',
		kernel: 'egress allow by "rule p0.r1", ingress allow by "rule p0.r1"',
		farEnd: 'arrived, accepted',
	});
});

const kinds = kindsOf(topology({web: {}, api: {}, db: {}}));
const none = attack('web');
const api = attack('web', ['web -> api:80']);

for (const [title, runs, expected] of [
	['the same losses', {run: api, modelRun: api, controlRun: api}, []],
	[
		'the lab loses more than the model',
		{run: api, modelRun: none, controlRun: api},
		['api: lost in the lab, not in the model'],
	],
	[
		'the model loses more than the lab',
		{run: none, modelRun: api, controlRun: api},
		['api: lost in the model, not in the lab'],
	],
	['a limit ended the lab’s attacker early', {run: {...none, ended: 'limit'}, modelRun: api, controlRun: api}, []],
	[
		'more is lost under the policy than without: C \\ C₀ is not empty',
		{run: api, modelRun: api, controlRun: none},
		['api: lost under the policy, not without one'],
	],
	[
		'a control that stopped at its goal did not try everything',
		{run: api, modelRun: api, controlRun: {...none, ended: 'goal'}},
		[],
	],
	['no model was asked', {run: api, modelRun: null, controlRun: api}, []],
] as const)
	test(`attackers: ${title}`, t => t.deepEqual(attackerFidelity(kinds, runs), [...expected]));
