import {act, refused} from '../change.ts';
import {chosenWorkload} from '../chosen.ts';
import type {ConsoleCommand} from './console-command.ts';
import {optional} from './console-command.ts';
import {quarantinedSlot, workloadSlot} from './slots.ts';

export const workloadCommands: readonly ConsoleCommand[] = [
	...(['quarantine', 'release'] as const).map(
		(kind): ConsoleCommand => ({
			...{
				name: kind,
				group: 'workload',
				of: 'lab',
				slots: [optional(kind === 'release' ? quarantinedSlot : workloadSlot)],
			},
			...(kind === 'quarantine'
				? {keys: [{key: 'q', words: ['']}], shows: 'q', hint: 'quarantine'}
				: {keys: [], shows: '', hint: null}),
			about:
				kind === 'quarantine'
					? 'cuts the chosen workload off; again: releases it'
					: 'lets a quarantined workload talk again',
			run(state, [word]) {
				const named = word === undefined || word === '';
				const workload = chosenWorkload(state, named ? state.chosen : word);
				if (typeof workload === 'string') return refused(state, workload);
				if (workload.outside) return refused(state, `${workload.name} is outside: nothing is enforced there`);
				if (!workload.managed) return refused(state, `${workload.name} is not managed: nothing is enforced there`);
				const isCut = state.world.quarantined.has(workload.name);
				if (word === '') return act(state, {kind: isCut ? 'release' : 'quarantine', workload: workload.name});
				if (isCut === (kind === 'quarantine'))
					return refused(state, `${workload.name} is ${isCut ? 'quarantined already' : 'not quarantined'}`);
				return act(state, {kind, workload: workload.name});
			},
		}),
	),
	{
		...{name: 'shell', group: 'workload', of: 'lab', keys: [{key: 's'}], shows: 's', hint: 'shell'},
		about: 'a shell in the chosen workload; leaving it comes back here',
		slots: [optional(workloadSlot)],
		run(state, [word]) {
			const workload = chosenWorkload(state, word ?? state.chosen);
			if (typeof workload === 'string') return refused(state, workload);
			return act(state, {kind: 'shell', workload: workload.name});
		},
	},
];
