import {act, only, refused} from '../change.ts';
import type {ConsoleCommand} from './console-command.ts';
import {optional} from './console-command.ts';
import {candidateSlot} from './slots.ts';

export const policyCommands: readonly ConsoleCommand[] = [
	{
		...{name: 'apply', group: 'policy', of: 'lab', keys: [{key: 'p'}], shows: 'p', hint: 'candidate'},
		about: 'puts a candidate in force; flat is no policy',
		slots: [optional(candidateSlot)],
		run(state, [candidate]) {
			if (candidate !== undefined) return act(state, {kind: 'apply', candidate, observe: false});
			const {rehearsal, policy} = state.world;
			const now = rehearsal.candidates.findIndex(({name}) => name === policy.name);
			return only({
				...state,
				overlay: {kind: 'choose', what: 'candidate', choice: Math.max(0, now), scenario: null},
			});
		},
	},
	{
		...{name: 'observe', group: 'policy', of: 'lab', keys: [{key: 'o'}], shows: 'o', hint: 'observe'},
		about: 'denies nothing, logs what it would deny; again: enforces',
		slots: [optional(candidateSlot)],
		run(state, [word]) {
			if (word !== undefined) return act(state, {kind: 'apply', candidate: word, observe: true});
			const {name, stack, observed} = state.world.policy;
			if (stack.length === 0) return refused(state, 'no policy is in force: p chooses one');
			return act(state, {kind: 'apply', candidate: name, observe: !observed});
		},
	},
	{
		...{name: 'edit', group: 'policy', of: 'lab', keys: [{key: 'e'}], shows: 'e', hint: 'edit', slots: []},
		about: 'the policy in $EDITOR; then y applies it',
		run: state =>
			state.world.policy.stack.length === 0
				? refused(state, 'no policy is in force, so there is none to edit: p chooses one')
				: act(state, {kind: 'edit'}),
	},
	{
		...{name: 'undo', group: 'policy', of: 'lab', keys: [{key: 'u'}], shows: 'u', hint: 'undo', slots: []},
		about: 'what was in force before',
		run: state =>
			state.earlier.length === 0
				? refused(state, 'nothing was in force before: there is nothing to undo')
				: act(state, {kind: 'undo'}),
	},
	{
		...{name: 'probe', group: 'policy', of: 'lab', keys: [{key: 'b'}], shows: 'b', hint: 'broken?', slots: []},
		about: 'tries every flow that somebody needs: what is broken?',
		run: state => act(state, {kind: 'probe'}),
	},
];
