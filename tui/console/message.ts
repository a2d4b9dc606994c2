// What happens to the console: keys, the mouse, events of the lab, ends of actions, time.
import type {WatchEvent} from '../../core/contracts/watch-event.ts';
import type {MouseEvent} from './screen.ts';
import type {Action, ConsoleState, Draft, Playing} from './state.ts';
import type {World} from './world/world.ts';

export type Said = NonNullable<ConsoleState['said']>;

export type Message =
	/** As `ScreenEvents.key` names them. */
	| {readonly kind: 'key'; readonly name: string}
	| {readonly kind: 'mouse'; readonly event: MouseEvent}
	| {readonly kind: 'events'; readonly events: readonly WatchEvent[]}
	| {readonly kind: 'resized'; readonly size: ConsoleState['size']}
	| {readonly kind: 'said'; readonly said: Said | null}
	/** An action that `update` gave is over; what there is to say of it. */
	| {readonly kind: 'done'; readonly action: Action; readonly said: Said | null}
	/** The editor was left: what the edit would change, or null where nothing was edited. */
	| {readonly kind: 'drafted'; readonly draft: Draft | null}
	/** Time went on: by the clock of the events, and, of a recording, where its player is. */
	| {readonly kind: 'tick'; readonly clockMs: number; readonly playing: Playing | null}
	/** A recording is looked at from elsewhere. */
	| {readonly kind: 'sought'; readonly world: World; readonly playing: Playing};

/** What a message makes of the state, and what the lab (or the player) is to do. */
export interface Change {
	readonly state: ConsoleState;
	readonly actions: readonly Action[];
}
