import test from 'ava';
import {frame} from '../../../tui/console/frame.ts';
import {groundOf} from '../../../tui/console/ground.ts';
import type {GridPlan} from '../../../tui/console/matrix/plan-grid.ts';
import type {Message} from '../../../tui/console/message.ts';
import {matrixAxes, matrixPlan} from '../../../tui/console/panes/matrix-view.ts';
import {textOf} from '../../../tui/line.ts';
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
	t.deepEqual(press('enter', state).state.question, {from: 'db.prod', to: 'cache.prod', port: '6379/tcp'});
	t.deepEqual(press('2 tab up left', stateOf(start)).state.cell, {from: 0, to: 0});
	t.is(press('tab', state).state.focus, 'map');
	t.is(press('escape', state).state.focus, 'map');
});

test('x asks about the cell that the matrix shows, whatever kinds have no services', t => {
	const walked = press('2 tab down down right right', stateOf(start)).state;
	const [line] = frame(walked, text => text.length)
		.map(textOf)
		.flatMap(text => /([\w.]+) ▸ ([\w.]+) ─/.exec(text)?.slice(1, 3).join(' ') ?? []);
	const {from, to} = press('x', walked).state.question!;
	t.is(line, `${from} ${to}`);
});

test('the matrix is walked from edge to edge, and not beyond', t => {
	const {rows, columns} = matrixAxes(stateOf(start));
	const far = press(`2 tab ${'down right '.repeat(40).trim()}`, stateOf(start)).state;
	t.deepEqual(far.cell, {from: rows.length - 1, to: columns.length - 1});
	t.deepEqual(press('up', far).state.cell, {from: rows.length - 2, to: columns.length - 1});
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

const click = (column: number, row: number): Message => ({kind: 'mouse', event: {action: 'press', column, row}});

test('the mouse chooses each cell of the matrix, and explains it by a second press', t => {
	const state = stateOf(start, {pane: 'matrix'});
	const {pane} = groundOf(state);
	const at = (plan: GridPlan, row: number, column: number): Message =>
		click(pane.column + plan.columns[column]!.at, pane.row + plan.top + plan.rows[row]!.at);
	const plan = matrixPlan(state, pane);
	for (const [row, {entries: from}] of plan.rows.entries())
		for (const [column, {entries: to}] of plan.columns.entries()) {
			const chosen = after(state, at(plan, row, column)).state;
			t.deepEqual(chosen.cell, {from: from[0], to: to[0]});
			t.deepEqual([chosen.focus, chosen.pane], ['pane', 'matrix']);
			const now = matrixPlan(chosen, pane);
			t.is(after(chosen, at(now, now.walked.row, now.walked.column)).state.pane, 'explain');
		}
});

test('the mouse takes what a chooser lists, and leaves it by a press beside it', t => {
	const {state} = press('p', stateOf(start));
	const {overlay} = groundOf(state);
	const at = (row: number): Message => click(overlay!.column + 4, overlay!.row + row);
	const third = after(state, at(2)).state;
	t.like(third.overlay, {kind: 'choose', choice: 2});
	t.deepEqual(after(third, at(2)).actions, [{kind: 'apply', candidate: 'segmented', observe: false}]);
	t.is(after(state, click(0, 0)).state.overlay.kind, 'none');
	t.is(after(state, at(40)).state.overlay.kind, 'none');
	t.deepEqual(after(state, at(overlay!.rows - 1)).state, {...state, fresh: false});
});

test('help comes from everywhere and goes back to where it was asked', t => {
	for (const keys of ['p', 'a', ':', '/', 'r']) {
		const {state} = press(keys, stateOf(atTheEnd));
		const helped = press('?', state).state;
		t.is(helped.overlay.kind, 'help', keys);
		t.deepEqual(press('down down escape', helped).state.overlay, state.overlay, keys);
	}
	t.like(after(stateOf(start), ':', 'a', '?').state.overlay, {kind: 'palette', text: 'a?'});
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
