import test from 'ava';
import type {Evidence} from '../../core/contracts/evidence.ts';
import type {RunReport} from '../../core/contracts/report.ts';
import {type Flow, flowKey} from '../../core/model/flow.ts';
import type {Accepted, Bound, Expectation, FlowTest, Rehearsal} from '../../core/model/rehearsal.ts';
import type {Column, JudgeInput} from '../../rehearsals/column.ts';
import {judge} from '../../rehearsals/judge.ts';
import {closed, denied, open, unsure} from '../builders/evidence.ts';
import {flow} from '../builders/flow.ts';
import {allows, candidate, denies, need, needing, scenario} from '../builders/measuring.ts';
import {place} from '../builders/place.ts';
import {policies} from '../builders/policy.ts';
import {topology} from '../builders/topology.ts';
import {sampleRun} from '../cli/report/sample-report.ts';

const lab = needing(
	topology({
		'worker.prod': {},
		'queue.prod': {services: ['amqp:5672']},
		'deploy.ops': {},
		'api.prod': {services: ['ssh:22']},
	}),
	[need('worker.prod -> queue.prod:5672')],
);

const it = flow('deploy.ops', 'api.prod:22');
const keyed = (evidence: readonly Evidence[]) => new Map(evidence.map(each => [flowKey(each.flow), each]));
const sample = sampleRun({candidate: 'segmented'});

type Parts = {readonly [Part in 'containment' | 'breakage' | 'outcomes' | 'fidelity']?: Partial<RunReport[Part]>};

const run = (parts: Parts = {}, rest: Partial<RunReport> = {}): RunReport => ({
	...sample,
	...rest,
	containment: {...sample.containment, ...parts.containment},
	breakage: {...sample.breakage, ...parts.breakage},
	outcomes: {...sample.outcomes, ...parts.outcomes},
	fidelity: {...sample.fidelity, ...parts.fidelity},
});

const everythingLost: Parts = {
	containment: {
		compromised: 19,
		saved: null,
		savable: null,
		savedReason: 'the control',
		jewelsReached: 2,
		byEnvironment: {prod: {compromised: 7, others: 7, jewels: 2}, dev: {compromised: 5, others: 6, jewels: 0}},
	},
};
const flatColumn = (parts: Parts = everythingLost, evidence: readonly Evidence[] = [open(it)]): Column => ({
	candidate: candidate('flat'),
	runs: [run(parts, {candidate: 'flat'})],
	evidence: keyed(evidence),
	verdict: () => allows(),
});

const column = (runs: readonly RunReport[], rest: Partial<Column> = {}): Column => ({
	candidate: candidate('segmented', policies({})),
	runs,
	evidence: keyed([denied(it)]),
	verdict: () => denies(),
	...rest,
});

const zero: Bound = {kind: 'compare', operator: '=', value: 0, percent: false};
const atMost = (value: number): Bound => ({kind: 'compare', operator: '<=', value, percent: false});
const atLeast = (value: number, percent = false): Bound => ({kind: 'compare', operator: '>=', value, percent});
const exactly = (...names: readonly string[]): Bound => ({kind: 'exactly', names});

const expects = (measure: string, bound: Bound, rest: Partial<Expectation> = {}): Expectation => ({
	candidate: 'segmented',
	scenario: null,
	measure,
	environment: null,
	bound,
	text: measure,
	where: place('rehearsal.yaml', 9),
	...rest,
});

const input = (
	columns: readonly Column[],
	{
		measured = 'packets',
		now = '2026-11-22T10:00:00Z',
		...rest
	}: Partial<Rehearsal> & Partial<Pick<JudgeInput, 'measured' | 'now'>> = {},
): JudgeInput => ({
	rehearsal: {
		name: 'shop',
		folder: '/shop',
		topology: lab,
		candidates: columns.map(each => each.candidate),
		scenarios: [scenario()],
		expectations: [],
		flows: [],
		accepted: [],
		inputs: [],
		...rest,
	},
	columns,
	measured,
	now,
});

const queue = {
	dependency: 'worker.prod -> queue.prod:5672/tcp',
	failing: 1,
	of: 1,
	rule: null,
	source: 'declared',
	vital: false,
} as const;
const oneBroken: Parts = {breakage: {broken: 1, flows: [queue]}};
const littleKnown: Parts = {breakage: {coverage: {...sample.breakage.coverage, covered: 10, share: 10 / 37}}};
const limited: Parts = {
	containment: {ended: 'limit', saved: null, savable: null, savedReason: 'a limit ended the run'},
};
const nothingLost: Parts = {
	containment: {compromised: 0, jewelsReached: 0, byEnvironment: {}, savedReason: 'the control', saved: null},
};
const goal: Parts = {containment: {savedReason: 'goal-directed', saved: null, savable: null}};

