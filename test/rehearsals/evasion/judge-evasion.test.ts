// What counts as an escape, beside what only looks like one.
import test from 'ava';
import type {AttackRun} from '../../../core/contracts/attack-run.ts';
import type {ActionResult} from '../../../core/contracts/event.ts';
import type {Evidence} from '../../../core/contracts/evidence.ts';
import type {TechniqueName} from '../../../core/model/scenario.ts';
import {createEvaluator} from '../../../core/policy/evaluate.ts';
import {ruleById} from '../../../core/policy/rule-index.ts';
import {evasions} from '../../../rehearsals/evasion/evasions.ts';
import {judgeEvasion} from '../../../rehearsals/evasion/judge-evasion.ts';
import {denied, open} from '../../builders/evidence.ts';
import {flow} from '../../builders/flow.ts';
import {allow, policies} from '../../builders/policy.ts';
import {topology} from '../../builders/topology.ts';

const lab = topology({wiki: {}, web: {}, db: {services: ['postgres:5432']}});
const stack = policies({rules: [allow('web reads db', {from: {workload: 'web'}, to: {workload: 'db'}})]});
const {verdict} = createEvaluator(lab, stack);

function run(technique: TechniqueName, result: ActionResult, evidence: readonly Evidence[], falls = 1): AttackRun {
	const record = {
		...{action: 1, atMs: 0, technique, attack: 'T1', from: 'wiki', to: 'db', protocol: 'tcp', port: 5432},
		...{result, probes: 1, answers: {}, compromised: null, pivot: false, detail: 'what came of it'},
	};
	const fall = {action: 0, from: null, hops: 0, pivot: true, technique: null, protocol: null, port: null};
	return {
		...{foothold: 'wiki', seed: 1, ended: 'exhausted', labSeconds: null},
		timeline: [record],
		falls: Array.from({length: falls}, (_, at) => ({...fall, workload: `w${at}`})),
		evidence: [{action: 1, evidence}],
	};
}

const judged = (technique: TechniqueName, flat: AttackRun, under: AttackRun) =>
	judgeEvasion({
		evasion: evasions.find(one => one.technique === technique)!,
		topology: lab,
		flat,
		run: under,
		verdict: one => verdict(one, 'host'),
		rules: ruleById(stack),
	}).result;

const straight = flow('wiki', 'db:5432');
const asWeb = flow('web', 'db:5432');

test('a packet that arrives with another’s address escaped where its sender may not go there', t => {
	const flat = run('spoof-source', 'success', [open(asWeb)]);
	t.is(judged('spoof-source', flat, flat), 'escaped');
	t.is(judged('spoof-source', flat, run('spoof-source', 'denied', [denied(asWeb)])), 'contained');
});

test('what the policy allows is no escape, and its denial elsewhere no containment', t => {
	const allowed = run('source-port', 'success', [open(asWeb)]);
	const own = {...allowed, timeline: allowed.timeline.map(one => ({...one, from: 'web'}))};
	t.is(judged('source-port', own, own), 'not-applicable');
});

test('what works nowhere proves nothing, and what nobody saw is not contained', t => {
	const flat = run('fragment', 'success', [open(straight)]);
	t.is(
		judged('fragment', run('fragment', 'failure', []), run('fragment', 'denied', [denied(straight)])),
		'not-applicable',
	);
	t.is(judged('fragment', flat, run('fragment', 'inconclusive', [])), 'not-applicable');
	t.is(judged('fragment', flat, run('fragment', 'denied', [denied(straight)])), 'contained');
});

test('a tunnel that works escaped though every packet of it is allowed, and no policy is no control of it', t => {
	const nothing = run('discover-hosts', 'success', [], 3);
	t.is(judged('tunnel', nothing, run('tunnel', 'success', [open(asWeb)], 2)), 'escaped');
	t.is(judged('tunnel', nothing, run('tunnel', 'denied', [denied(asWeb)], 2)), 'contained');
	t.is(judged('tunnel', nothing, run('discover-hosts', 'denied', [], 1)), 'contained');
	t.is(judged('tunnel', nothing, run('discover-hosts', 'success', [], 2)), 'not-applicable');
});

test('data that got out escaped', t => {
	const flat = run('exfiltrate', 'success', []);
	t.is(judged('exfiltrate', flat, flat), 'escaped');
	t.is(judged('exfiltrate', flat, run('exfiltrate', 'denied', [])), 'contained');
});
