import {createCanvas} from '../../../tui/console/canvas.ts';
import {nextWork} from '../../../tui/console/next-work.ts';
import {type ConsoleState, paneNames} from '../../../tui/console/state.ts';
import type {Box, View} from '../../../tui/console/view.ts';
import {textOf} from '../../../tui/line.ts';

/** The view's lines as the frame puts them on the screen: everything is worked out, and in ASCII where the state wants that. */
export function onScreen(view: View, state: ConsoleState, box: Box): readonly string[] {
	for (const pane of paneNames) workedOut({...state, pane});
	const lines = view(state, box);
	if (!state.ascii) return lines.map(textOf);
	const canvas = createCanvas(box.columns, lines.length, box.widthOf);
	for (const [row, line] of lines.entries()) canvas.write(0, row, line);
	return canvas.lines('ascii').map(textOf);
}

/** The state, with nothing left that its pane waits for. */
export function workedOut(state: ConsoleState): ConsoleState {
	for (let work = nextWork(state); work !== null; work = nextWork(state)) work();
	return state;
}
