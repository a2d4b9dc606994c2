// What a chooser offers, in its order.
import type {ConsoleState} from '../state.ts';

export interface Choice {
	/** Null: what the scenario itself says. */
	readonly name: string | null;
	/** What stands behind it. */
	readonly note: string;
}

export type Chooser = Extract<ConsoleState['overlay'], {kind: 'choose'}>;

export function choices({world: {rehearsal}}: ConsoleState, {what}: Chooser): readonly Choice[] {
	const named = {
		scenario: rehearsal.scenarios,
		candidate: rehearsal.candidates,
		foothold: rehearsal.topology.workloads,
	};
	return named[what].map(({name}) => ({name, note: ''}));
}
