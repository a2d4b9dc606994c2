import test from 'ava';
import type {Expectation} from '../../core/model/rehearsal.ts';
import {judge} from '../../rehearsals/judge.ts';
import {
	atLeast,
	atMost,
	column,
	exactly,
	expects,
	flatColumn,
	goal,
	input,
	limited,
	littleKnown,
	nothingLost,
	oneBroken,
	type Parts,
	queue,
	run,
	zero,
} from './judging.ts';

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
