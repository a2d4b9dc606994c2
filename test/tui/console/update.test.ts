import test from 'ava';
import {consoleCommands} from '../../../tui/console/commands/console-commands.ts';
import {help} from '../../../tui/console/keys/help.ts';
import {moveKeys} from '../../../tui/console/keys/move-keys.ts';
import type {Message} from '../../../tui/console/message.ts';
import {fold} from '../../../tui/console/world/fold.ts';
import {after, press, type} from './pressing.ts';
import {applied, atTheEnd, attacked, midway, start, stateOf, story} from './shop-story.ts';

const live = stateOf(midway);

for (const [keys, action] of [
	['a enter enter', {kind: 'attack', scenario: 'ransomware', foothold: null}],
	['a j enter enter', {kind: 'attack', scenario: 'thief', foothold: null}],
	['a enter j enter', {kind: 'attack', scenario: 'ransomware', foothold: 'api-1.prod'}],
	['space', {kind: 'pace', pace: 'pause', speed: 1}],
	['space space', {kind: 'pace', pace: 'go', speed: 1}],
	['.', {kind: 'pace', pace: 'step', speed: 1}],
	['+', {kind: 'pace', pace: 'go', speed: 2}],
	['space + +', {kind: 'pace', pace: 'pause', speed: 4}],
	['-', {kind: 'pace', pace: 'go', speed: 0.5}],
	['p j j enter', {kind: 'apply', candidate: 'segmented', observe: false}],
	['b', {kind: 'probe'}],
	['r y', {kind: 'reset'}],
	['Q', {kind: 'quit'}],
	[': C-c', {kind: 'quit'}],
] as const)
	test(`${keys} is ${JSON.stringify(action)}`, t => {
		t.deepEqual(press(keys).actions.at(-1), action);
	});

for (const keys of [
	'a',
	'a escape',
	'a enter escape',
	'p',
	'r',
	'r n',
	'r escape',
	'?',
	': a t t escape',
	'/ d enter',
	'e',
	'o',
	'u',
	'q',
	's',
	'5',
	'z',
])
	test(`${keys} does nothing to a lab in which nothing was chosen and no policy is in force`, t => {
		t.deepEqual(press(keys).actions, []);
	});

test('what cannot be done says why, and the next key takes that away', t => {
	for (const [key, why] of [
		['q', /no workload is chosen/],
		['s', /no workload is chosen/],
		['e', /no policy is in force/],
		['o', /no policy is in force/],
		['u', /nothing to undo/],
		['x', /nothing was tried/],
	] as const) {
		const {state} = press(key);
		t.regex(state.said!.text, why, key);
		t.is(state.said!.look, 'bad');
		t.is(press('4', state).state.said, null);
	}
});

test('a quarantined workload is released by the same key', t => {
	const state = stateOf({...midway, quarantined: new Set(['wiki.dev'])}, {chosen: 'wiki.dev'});
	t.deepEqual(press('q', state).actions, [{kind: 'release', workload: 'wiki.dev'}]);
	t.regex(press('q', stateOf(midway, {chosen: 'customers'})).state.said!.text, /outside/);
	t.regex(press('q', stateOf(midway, {chosen: 'api.prod'})).state.said!.text, /2 workloads: choose one/);
});

test('one thing is done at a time, and an attack waits for nothing', t => {
	const {state, actions} = press('b b', live);
	t.deepEqual(actions, [{kind: 'probe'}]);
	t.regex(state.said!.text, /still at it: probe/);
	t.deepEqual(
		press('. Q', state).actions.map(({kind}) => kind),
		['pace', 'quit'],
	);
	const done = after(state, {kind: 'done', action: {kind: 'probe'}, said: {text: '3 broken', look: 'bad'}}).state;
	t.is(done.busy, null);
	t.is(done.said?.text, '3 broken');
	t.deepEqual(press('b', done).actions, [{kind: 'probe'}]);
});

test('a second attack is refused while one is under way, and :stop ends it', t => {
	t.regex(press('a', live).state.said!.text, /ransomware is under way/);
	t.deepEqual(after(live, ':', ...type('stop'), 'enter').actions, [{kind: 'stop'}]);
	t.regex(after(stateOf(atTheEnd), ':', ...type('stop'), 'enter').state.said!.text, /no attack/);
});

test('undo leads back to what was in force, one by one, and not further', t => {
	const events = (name: string, atMs: number): Message => ({kind: 'events', events: [applied(name, atMs)]});
	const {state} = after(stateOf(start), events('zones', 10), events('segmented', 20));
	t.deepEqual(
		state.earlier.map(({name}) => name),
		['flat', 'zones'],
	);
	t.deepEqual(press('u', state).actions, [{kind: 'undo'}]);
	const back = after(state, 'u', {kind: 'done', action: {kind: 'undo'}, said: null}, events('zones', 30)).state;
	t.deepEqual(
		back.earlier.map(({name}) => name),
		['flat'],
	);
	const first = after(back, events('flat', 40)).state;
	t.deepEqual(first.earlier, []);
	t.deepEqual(press('u', first).actions, []);
});

