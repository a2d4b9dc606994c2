import {attackerOf} from './compare/attacker.ts';
import {missingOf} from './compare/columns.ts';
import type {ConsoleState} from './state.ts';

/**
 * A piece of what the state's pane waits for and says that it works at, to be done before the next frame, some 30 ms long;
 * null where it has all it shows. A view asks for nothing that takes longer than a frame.
 */
export function nextWork({pane, world}: ConsoleState): (() => void) | null {
	if (pane !== 'compare') return null;
	const [first] = missingOf(world, attackerOf(world));
	return first?.workOut ?? null;
}
