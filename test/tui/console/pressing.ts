// A console to which things happen: keys by name, or any message.
import type {Message} from '../../../tui/console/message.ts';
import type {Action, ConsoleState} from '../../../tui/console/state.ts';
import {update} from '../../../tui/console/update.ts';
import {start, stateOf} from './shop-story.ts';

export interface Pressed {
	readonly state: ConsoleState;
	readonly actions: readonly Action[];
}

/** The state after these messages or keys, and all actions that came of them. */
export function after(state: ConsoleState, ...all: readonly (string | Message)[]): Pressed {
	const actions: Action[] = [];
	for (const one of all) {
		const changed = update(state, typeof one === 'string' ? {kind: 'key', name: one} : one);
		state = changed.state;
		actions.push(...changed.actions);
	}
	return {state, actions};
}

export const press = (keys: string, state = stateOf(start)): Pressed => after(state, ...keys.split(' '));

/** Letter by letter, as a person types. */
export const type = (text: string): readonly string[] => [...text].map(one => (one === ' ' ? 'space' : one));
