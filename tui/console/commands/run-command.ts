import {refused} from '../change.ts';
import type {Change} from '../message.ts';
import type {ConsoleState} from '../state.ts';
import type {ConsoleCommand} from './console-command.ts';
import {consoleCommands} from './console-commands.ts';

const byName = new Map(consoleCommands.map(command => [command.name, command]));

export const commandNamed = (name: string): ConsoleCommand | undefined => byName.get(name);

/** What the command does, or why it cannot here. */
export function runCommand(state: ConsoleState, name: string, words: readonly string[]): Change {
	const command = byName.get(name);
	if (command === undefined) return refused(state, `there is no command ${name}`);
	if (command.of === 'lab' && state.playing !== null)
		return refused(state, 'this is a recording: what it shows is over, and nothing can be done to it');
	return command.run(state, words);
}
