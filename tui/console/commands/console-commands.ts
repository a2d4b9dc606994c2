// Every command of the console: keys, palette and help read this one list.
import {act, only} from '../change.ts';
import type {ConsoleState} from '../state.ts';
import {attackCommands} from './attack-commands.ts';
import type {ConsoleCommand} from './console-command.ts';
import {lookingCommands} from './looking-commands.ts';
import {policyCommands} from './policy-commands.ts';
import {timeCommands} from './time-commands.ts';
import {workloadCommands} from './workload-commands.ts';

const ownCommands: readonly ConsoleCommand[] = [
	{
		...{name: 'palette', group: 'console', keys: [{key: ':'}], shows: ':', hint: 'commands', slots: []},
		about: 'commands: Tab completes them; with the command line that does the same',
		run: state => only({...state, overlay: {kind: 'palette', text: '', choice: -1}}),
	},
	{
		...{name: 'help', group: 'console', keys: [{key: '?'}], shows: '?', hint: 'help', slots: []},
		about: 'this',
		run: state => only({...state, overlay: {kind: 'help'}}),
	},
	{
		...{name: 'quit', group: 'console', keys: [{key: 'Q'}, {key: 'C-c'}], shows: 'Q', hint: 'quit', slots: []},
		about: 'leaves the console',
		run: state => act(state, {kind: 'quit'}),
	},
];

export const consoleCommands: readonly ConsoleCommand[] = [
	...attackCommands,
	...timeCommands,
	...policyCommands,
	...workloadCommands,
	...lookingCommands,
	...ownCommands,
];

/** Those that are of any use here: a recording is not acted upon, and a lab is not wound back. */
export const commandsFor = ({playing}: ConsoleState): readonly ConsoleCommand[] =>
	playing === null ? ofLab : ofRecording;

const ofLab = consoleCommands.filter(({of}) => of !== 'recording');
const ofRecording = consoleCommands.filter(({of}) => of !== 'lab');

const byKey = new Map(
	consoleCommands.flatMap(command => command.keys.map(({key, words = []}) => [key, {command, words}] as const)),
);

/** The command that a key runs, and the words that it stands for. */
export const commandOfKey = (key: string): {command: ConsoleCommand; words: readonly string[]} | undefined =>
	byKey.get(key);
