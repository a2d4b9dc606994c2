import test from 'ava';
import {judge} from '../../rehearsals/judge.ts';
import {allows, candidate, need, needing} from '../builders/measuring.ts';
import {policies} from '../builders/policy.ts';
import {
	atMost,
	column,
	everythingLost,
	exit,
	expects,
	flatColumn,
	flowTest,
	input,
	it,
	lab,
	limited,
	littleKnown,
	oneBroken,
	type Parts,
	queue,
	run,
	zero,
} from './judging.ts';

test('a failure outranks a doubt, and a doubt a pass', t => {
	const broken = expects('broken', zero);
	t.is(exit([flatColumn(), column([run()])], {expectations: [broken]}), 0);
	t.is(exit([flatColumn(), column([run(littleKnown)])], {expectations: [broken]}), 4);
	t.is(exit([flatColumn(), column([run(littleKnown)])], {expectations: [broken, expects('compromised', zero)]}), 1);
});

for (const [title, parts, exitCode] of [
	['all is known', {}, 0],
	['callers are known for under half of the services', littleKnown, 4],
	['a limit ended the run', limited, 4],
	['there was nothing to contain', {containment: {saved: null, savable: 0, savedReason: 'nothing to contain'}}, 4],
	['a flow is inconclusive', {outcomes: {inconclusive: 1}}, 4],
	['a witness disagrees', {fidelity: {mismatches: 1}}, 1],
	['a dependency is broken, and nobody said that none may be', oneBroken, 0],
] as const satisfies readonly (readonly [string, Parts, number])[])
	test(`nothing is expected and ${title}: exit ${exitCode}`, t =>
		t.is(exit([flatColumn(), column([run(parts)])]), exitCode));

test('a bound on inconclusive flows stands in for the doubt', t => {
	const columns = [flatColumn(), column([run({outcomes: {inconclusive: 1}})])];
	t.is(exit(columns, {expectations: [expects('inconclusive', atMost(1))]}), 0);
	t.is(exit(columns, {expectations: [expects('inconclusive', zero)]}), 1);
});

test('a mismatch in the control fails too', t => {
	t.is(exit([flatColumn({...everythingLost, fidelity: {mismatches: 1}}), column([run()])]), 1);
});

for (const [title, dependency, parts, held] of [
	['works', {}, {}, true],
	['is broken, whatever the file expects', {}, oneBroken, false],
	['could not be tried', {}, {breakage: {untestable: [queue.dependency]}}, null],
	['is dangling', {dangling: true}, {}, null],
] as const satisfies readonly (readonly [string, object, Parts, boolean | null])[])
	test(`a vital dependency that ${title}`, t => {
		const vital = needing(lab, [need('worker.prod -> queue.prod:5672', {vital: true, ...dependency})]);
		const {expectations} = judge(
			input([flatColumn(), column([run(parts)])], {topology: vital, expectations: [expects('broken', atMost(9))]}),
		);
		t.is(expectations.find(({what}) => what.includes('vital'))?.held, held);
	});

test('today is a column and not put to the test: its breakage and its leaks fail nothing', t => {
	const today = column([run({...oneBroken, ...littleKnown})], {
		candidate: candidate('today', policies({}), {today: true}),
		verdict: () => allows(),
	});
	t.is(exit([flatColumn(), today, column([run()])], {flows: [flowTest('deny', [it])]}), 0);
});
