// What the arrows do: along the map, over the matrix, through a list.
import {kindsOf} from '../../../core/measure/kinds.ts';
import {only, refused} from '../change.ts';
import type {Ground} from '../ground.ts';
import {mapPlan} from '../map/map-view.ts';
import {nextSpot} from '../map/spot-at.ts';
import {walkedEntry} from '../matrix/plan-grid.ts';
import type {Change} from '../message.ts';
import {matrixAxes} from '../panes/matrix-view.ts';
import {askedAbout} from '../question.ts';
import type {ConsoleState} from '../state.ts';
import {scrolled} from './scroll.ts';

export type Heading = 'up' | 'down' | 'left' | 'right';

export function moved(state: ConsoleState, heading: Heading, ground: Ground): ConsoleState {
	if (state.focus === 'map') {
		const next = nextSpot(mapPlan(state, ground.map), state.chosen, heading);
		return next === null ? state : {...state, chosen: next};
	}
	if (state.pane === 'matrix') return {...state, cell: nextCell(state, heading)};
	return heading === 'up' || heading === 'down' ? scrolled(state, heading === 'up' ? -1 : 1, ground) : state;
}

function nextCell(state: ConsoleState, heading: Heading): ConsoleState['cell'] {
	const {rows, columns} = matrixAxes(state);
	return {
		from: walkedEntry(rows, walkedEntry(rows, state.cell.from) + {up: -1, down: 1, left: 0, right: 0}[heading]),
		to: walkedEntry(columns, walkedEntry(columns, state.cell.to) + {up: 0, down: 0, left: -1, right: 1}[heading]),
	};
}

/** On the map, a kind of several is opened or folded, and of one the pane tells; in the matrix, the cell is explained. */
export function entered(state: ConsoleState): Change {
	if (state.focus === 'pane')
		return state.pane === 'matrix' ? only({...state, pane: 'explain', question: askedAbout(state)}) : only(state);
	const {topology} = state.world.rehearsal;
	const kinds = kindsOf(topology);
	const kind = kinds.all.get(kinds.of(state.chosen) ?? state.chosen ?? '');
	if (kind === undefined) return state.chosen === null ? refused(state, 'the arrows choose a workload') : group(state);
	if (kind.workloads.length === 1) return only({...state, pane: 'workload'});
	const opened = new Set(state.opened);
	const folds = opened.delete(kind.name);
	if (!folds) opened.add(kind.name);
	return only({...state, opened, chosen: folds ? kind.name : kind.workloads[0]!.name});
}

/** Kinds that are folded together, by the name of their group. */
function group(state: ConsoleState): Change {
	const opened = new Set(state.opened);
	if (!opened.delete(state.chosen!)) opened.add(state.chosen!);
	return only({...state, opened});
}
