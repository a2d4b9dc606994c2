// What help and hints say of the keys.
import type {ConsoleState} from '../state.ts';

export interface HelpRow {
	/** Empty: a command without a key. */
	readonly key: string;
	/** As the palette takes it; empty for what is no command. */
	readonly command: string;
	readonly about: string;
}

export interface HelpGroup {
	readonly title: string;
	readonly rows: readonly HelpRow[];
}

export interface Hint {
	readonly key: string;
	readonly word: string;
}

const row = (key: string, command: string, about: string): HelpRow => ({key, command, about});

export const help = (_: ConsoleState): readonly HelpGroup[] => [
	{
		title: 'Moving',
		rows: [row('1 … 8', '', 'the panes'), row('arrows hjkl', '', 'choose a workload'), row('Esc', '', 'back')],
	},
	{
		title: 'The attack',
		rows: [
			row('a', 'attack [scenario] [foothold]', 'let an attacker loose'),
			row('space', 'pause', 'stop and go on'),
			row('.', 'step', 'one action'),
		],
	},
	{
		title: 'The policy',
		rows: [row('p', 'apply CANDIDATE', 'put a candidate in force'), row('o', 'observe', 'only log')],
	},
];

const hint = (text: string): Hint => ({key: text.split(' ')[0]!, word: text.split(' ').slice(1).join(' ')});

export const hints = ({
	chosen,
}: ConsoleState): {readonly chosen: readonly Hint[]; readonly always: readonly Hint[]} => ({
	chosen: chosen === null ? [] : ['Q quarantine', 's shell', 'x explain'].map(hint),
	always: ['? help', ': commands', 'a attack', 'space pause', '. step', 'p candidate', 'o observe', 'r reset'].map(
		hint,
	),
});
