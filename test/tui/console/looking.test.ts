import test from 'ava';
import type {Message} from '../../../tui/console/message.ts';
import {after, press} from './pressing.ts';
import {atTheEnd, midway, start, stateOf} from './shop-story.ts';

test('an arrow chooses on the map, and the keys are about what is chosen', t => {
	const {state} = press('down', stateOf(midway));
	t.is(state.chosen, 'web-1.prod');
	t.is(press('right', state).state.chosen, 'web-2.prod');
	t.is(press('right left', state).state.chosen, 'web-1.prod');
	t.is(press('down', state).state.chosen, 'api-1.prod');
	t.not(press('l l l', state).state.chosen, 'web-1.prod');
	t.deepEqual(press('q', state).actions, [{kind: 'quarantine', workload: 'web-1.prod'}]);
	t.deepEqual(press('s', state).actions, [{kind: 'shell', workload: 'web-1.prod'}]);
	t.is(press('z', state).state.zoom, 'prod');
	t.is(press('z z', state).state.zoom, null);
});

test('every workload of the map is reached by arrows', t => {
	const reached = new Set<string>();
	const open = ['db.prod'];
	while (open.length > 0) {
		const chosen = open.pop()!;
		if (reached.has(chosen)) continue;
		reached.add(chosen);
		for (const key of ['up', 'down', 'left', 'right']) open.push(press(key, stateOf(start, {chosen})).state.chosen!);
	}
	t.deepEqual(
		start.rehearsal.topology.workloads.map(({name}) => name).filter(name => !reached.has(name)),
		[],
	);
});

test('x asks about the last denial: of all, or of who is chosen', t => {
	const {state} = press('x', stateOf(atTheEnd));
	t.is(state.pane, 'explain');
	t.is(state.question?.from, 'api.dev');
	t.deepEqual(press('x', stateOf(start, {chosen: 'worker.prod'})).state.question, {
		from: 'deploy.ops',
		to: 'worker.prod',
		port: '22/tcp',
	});
	t.is(press('x', stateOf(atTheEnd, {chosen: 'wiki.dev'})).state.question?.from, 'wiki.dev');
});

test('Tab gives the arrows to the pane: the matrix is walked, and Enter explains the cell', t => {
	const {state} = press('2 tab down down right', stateOf(start));
	t.deepEqual(state.cell, {from: 2, to: 1});
	t.is(state.chosen, null);
	t.deepEqual(press('enter', state).state.question, {from: 'api.test', to: 'api.prod', port: '22/tcp'});
	t.deepEqual(press('2 tab up left', stateOf(start)).state.cell, {from: 0, to: 0});
	t.is(press('tab', state).state.focus, 'map');
	t.is(press('escape', state).state.focus, 'map');
});

test('a list that is scrolled back stays there, until its end or f', t => {
	const {state} = press('tab up up', stateOf(atTheEnd));
	const scroll = state.scrolls.timeline!;
	t.is(scroll.kind, 'at');
	t.is(press('down down', state).state.scrolls.timeline?.kind, 'follow');
	t.is(press('f', state).state.scrolls.timeline?.kind, 'follow');
	t.deepEqual(press('g', state).state.scrolls.timeline, {kind: 'at', top: 0});
	t.deepEqual(press('4 g k', stateOf(atTheEnd, {focus: 'pane'})).state.scrolls.policy, {kind: 'at', top: 0});
});

test('Enter opens a kind of several workloads and folds it again, and shows one of one', t => {
	const {state} = press('enter', stateOf(start, {chosen: 'web.prod'}));
	t.deepEqual([...state.opened], ['web.prod']);
	t.is(state.chosen, 'web-1.prod');
	t.deepEqual([...press('enter', state).state.opened], []);
	t.is(press('enter', stateOf(start, {chosen: 'db.prod'})).state.pane, 'workload');
});

test('the mouse chooses tabs and workloads, and its wheel scrolls the pane', t => {
	const mouse = (column: number, row: number, action: 'press' | 'wheel-up' = 'press'): Message => ({
		kind: 'mouse',
		event: {action, column, row},
	});
	const state = stateOf(atTheEnd);
	t.is(after(state, mouse(90, 0)).state.pane, 'matrix');
	const names = new Set<string | null>();
	for (let column = 0; column < 72; column++)
		for (let row = 2; row < 36; row++) names.add(after(state, mouse(column, row)).state.chosen);
	t.deepEqual(
		start.rehearsal.topology.workloads.map(({name}) => name).filter(name => !names.has(name)),
		[],
	);
	t.is(after(state, mouse(100, 10, 'wheel-up')).state.scrolls.timeline?.kind, 'at');
	t.is(after(state, mouse(100, 10)).state.focus, 'pane');
});
