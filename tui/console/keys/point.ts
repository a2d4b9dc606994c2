// The mouse: tabs, spots of the map, the wheel over the pane, the lines of a chooser.
import {only} from '../change.ts';
import type {Place} from '../frame/layout.ts';
import type {Ground} from '../ground.ts';
import {mapPlan} from '../map/map-view.ts';
import {spotAt} from '../map/spot-at.ts';
import type {Change} from '../message.ts';
import type {MouseEvent} from '../screen.ts';
import type {ConsoleState} from '../state.ts';
import {entered} from './move.ts';
import {pressOverlay} from './press-overlay.ts';
import {scrolled} from './scroll.ts';

const wheelLines = 3;

export function point(before: ConsoleState, {action, column, row}: MouseEvent, ground: Ground): Change {
	const state: ConsoleState = {...before, said: null, fresh: false};
	if (state.overlay.kind !== 'none')
		return action === 'press'
			? only(state)
			: (pressOverlay(state, action === 'wheel-up' ? 'up' : 'down') ?? only(state));
	if (action !== 'press') {
		if (!within(ground.pane, column, row)) return only(state);
		return only(scrolled(state, action === 'wheel-up' ? -wheelLines : wheelLines, ground));
	}
	const tab = ground.tabs.find(one => one.row === row && one.column <= column && column < one.column + one.columns);
	if (tab !== undefined) return only({...state, pane: tab.pane});
	if (within(ground.pane, column, row)) return only({...state, focus: 'pane'});
	if (!within(ground.map, column, row)) return only(state);
	const spot = spotAt(mapPlan(state, ground.map), column - ground.map.column, row - ground.map.row);
	if (spot === null) return only({...state, focus: 'map'});
	const name = spot.id;
	// A second press on a folded kind opens it, as Enter does.
	const chosen: ConsoleState = {...state, focus: 'map', chosen: name};
	return spot.folded && state.chosen === name ? entered(chosen) : only(chosen);
}

const within = (area: Place, column: number, row: number): boolean =>
	column >= area.column && column < area.column + area.columns && row >= area.row && row < area.row + area.rows;
