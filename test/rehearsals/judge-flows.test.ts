import test from 'ava';
import {judge} from '../../rehearsals/judge.ts';
import {closed, denied, open, unsure} from '../builders/evidence.ts';
import {flow} from '../builders/flow.ts';
import {allows, candidate, denies} from '../builders/measuring.ts';
import {policies} from '../builders/policy.ts';
import {accepting, column, everythingLost, flatColumn, flowTest, input, it, keyed, run} from './judging.ts';

for (const [title, action, verdict, seen, control, held] of [
	['a deny that model and packet agree on', 'deny', denies(), denied(it), open(it), true],
	['a deny of a closed port', 'deny', denies(), denied(it), closed(it), true],
	['a deny that the packet did not follow', 'deny', denies(), open(it), open(it), false],
	['a deny that only the model refuses', 'deny', allows(), denied(it), open(it), false],
	['a deny that could not have failed', 'deny', denies(), denied(it), unsure(it), null],
	['a deny without a witness', 'deny', denies(), unsure(it), open(it), null],
	[
		'a deny that a service accepted though a log is missing',
		'deny',
		denies(),
		{...unsure(it), arrival: 'open'},
		open(it),
		false,
	],
	['a deny that no packet tried', 'deny', denies(), denied(flow('api.prod', 'queue.prod:5672')), open(it), null],
	['an allow that arrived', 'allow', allows(), open(it), open(it), true],
	['an allow that the kernel denied', 'allow', allows(), denied(it), open(it), false],
	['an allow without a witness', 'allow', allows(), unsure(it), open(it), null],
] as const)
	test(`${title}: ${held === null ? 'inconclusive' : held ? 'held' : 'failed'}`, t => {
		const columns = [
			flatColumn(everythingLost, [control]),
			column([run()], {evidence: keyed([seen]), verdict: () => verdict}),
		];
		t.is(judge(input(columns, {flows: [flowTest(action, [it])]})).expectations[0]?.held, held);
	});

test('one flow of several that fails decides, and is named', t => {
	const other = flow('deploy.ops', 'api.prod:22', 6);
	const seen = column([run()], {evidence: keyed([denied(it), open(other)])});
	const [row] = judge(
		input([flatColumn(everythingLost, [open(it), open(other)]), seen], {flows: [flowTest('deny', [it, other])]}),
	).expectations;
	t.is(row?.held, false);
	t.regex(row!.found, /IPv6/);
});

test('without packets a flow is judged by the model, and nothing is said of witnesses', t => {
	const {expectations} = judge(
		input([flatColumn(), column([run()], {evidence: new Map()})], {measured: 'model', flows: [flowTest('deny', [it])]}),
	);
	t.is(expectations[0]?.held, true);
	t.false(expectations.some(({what}) => what.includes('mismatches')));
});

for (const [title, until, seen, held] of [
	['still open', null, open(it), true],
	['still open on its last day', '2026-11-22', open(it), true],
	['past its date', '2026-11-21', open(it), false],
	['no longer open', null, denied(it), false],
	['nobody can say', null, unsure(it), null],
] as const)
	test(`accepted, and ${title}`, t => {
		const columns = [flatColumn(), column([run()], {evidence: keyed([seen])})];
		t.is(judge(input(columns, {accepted: [accepting(until)]})).expectations[0]?.held, held);
	});

test('what was accepted is true while one candidate has it open', t => {
	const columns = [
		flatColumn(),
		column([run()]),
		column([run()], {candidate: candidate('wide', policies({})), evidence: keyed([open(it)])}),
	];
	t.like(judge(input(columns, {accepted: [accepting(null)]})).expectations[0], {held: true, found: 'open under wide'});
});
