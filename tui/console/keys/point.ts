// The mouse: tabs, spots of the map, cells of the matrix, the wheel over the pane, the lines of a chooser.
import {only} from '../change.ts';
import type {Place} from '../frame/layout.ts';
import type {Ground} from '../ground.ts';
import {mapPlan} from '../map/map-view.ts';
import {spotAt} from '../map/spot-at.ts';
import type {Change} from '../message.ts';
import {choiceAt} from '../overlay/choose-lines.ts';
import {matrixPlan} from '../panes/matrix-view.ts';
import type {MouseEvent} from '../screen.ts';
import type {ConsoleState} from '../state.ts';
import {entered} from './move.ts';
import {pressOverlay} from './press-overlay.ts';
import {scrolled} from './scroll.ts';

const wheelLines = 3;

export function point(before: ConsoleState, {action, column, row}: MouseEvent, ground: Ground): Change {
	const state: ConsoleState = {...before, said: null, fresh: false};
	if (state.overlay.kind !== 'none') return pointOverlay(state, {action, column, row}, ground);
	if (action !== 'press') {
		if (!within(ground.pane, column, row)) return only(state);
		return only(scrolled(state, action === 'wheel-up' ? -wheelLines : wheelLines, ground));
	}
	const tab = ground.tabs.find(one => one.row === row && one.column <= column && column < one.column + one.columns);
	if (tab !== undefined) return only({...state, pane: tab.pane});
	if (within(ground.pane, column, row))
		return state.pane === 'matrix' ? pointMatrix(state, {column, row}, ground.pane) : only({...state, focus: 'pane'});
	if (!within(ground.map, column, row)) return only(state);
	const spot = spotAt(mapPlan(state, ground.map), column - ground.map.column, row - ground.map.row);
	if (spot === null) return only({...state, focus: 'map'});
	const name = spot.id;
	// A second press on a folded kind opens it, as Enter does.
	const chosen: ConsoleState = {...state, focus: 'map', chosen: name};
	return spot.folded && state.chosen === name ? entered(chosen) : only(chosen);
}

/** The line of a chooser, as Down and Enter do; beside what lies over the panes: Esc. */
function pointOverlay(state: ConsoleState, {action, column, row}: MouseEvent, {overlay}: Ground): Change {
	const key = action === 'wheel-up' ? 'up' : action === 'wheel-down' ? 'down' : null;
	if (key !== null) return pressOverlay(state, key) ?? only(state);
	if (overlay === null || !within(overlay, column, row)) return pressOverlay(state, 'escape') ?? only(state);
	if (state.overlay.kind !== 'choose') return only(state);
	const choice = choiceAt(state, state.overlay, overlay.rows, row - overlay.row);
	if (choice === null) return only(state);
	const chosen: ConsoleState = {...state, overlay: {...state.overlay, choice}};
	return choice === state.overlay.choice ? (pressOverlay(chosen, 'enter') ?? only(chosen)) : only(chosen);
}

/** A second press on a cell explains it, as Enter does. */
function pointMatrix(state: ConsoleState, {column, row}: Pick<MouseEvent, 'column' | 'row'>, pane: Place): Change {
	const plan = matrixPlan(state, pane);
	const focused: ConsoleState = {...state, focus: 'pane'};
	const down = plan.rows.find(({at}) => at === row - pane.row - plan.top);
	const across = plan.columns.find(({at}) => at <= column - pane.column && column - pane.column < at + plan.cell);
	if (down === undefined || across === undefined) return only(focused);
	const isWalked = plan.rows.indexOf(down) === plan.walked.row && plan.columns.indexOf(across) === plan.walked.column;
	if (isWalked && state.focus === 'pane') return entered(focused);
	return only({...focused, cell: {from: down.entries[0]!, to: across.entries[0]!}});
}

const within = (area: Place, column: number, row: number): boolean =>
	column >= area.column && column < area.column + area.columns && row >= area.row && row < area.row + area.rows;