for (const [title, expectation, parts, held, control] of [
	['a ceiling that holds', expects('compromised', atMost(3)), {}, true],
	['a ceiling that does not', expects('compromised', zero), {}, false],
	['of one environment', expects('compromised', zero, {environment: 'prod'}), {}, true],
	['of one environment, where it is broken', expects('compromised', zero, {environment: 'dev'}), {}, false],
	['a percentage is of its own whole', expects('saved', atLeast(0.94, true)), {}, true],
	['a percentage that is missed', expects('saved', atLeast(0.95, true)), {}, false],
	['nothing broken', expects('broken', zero), {}, true],
	['nothing broken where hardly anything is known', expects('broken', zero), littleKnown, null],
	['an exact list where hardly anything is known', expects('broken', exactly()), littleKnown, null],
	[
		'something broken is broken however little is known',
		expects('broken', zero),
		{breakage: {...littleKnown.breakage, ...oneBroken.breakage}},
		false,
	],
	['exactly these', expects('broken', exactly('worker.prod -> queue.prod:5672/tcp')), oneBroken, true],
	[
		'exactly these, as pasted from a report and by the service’s name',
		expects('broken', exactly('worker.prod ▸ queue.prod:amqp')),
		oneBroken,
		true,
	],
	[
		'exactly these, and another is broken',
		expects('broken', exactly('worker.prod -> queue.prod:80/tcp')),
		oneBroken,
		false,
	],
	['exactly none, and one is broken', expects('broken', exactly()), oneBroken, false],
	[
		'what an importer assumed is not counted',
		expects('broken', exactly()),
		{breakage: {flows: [{...queue, source: 'assumed'}]}},
		true,
	],
	['few losses in a run that a limit ended', expects('compromised', atMost(3)), limited, null],
	['many losses in a run that a limit ended are many all the same', expects('compromised', zero), limited, false],
	['saved, where a limit ended the run', expects('saved', atLeast(1)), limited, null],
	['a jewel that never fell fell late', expects('actionsToFirstJewel', atLeast(20)), {}, true],
	['a jewel that has not fallen yet', expects('actionsToFirstJewel', atLeast(20)), limited, null],
	[
		'never denied is not denied early',
		expects('firstDeniedAction', atMost(5)),
		{containment: {firstDeniedAction: null}},
		false,
	],
	[
		'no losses, where none are lost with no policy either',
		expects('compromised', atMost(3)),
		{containment: {compromised: 0}},
		null,
		nothingLost,
	],
	['no jewel lost, where none is lost with no policy either', expects('jewelsReached', zero), {}, null, nothingLost],
	['saved, in an attack that goes for a goal', expects('saved', atLeast(1)), goal, null],
] as const satisfies readonly (readonly [string, Expectation, Parts, boolean | null, Parts?])[])
	test(`${title}: ${held === null ? 'inconclusive' : held ? 'held' : 'failed'}`, t => {
		const {expectations} = judge(input([flatColumn(control), column([run(parts)])], {expectations: [expectation]}));
		t.is(expectations[0]?.held, held);
		t.is(expectations[0]?.where, 'rehearsal.yaml:9');
	});

test('an expectation is judged on every foothold, and the one that fails is named', t => {
	const worst = run({containment: {compromised: 5, jewelsReached: 0}});
	const other = run({containment: {compromised: 3, jewelsReached: 1}}, {worst: false, foothold: 'api.dev'});
	const {expectations} = judge(
		input([flatColumn(), column([worst, other])], {expectations: [expects('jewelsReached', zero)]}),
	);
	t.like(expectations[0], {held: false, found: '1 from api.dev'});
});

test('what every scenario is asked is asked of each, but saved only of attackers that want everything', t => {
	const runs = [run(), run(goal, {scenario: 'thief'})];
	const asked = (measure: string) =>
		judge(input([flatColumn(), column(runs)], {expectations: [expects(measure, atLeast(0))]})).expectations.filter(
			({where}) => where === 'rehearsal.yaml:9',
		).length;
	t.deepEqual([asked('compromised'), asked('saved'), asked('broken')], [2, 1, 1]);
});

const exit = (columns: readonly Column[], rest: Parameters<typeof input>[1] = {}) =>
	judge(input(columns, rest)).exitCode;

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

const flowTest = (action: 'allow' | 'deny', flows: readonly Flow[], name: string | null = null): FlowTest => ({
	action,
	candidate: name,
	flows,
	text: `${action}: deploy.ops -> api.prod:ssh`,
	where: place('rehearsal.yaml', 20),
});

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

const accepting = (until: string | null): Accepted => ({
	flows: [it],
	text: 'deploy.ops -> api.prod:ssh',
	because: 'releases',
	until,
	where: place('rehearsal.yaml', 30),
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
