import {act, only, refused} from '../change.ts';
import type {ConsoleCommand} from './console-command.ts';
import {literal, optional} from './console-command.ts';
import {scenarioSlot, workloadSlot} from './slots.ts';

export const attackCommands: readonly ConsoleCommand[] = [
	{
		...{name: 'attack', group: 'attack', of: 'lab', keys: [{key: 'a'}], shows: 'a', hint: 'attack'},
		about: 'an attack: which scenario, and from where',
		slots: [optional(scenarioSlot), literal('from'), optional(workloadSlot)],
		run(state, [scenario, foothold]) {
			const {attack} = state.world;
			if (attack !== null && attack.ended === null)
				return refused(state, `${attack.scenario} is under way: :stop ends it`);
			const {scenarios} = state.world.rehearsal;
			if (scenario === undefined) {
				if (scenarios.length === 0) return refused(state, 'the rehearsal has no scenario');
				return only({...state, overlay: {kind: 'choose', what: 'scenario', choice: 0, scenario: null}});
			}
			if (foothold !== undefined) return act(state, {kind: 'attack', scenario, foothold});
			return scenarios.find(({name}) => name === scenario)?.foothold === null
				? refused(state, `${scenario} says not where it starts: attack ${scenario} from WORKLOAD`)
				: act(state, {kind: 'attack', scenario, foothold: null});
		},
	},
	{
		...{name: 'stop', group: 'attack', of: 'lab', keys: [], shows: '', hint: null, slots: []},
		about: 'ends the attack; who fell is fallen',
		run: state =>
			state.world.attack === null || state.world.attack.ended !== null
				? refused(state, 'no attack is under way')
				: act(state, {kind: 'stop'}),
	},
	{
		...{name: 'reset', group: 'attack', of: 'lab', keys: [{key: 'r'}], shows: 'r', hint: 'reset', slots: []},
		about: 'the lab as it came up: no policy, nobody fallen',
		run: state =>
			only({
				...state,
				overlay: {
					kind: 'ask',
					question: 'Make the lab as it came up: no policy, no conversation, nobody fallen?',
					action: {kind: 'reset'},
				},
			}),
	},
];
