import test from 'ava';
import {type AttackStage, type ProbingStage, shareOf, tallyOf} from '../../../tui/inline/stage.ts';
import {about, acted, after, applied, attacking, booted, ended, probed, probing, started} from './run-events.ts';

const who = about('segmented');
const attackOf = (...events: Parameters<typeof after>[0]): AttackStage => after(events).stages.at(-1) as AttackStage;

test('an action that was told live and again one by one counts once', t => {
	const stage = attackOf(started(who, 0), attacking(3, 1, 2), ...acted(who, 'sdd'));
	t.deepEqual(tallyOf(stage), {actions: 3, entered: 1, denied: 2});
});

test('live figures that are ahead of those told one by one are the ones that count, and the other way round', t => {
	t.deepEqual(tallyOf(attackOf(started(who, 0), attacking(5, 2, 3), ...acted(who, 'sd'))), {
		actions: 5,
		entered: 2,
		denied: 3,
	});
	t.deepEqual(tallyOf(attackOf(started(who, 0), attacking(1, 0, 1), ...acted(who, 'dsf'))), {
		actions: 3,
		entered: 1,
		denied: 1,
	});
});

test('actions of another candidate, another scenario or of an attack that is over change nothing', t => {
	const before = [started(who, 0), ...acted(who, 'sd')];
	for (const other of [about('flat'), about('segmented', 'thief')])
		t.deepEqual(attackOf(...before, ...acted(other, 'sss')), attackOf(...before));
	t.deepEqual(attackOf(...before, ended(who, 9), ...acted(who, 'sss')), attackOf(...before, ended(who, 9)));
});

test('the footholds of a scenario are one stage, which is over with the last of them', t => {
	const [first, second] = [about('flat', 'thief', 'web-1.prod'), about('flat', 'thief', 'wiki.dev')];
	const one = [started(first, 100, 4, {number: 1, of: 2}), ...acted(first, 'sdds'), ended(first, 150)];
	const two = [started(second, 160, 2, {number: 2, of: 2}), attacking(1, 1, 0)];
	const midway = after([...one, ...two]).stages;
	t.deepEqual(
		midway.map(({kind}) => kind),
		['model', 'attack'],
	);
	t.deepEqual(tallyOf(midway[1] as AttackStage), {actions: 5, entered: 3, denied: 2});
	t.is(shareOf(midway[1] as AttackStage), 0.75);
	t.is((midway[1] as AttackStage).tookMs, null);
	t.is((after([...one, ...two, ended(second, 400)]).stages[1] as AttackStage).tookMs, 300);
});

for (const [name, expected, done, share] of [
	['nobody knows how many there will be', null, 3, null],
	['none is expected', 0, 3, null],
	['half of them', 6, 3, 0.5],
	['more than the model took', 2, 3, 1],
] as const)
	test(`of the attack is done: ${name}`, t => {
		t.is(shareOf(attackOf(started(who, 0, expected), attacking(done, 0, 0))), share);
	});

test('flows count once, and their time ends when the first is told, not when the next stage begins', t => {
	const {stages} = after([booted(1000), probing(2, 4), ...probed('flat', 4, 1190), started(about('flat'), 1900)]);
	const {live, told, total, tookMs} = stages[1] as ProbingStage;
	t.deepEqual({live, told, total, tookMs}, {live: 2, told: 4, total: 4, tookMs: 190});
});

test("a candidate's probes give way to its attackers, the control's stay, and so do those of one without attackers", t => {
	const kinds = after([
		...[booted(), ...probed('flat', 2, 1100), started(about('flat'), 1200), ended(about('flat'), 1300)],
		...[applied('segmented', 1400), ...probed('segmented', 2, 1500), started(who, 1600), ended(who, 1700)],
		...[applied('too-tight', 1800), ...probed('too-tight', 2, 1900)],
		{kind: 'lab-gone', lab: 'x', teardownMs: 9, atMs: 2000},
	] as const).stages.map(stage => ('candidate' in stage ? `${stage.kind} ${stage.candidate}` : stage.kind));
	t.deepEqual(kinds, ['lab', 'probing flat', 'attack flat', 'attack segmented', 'probing too-tight']);
});

test('where something happens before a lab is there, there is none: it is the model', t => {
	t.deepEqual(after(probed('flat', 1, 5)).stages[0], {kind: 'model'});
	t.is(after([probing(1, 2)]).stages[0]!.kind, 'lab');
});
