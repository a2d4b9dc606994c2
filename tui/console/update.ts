// The console's state after something happened, and what is to be done about it. It has no effect and reads no clock.
import {only} from './change.ts';
import {type Ground, groundOf} from './ground.ts';
import {point} from './keys/point.ts';
import {press} from './keys/press.ts';
import type {Change, Message} from './message.ts';
import type {ConsoleState} from './state.ts';
import {fold} from './world/fold.ts';
import type {World, WorldPolicy} from './world/world.ts';

/** @param ground - where things stand on the screen; asked only where a key or the mouse needs it */
export function update(
	state: ConsoleState,
	message: Message,
	ground: (state: ConsoleState) => Ground = groundOf,
): Change {
	switch (message.kind) {
		case 'key':
			return press(state, message.name, () => ground(state));
		case 'mouse':
			return point(state, message.event, ground(state));
		case 'events':
			return only(inWorld(state, fold(state.world, message.events)));
		case 'resized':
			return only({...state, size: message.size});
		case 'said':
			return only({...state, said: message.said});
		case 'done':
			return only(afterAction(state, message));
		case 'drafted':
			return only({...state, draft: message.draft, ...(message.draft === null ? {} : {pane: 'policy'})});
		case 'tick': {
			const world = {...state.world, clockMs: Math.max(state.world.clockMs, message.clockMs)};
			return only({...state, world, playing: message.playing ?? state.playing});
		}
		case 'sought':
			return only({...state, world: message.world, playing: message.playing, earlier: []});
		default:
			return message satisfies never;
	}
}

function afterAction(state: ConsoleState, {action, said}: Extract<Message, {kind: 'done'}>): ConsoleState {
	const applied = action.kind === 'apply-files' && said?.look !== 'bad';
	return {
		...state,
		busy: null,
		said: said ?? state.said,
		...(applied ? {draft: null, world: withTexts(state)} : {}),
		...(action.kind === 'reset' ? {earlier: []} : {}),
	};
}

/** The policy is shown as it was edited. */
const withTexts = ({world, draft}: ConsoleState): World => ({
	...world,
	sources: new Map([...world.sources, ...(draft?.texts ?? [])]),
});

/** What was in force before is where undo leads; going back there takes it off. */
function inWorld(state: ConsoleState, world: World): ConsoleState {
	const before = state.world.policy;
	if (isSame(before, world.policy)) return {...state, world};
	const back = state.earlier.at(-1);
	if (back !== undefined && isSame(back, world.policy))
		return {...state, world: {...world, sources: back.sources}, earlier: state.earlier.slice(0, -1)};
	const {sources} = state.world;
	return {...state, world, earlier: [...state.earlier, {...before, sources}].slice(-mostEarlier)};
}

const mostEarlier = 50;

/** A file that was edited has the name that it had, and rules of its own. */
const isSame = (one: WorldPolicy, other: WorldPolicy): boolean =>
	one === other ||
	(one.name === other.name &&
		one.observed === other.observed &&
		one.placement === other.placement &&
		(one.stack === other.stack || JSON.stringify(one.stack) === JSON.stringify(other.stack)));
