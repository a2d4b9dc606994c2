// The console before the first key.
import type {ConsoleState, Playing} from '../../tui/console/state.ts';
import type {World} from '../../tui/console/world/world.ts';

export const firstState = (
	world: World,
	{ascii, playing = null}: {readonly ascii: boolean; readonly playing?: Playing | null},
): ConsoleState => ({
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
	playing,
	ascii,
	fresh: true,
});
