// The keys that are no commands: what moves, what goes in and what goes back.
import {act, only, refused} from '../change.ts';
import type {Ground} from '../ground.ts';
import type {Change} from '../message.ts';
import type {ConsoleState} from '../state.ts';
import {entered, moved} from './move.ts';
import {scrolled} from './scroll.ts';

export interface MoveKey {
	readonly keys: readonly string[];
	/** How help writes them. */
	readonly shows: string;
	readonly about: string;
	press(state: ConsoleState, ground: Ground): Change;
}

const arrow = (heading: 'up' | 'down' | 'left' | 'right', keys: readonly string[], shows: string): MoveKey => ({
	...{keys: [heading, ...keys], shows, about: ''},
	press: (state, ground) => only(moved(state, heading, ground)),
});

const page = (keys: readonly string[], shows: string, about: string, by: (rows: number) => number): MoveKey => ({
	...{keys, shows, about},
	press: (state, ground) => only(scrolled(state, by(Math.max(1, ground.pane.rows - 1)), ground)),
});

/** Those without words belong to the one after them. */
export const moveKeys: readonly MoveKey[] = [
	arrow('left', ['h'], ''),
	arrow('down', ['j'], ''),
	arrow('up', ['k'], ''),
	{...arrow('right', ['l'], 'arrows hjkl'), about: 'choose on the map, walk the matrix, scroll a list'},
	{
		...{keys: ['tab', 'S-tab'], shows: 'Tab', about: 'the arrows move the pane, or the map again: ▸ marks which'},
		press: state => only({...state, focus: state.focus === 'map' ? 'pane' : 'map'}),
	},
	{
		...{keys: ['enter'], shows: 'Enter', about: 'opens a kind, tells of a workload, explains a cell'},
		press: entered,
	},
	page(['pageup', 'C-b'], '', '', rows => -rows),
	page(['pagedown', 'C-f'], 'PgUp PgDn', 'the pane by pages, wherever the arrows are', rows => rows),
	page(['home', 'g'], '', '', () => Number.MIN_SAFE_INTEGER),
	page(['end', 'G'], 'g G', 'the pane’s beginning and end', () => Number.MAX_SAFE_INTEGER),
	{
		...{keys: ['y'], shows: 'y', about: 'applies what was edited; answers yes to a question'},
		press: applyDraft,
	},
	{
		...{keys: ['escape'], shows: 'Esc', about: 'one step back: an edit, a zoom, the pane, the choice'},
		press: state => only(back(state)),
	},
];

function applyDraft(state: ConsoleState): Change {
	const {draft} = state;
	if (draft === null) return only(state);
	if (draft.problems.length > 0)
		return refused(state, 'the edit is wrong and stays out of force: e edits again, Esc drops it');
	return act(state, {kind: 'apply-files', files: draft.paths});
}

function back(state: ConsoleState): ConsoleState {
	if (state.draft !== null)
		return {...state, draft: null, said: {text: 'the edit is dropped, and the file is as you left it', look: 'plain'}};
	if (state.focus === 'pane') return {...state, focus: 'map'};
	if (state.zoom !== null) return {...state, zoom: null};
	return {...state, chosen: null};
}

const byKey = new Map(moveKeys.flatMap(one => one.keys.map(key => [key, one] as const)));

export const moveOfKey = (key: string): MoveKey | undefined => byKey.get(key);
