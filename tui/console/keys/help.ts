// What help and hints say, from the tables that the keys themselves read.

import type {CommandGroup} from '../commands/console-command.ts';
import {commandsFor} from '../commands/console-commands.ts';
import {takes} from '../palette/palette.ts';
import type {ConsoleState} from '../state.ts';
import {moveKeys} from './move-keys.ts';

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

const titles: Readonly<Record<CommandGroup, string>> = {
	attack: 'The attack',
	time: 'Time',
	policy: 'The policy',
	workload: 'The chosen workload',
	looking: 'Looking',
	console: 'The console',
};

/** Of what can be done here: a recording has fewer. */
export const help = (state: ConsoleState): readonly HelpGroup[] => [
	{
		title: 'Moving',
		rows: moveKeys.flatMap(({shows, about}) => (about === '' ? [] : [{key: shows, command: '', about}])),
	},
	...Object.entries(titles).map(([group, title]) => ({
		title,
		rows: commandsFor(state)
			.filter(one => one.group === group)
			.map(one => ({key: one.shows, command: takes(one), about: one.about})),
	})),
];

export interface Hint {
	readonly key: string;
	readonly word: string;
}

/** Keys for the lines below the panes, the most useful first: what can be done with what is chosen, and what always can. */
export function hints(state: ConsoleState): {readonly chosen: readonly Hint[]; readonly always: readonly Hint[]} {
	const known = commandsFor(state).filter(({hint, shows}) => hint !== null && shows !== '');
	const hintOf = (one: (typeof known)[number]): Hint => ({key: one.shows, word: wordOf(one.name, state) ?? one.hint!});
	const order = [
		'help',
		'palette',
		'attack',
		'pause',
		'step',
		'speed',
		'seek',
		'run',
		'apply',
		'observe',
		'edit',
		'undo',
		'probe',
		'reset',
	];
	const always = order.flatMap(name => known.filter(one => one.name === name)).map(hintOf);
	const rest = known.filter(({name}) => !order.includes(name) && name !== 'quit').map(hintOf);
	const quit = known.filter(({name}) => name === 'quit').map(hintOf);
	const own = known
		.filter(({name, group}) => group === 'workload' || name === 'explain' || name === 'zoom')
		.map(hintOf);
	const draft: readonly Hint[] =
		state.draft === null
			? []
			: [
					...(state.draft.problems.length === 0 ? [{key: 'y', word: 'apply'}] : []),
					{key: 'Esc', word: 'drop the edit'},
				];
	const focus: Hint = {key: 'Tab', word: state.focus === 'map' ? state.pane : 'map'};
	return {
		chosen: state.chosen === null ? [] : own,
		always: [
			...draft,
			...always.slice(0, 2),
			focus,
			...always.slice(2),
			...rest.filter(({key}) => key === '/'),
			...quit,
		],
	};
}

/** Where a key does the opposite by now. */
function wordOf(name: string, {world, playing, attackPace, chosen, zoom}: ConsoleState): string | null {
	switch (name) {
		case 'pause':
			return (playing ?? attackPace).paused ? 'go' : null;
		case 'observe':
			return world.policy.observed ? 'enforce' : null;
		case 'quarantine':
			return chosen !== null && world.quarantined.has(chosen) ? 'release' : null;
		case 'zoom':
			return zoom === null ? null : 'all';
		default:
			return null;
	}
}
