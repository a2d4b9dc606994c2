// The console before the first key.
import type {ConsoleState} from './state.ts';
import type {World} from './world/world.ts';

/** A console that looks at that world, but for what is given. */
export const firstState = (world: World, given: Partial<ConsoleState> = {}): ConsoleState => ({
	world,
	size: {columns: 80, rows: 24},
	pane: 'timeline',
	focus: 'map',
	scrolls: {},
	chosen: null,
	opened: new Set(),
	zoom: null,
	cell: {from: 0, to: 0},
	question: null,
	filter: '',
	overlay: {kind: 'none'},
	said: null,
	busy: null,
	draft: null,
	earlier: [],
	attackPace: {paused: false, speed: 1},
	playing: null,
	ascii: false,
	fresh: true,
	...given,
});
