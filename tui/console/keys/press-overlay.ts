// Keys while something lies over the panes: a question, a chooser, help, the filter's words.
import {act, only} from '../change.ts';
import {runCommand} from '../commands/run-command.ts';
import type {Change} from '../message.ts';
import {pressPalette} from '../palette/press-palette.ts';
import type {ConsoleState, Overlay} from '../state.ts';
import {type Chooser, choices} from './choices.ts';
import {typed} from './typed.ts';

const closed = (state: ConsoleState): ConsoleState => ({...state, overlay: {kind: 'none'}});

/** Null where no overlay is open, so that the key is anybody's. */
export function pressOverlay(state: ConsoleState, key: string): Change | null {
	const {overlay} = state;
	if (key === '?' && asksHelp(overlay)) return only({...state, overlay: {kind: 'help', over: overlay}});
	switch (overlay.kind) {
		case 'none':
			return null;
		case 'help': {
			const by = steps[key];
			if (by === undefined) return only({...state, overlay: overlay.over ?? {kind: 'none'}});
			return only({...state, overlay: {...overlay, top: Math.max(0, Math.min(mostHelp, (overlay.top ?? 0) + by))}});
		}
		case 'palette':
			return pressPalette(state, overlay, key);
		case 'filter': {
			if (key === 'escape') return only(closed(state));
			if (key === 'enter') return only({...closed(state), filter: overlay.text.trim(), pane: 'flows'});
			return only({...state, overlay: {...overlay, text: typed(overlay.text, key)}});
		}
		case 'ask':
			if (key === 'y' || key === 'Y') return act(closed(state), overlay.action);
			return only(closed(state));
		case 'choose':
			return pressChooser(state, overlay, key);
		default:
			return overlay satisfies never;
	}
}

/** Where somebody types it is a letter, but for the first one: nothing begins with it. */
const asksHelp = (overlay: Overlay): boolean =>
	overlay.kind === 'palette' || overlay.kind === 'filter'
		? overlay.text === ''
		: overlay.kind === 'choose' || overlay.kind === 'ask';

function pressChooser(state: ConsoleState, chooser: Chooser, key: string): Change {
	if (key === 'escape') return only(closed(state));
	const offered = choices(state, chooser);
	const at = Math.min(chooser.choice, offered.length - 1);
	if (key === 'enter') {
		const choice = offered[at];
		return choice === undefined ? only(closed(state)) : chose(closed(state), chooser, choice.name);
	}
	const by = steps[key];
	if (by === undefined) return only(state);
	const choice = Math.max(0, Math.min(offered.length - 1, at + by));
	return only({...state, overlay: {...chooser, choice}});
}

/** More lines than help has. */
const mostHelp = 200;

const steps: Readonly<Record<string, number>> = {
	...{up: -1, k: -1, down: 1, j: 1, 'S-tab': -1, tab: 1},
	...{pageup: -10, pagedown: 10, home: -1e9, g: -1e9, end: 1e9, G: 1e9},
};

function chose(state: ConsoleState, {what, scenario}: Chooser, name: string | null): Change {
	switch (what) {
		case 'scenario':
			return only({...state, overlay: {kind: 'choose', what: 'foothold', choice: 0, scenario: name}});
		case 'foothold':
			return runCommand(state, 'attack', name === null ? [scenario!] : [scenario!, name]);
		case 'candidate':
			return runCommand(state, 'apply', [name!]);
		default:
			return what satisfies never;
	}
}
