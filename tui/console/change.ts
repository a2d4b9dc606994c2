// The few ways in which a key or a command changes things.
import type {Change} from './message.ts';
import type {Action, ConsoleState} from './state.ts';

export const only = (state: ConsoleState): Change => ({state, actions: []});

/** Nothing happens but that one is told why. */
export const refused = (state: ConsoleState, text: string): Change => ({
	state: {...state, said: {text, look: 'bad'}},
	actions: [],
});

export const told = (state: ConsoleState, text: string): ConsoleState => ({...state, said: {text, look: 'plain'}});

/** The lab is told to do it, unless this is a recording, or it is still at something else. */
export function act(state: ConsoleState, action: Action): Change {
	if (state.playing !== null && !ofPlayer.has(action.kind))
		return refused(state, 'this is a recording: what it shows is over, and nothing can be done to it');
	if (atOnce.has(action.kind)) return {state, actions: [action]};
	if (state.busy !== null) return refused(state, `still at it: ${state.busy}`);
	return {state: {...state, busy: doing(action)}, actions: [action]};
}

const ofPlayer: ReadonlySet<Action['kind']> = new Set(['pace', 'seek', 'quit']);

/** They wait for nothing, and an attack is seen by its events. */
const atOnce: ReadonlySet<Action['kind']> = new Set(['pace', 'seek', 'quit', 'stop', 'attack']);

/** What an action is called while it is under way. */
export function doing(action: Action): string {
	switch (action.kind) {
		case 'attack':
			return `attack ${action.scenario}`;
		case 'apply':
			return `${action.observe ? 'observe' : 'apply'} ${action.candidate}`;
		case 'apply-files':
			return 'apply what was edited';
		case 'quarantine':
		case 'release':
		case 'shell':
			return `${action.kind} ${action.workload}`;
		default:
			return action.kind;
	}
}
