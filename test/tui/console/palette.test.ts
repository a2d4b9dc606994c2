import test from 'ava';
import {completions} from '../../../tui/console/palette/complete.ts';
import {parsePalette} from '../../../tui/console/palette/palette.ts';
import type {Action, ConsoleState} from '../../../tui/console/state.ts';
import {update} from '../../../tui/console/update.ts';
import {atTheEnd, start, stateOf} from './shop-story.ts';

const live = stateOf(atTheEnd);
const recorded = stateOf(atTheEnd, {playing: {paused: true, speed: 1, atMs: 0, totalMs: 90_000, runs: [1000, 60_000]}});

function press(state: ConsoleState, ...keys: readonly string[]): {state: ConsoleState; actions: readonly Action[]} {
	const actions: Action[] = [];
	for (const name of keys) {
		const changed = update(state, {kind: 'key', name});
		state = changed.state;
		actions.push(...changed.actions);
	}
	return {state, actions};
}

const letters = (text: string): readonly string[] => [...text].map(one => (one === ' ' ? 'space' : one));
const run = (text: string, state = live) => press(state, ':', ...letters(text), 'enter');

for (const [text, action] of [
	['attack ransomware from wiki.dev', {kind: 'attack', scenario: 'ransomware', foothold: 'wiki.dev'}],
	['attack thief', {kind: 'attack', scenario: 'thief', foothold: null}],
	['apply segmented', {kind: 'apply', candidate: 'segmented', observe: false}],
	['observe too-tight', {kind: 'apply', candidate: 'too-tight', observe: true}],
	['quarantine db.prod', {kind: 'quarantine', workload: 'db.prod'}],
	['shell wiki.dev', {kind: 'shell', workload: 'wiki.dev'}],
	['speed 4', {kind: 'pace', pace: 'go', speed: 4}],
	['  probe  ', {kind: 'probe'}],
	['edit', {kind: 'edit'}],
	['quit', {kind: 'quit'}],
] as const)
	test(`:${text} is ${JSON.stringify(action)}`, t => {
		const {state, actions} = run(text);
		t.deepEqual(actions, [action]);
		t.is(state.overlay.kind, 'none');
	});

test('what only looks reaches no lab', t => {
	t.is(run('zoom prod').state.zoom, 'prod');
	t.is(run('pane flows').state.pane, 'flows');
	t.is(run('filter deny to:db.prod').state.filter, 'deny to:db.prod');
	t.is(run('choose db.prod').state.chosen, 'db.prod');
	t.deepEqual(run('explain wiki.dev db.prod 5432').state.question, {from: 'wiki.dev', to: 'db.prod', port: '5432'});
	t.deepEqual(run('zoom prod').actions, []);
	t.deepEqual(press(recorded, ':', ...letters('seek 1:02.5'), 'enter').actions, [{kind: 'seek', atMs: 62_500}]);
});

for (const [text, what, mend] of [
	['attak ransomware', 'there is no command attak', 'did you mean attack?'],
	['attack ransomwre', 'there is no scenario ransomwre', 'did you mean ransomware?'],
	['attack ransomware frm wiki.dev', 'frm is not understood here', 'did you mean from?'],
	['attack ransomware from wiki.dve', 'there is no workload wiki.dve', 'did you mean wiki.dev?'],
	['attack ransomware from', 'from whom?', 'attack ransomware from WORKLOAD'],
	['zoom pord', 'there is no environment pord', 'did you mean prod?'],
	['speed', 'speed which speed?', 'known: 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8 and 2 more'],
	['step now', 'now stands behind what step reads', 'step'],
	['release db.prod', 'there is no workload to name', ''],
	[
		'\u001b[2J',
		'there is no command "\\u001b[2J"',
		'known: attack, stop, reset, pause, go, step, speed, apply and 16 more',
	],
] as const)
	test(`:${JSON.stringify(text)} is refused: ${what}`, t => {
		t.deepEqual(parsePalette(text, live), {kind: 'wrong', what, mend});
		const {state, actions} = press({...live, overlay: {kind: 'palette', text, choice: -1}}, 'enter');
		t.deepEqual(actions, []);
		t.is(state.overlay.kind, 'palette', 'it stays, to be mended');
		t.is(state.said?.look, 'bad');
	});

const texts = (text: string, state = live): readonly string[] => completions(text, state).map(one => one.text);

test('a command, its words and then theirs are offered, those that begin so first', t => {
	t.deepEqual(texts('qu'), ['quarantine ', 'quit']);
	t.deepEqual(texts('attack '), ['attack ransomware ', 'attack thief ']);
	t.deepEqual(texts('attack thief '), ['attack thief from ']);
	t.deepEqual(texts('attack thief from db'), [
		'attack thief from db.dev',
		'attack thief from db.prod',
		'attack thief from db.test',
	]);
	t.deepEqual(texts('explain wiki.dev db.prod '), [
		'explain wiki.dev db.prod postgres',
		'explain wiki.dev db.prod metrics',
	]);
	t.deepEqual(texts('filter deny env:'), [
		'filter deny env:prod ',
		'filter deny env:test ',
		'filter deny env:dev ',
		'filter deny env:ops ',
	]);
	t.deepEqual(texts('apply tight'), ['apply too-tight']);
	t.deepEqual(texts('zoom prod'), [], 'nothing is left to complete');
	t.deepEqual(texts('nonsense '), []);
	t.deepEqual(texts('quarantine db.prod '), []);
});

test('of a recording only what can be done with it is offered', t => {
	t.false(texts('', recorded).some(text => text.startsWith('attack')));
	t.true(texts('', recorded).includes('seek '));
	t.false(texts('').includes('seek '));
});

const typed = (state: ConsoleState): string => (state.overlay.kind === 'palette' ? state.overlay.text : '');

test('Tab completes as far as all agree, then the first; the arrows choose, and Enter does the chosen one', t => {
	t.is(typed(press(live, ':', 'a', 't', 'tab').state), 'attack ');
	t.is(typed(press(live, ':', ...letters('shell we'), 'tab').state), 'shell web');
	t.is(typed(press(live, ':', ...letters('shell we'), 'tab', 'tab').state), 'shell web-1.prod');
	t.is(typed(press(live, ':', ...letters('zoom '), 'down', 'down', 'tab').state), 'zoom test');
	t.deepEqual(press(live, ':', ...letters('apply '), 'down', 'down', 'enter').actions, [
		{kind: 'apply', candidate: 'zones', observe: false},
	]);
	t.is(typed(press(live, ':', 'x', 'y', 'backspace').state), 'x');
	t.is(typed(press(live, ':', ...letters('attack thief'), 'C-w').state), 'attack ');
	t.is(press(live, ':', 'x', 'backspace', 'backspace').state.overlay.kind, 'none');
	t.is(press(live, ':', 'enter').state.overlay.kind, 'none');
});

test('a palette is typed in, whatever the letters do elsewhere', t => {
	const {state, actions} = press(stateOf(start), ':', ...'qQrabpz?.+-12'.split(''), 'space', 'é', '数');
	t.deepEqual(actions, []);
	t.is(typed(state), 'qQrabpz?.+-12 é数');
});