test('o observes what is in force, and enforces it again', t => {
	t.deepEqual(press('o', stateOf(atTheEnd)).actions, [{kind: 'apply', candidate: 'segmented', observe: true}]);
	const observing = stateOf(fold(atTheEnd, [applied('segmented', 9000, true)]));
	t.deepEqual(press('o', observing).actions, [{kind: 'apply', candidate: 'segmented', observe: false}]);
});

test('an edit that is right is applied by y and dropped by escape, one that is wrong is not applied', t => {
	const draft = {
		files: ['a.policy.yaml'],
		paths: ['/x/a.policy.yaml'],
		texts: new Map(),
		problems: [],
		opened: [],
		closed: [],
		broken: [],
	};
	const {state} = after(stateOf(atTheEnd), {kind: 'drafted', draft});
	t.is(state.pane, 'policy');
	const {state: applying, actions} = press('y', state);
	t.deepEqual(actions, [{kind: 'apply-files', files: ['/x/a.policy.yaml']}]);
	const done = {kind: 'done', action: actions[0]!} as const;
	t.is(after(applying, {...done, said: {text: 'in force', look: 'good'}}).state.draft, null);
	t.not(after(applying, {...done, said: {text: 'refused', look: 'bad'}}).state.draft, null);
	t.is(press('escape', state).state.draft, null);
	const wrong = {...draft, problems: [{where: {file: 'a', line: 1, column: 1}, what: 'x', mend: ''}]};
	const refused = press('y', stateOf(atTheEnd, {draft: wrong}));
	t.deepEqual(refused.actions, []);
	t.regex(refused.state.said!.text, /stays out of force/);
});

test('of a recording nothing can be done to the lab, and everything can be looked at', t => {
	const playing = {paused: false, speed: 1, atMs: 1000, totalMs: 60_000, runs: []};
	const state = stateOf(atTheEnd, {playing, chosen: 'wiki.dev'});
	for (const key of ['a', 'p', 'o', 'e', 'q', 's', 'r', 'u', 'b']) {
		const {actions, state: later} = press(key, state);
		t.deepEqual(actions, [], key);
		t.regex(later.said!.text, /recording/, key);
		t.is(later.overlay.kind, 'none');
	}
	t.deepEqual(press('space', state).actions, [{kind: 'pace', pace: 'pause', speed: 1}]);
	t.true(press('space', state).state.playing!.paused);
	t.deepEqual(press('>', state).actions, [{kind: 'seek', atMs: 6000}]);
	t.deepEqual(press('< <', state).actions.at(-1), {kind: 'seek', atMs: 0});
	t.deepEqual(after(state, ':', ...type('seek 0:30'), 'enter').actions, [{kind: 'seek', atMs: 30_000}]);
	t.regex(after(state, ':', ...type('seek 5:00'), 'enter').state.said!.text, /ends at 1:00/);
	t.is(press('x', state).state.pane, 'explain');
	const over = stateOf(atTheEnd, {playing: {...playing, paused: true, atMs: 60_000}});
	t.deepEqual(press('space', over).actions, [
		{kind: 'seek', atMs: 0},
		{kind: 'pace', pace: 'go', speed: 1},
	]);
});

test('time goes on by ticks and never back', t => {
	const tick = (clockMs: number): Message => ({kind: 'tick', clockMs, playing: null});
	t.is(after(stateOf(start), tick(500), tick(300)).state.world.clockMs, 500);
});

test('no two commands or moves share a key, and every key is in help', t => {
	const keys = [...consoleCommands.flatMap(one => one.keys.map(({key}) => key)), ...moveKeys.flatMap(one => one.keys)];
	t.deepEqual(keys, [...new Set(keys)]);
	const recording = stateOf(start, {playing: {paused: true, speed: 1, atMs: 0, totalMs: 1, runs: []}});
	const shown = [stateOf(start), recording].flatMap(state => help(state).flatMap(({rows}) => rows.map(({key}) => key)));
	const words = new Set(shown.flatMap(key => (key === 'arrows hjkl' ? [...'hjkl'] : key.split(/[ –]/))));
	const missing = keys.filter(key => key.length === 1 && !/^[2-7=]$/.test(key) && !words.has(key));
	t.deepEqual(missing, []);
});

test('the story is one that the tests above mean: someone fell, something was denied', async t => {
	t.true(story.length > 100);
	t.true((await attacked('segmented', 'ransomware', 'wiki.dev', 0)).length > 20);
	t.is(midway.fates.get('wiki.dev')?.foothold, true);
	t.is(midway.attack?.ended, null);
});
