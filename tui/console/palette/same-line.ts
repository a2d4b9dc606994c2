import {runCommand} from '../commands/run-command.ts';
import type {ConsoleState} from '../state.ts';
import {actionWords, commandLine} from './action-words.ts';
import type {CommandLine} from './palette.ts';

/** The command line that does what this one of the console would do now; null where there is none, or it would do nothing. */
export function sameLine(state: ConsoleState, line: CommandLine): string | null {
	if (line.kind !== 'command') return null;
	const {command, words} = line;
	if (command.line !== undefined) {
		const own = command.line(state, words);
		return own === null ? null : commandLine(own);
	}
	const {actions, state: after} = runCommand(state, command.name, words);
	const action = after.overlay.kind === 'ask' ? after.overlay.action : actions[0];
	const own = action === undefined ? null : actionWords(state, action);
	return own === null ? null : commandLine(own);
}
