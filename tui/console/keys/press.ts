// A key: to what lies over the panes first, then to commands, then to what moves.
import {act, only} from '../change.ts';
import {commandOfKey} from '../commands/console-commands.ts';
import {runCommand} from '../commands/run-command.ts';
import type {Ground} from '../ground.ts';
import type {Change} from '../message.ts';
import type {ConsoleState} from '../state.ts';
import {moveOfKey} from './move-keys.ts';
import {pressOverlay} from './press-overlay.ts';

/** Ctrl-C leaves from everywhere. What was said last is gone with the next key. */
export function press(before: ConsoleState, key: string, ground: () => Ground): Change {
	const state: ConsoleState = {...before, said: null, fresh: false};
	if (key === 'C-c') return act({...state, overlay: {kind: 'none'}}, {kind: 'quit'});
	const over = pressOverlay(state, key);
	if (over !== null) return over;
	const command = commandOfKey(key);
	if (command !== undefined) return runCommand(state, command.command.name, command.words);
	return moveOfKey(key)?.press(state, ground()) ?? only(state);
}
