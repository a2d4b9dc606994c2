// What the pane explains: what somebody asked for, else what was denied last.

import type {ConsoleState} from '../state.ts';
import type {Verdict} from '../world/world.ts';

export interface Asked {
	/** As `explain` takes them: from, to, port. */
	readonly words: readonly [from: string, to: string, port: string];
	/** The denial that it comes from; null where somebody asked. */
	readonly denial: Verdict | null;
}

/** How long one denial is explained before the next. */
const heldMs = 2000;

/**
 * The question of the state; else the newest denial that somebody met who was not a probe, else the newest of a probe,
 * for those come by the thousand and tell nothing new. Null where nothing was denied.
 *
 * While things move, one denial stands for a while: nobody reads thirty a second.
 */
export function asked({question, world: {verdicts, clockMs}, ...pace}: ConsoleState): Asked | null {
	if (question !== null) return {words: [question.from, question.to, question.port], denial: null};
	const {paused} = pace.playing ?? pace.attackPace;
	const until = paused ? Number.POSITIVE_INFINITY : Math.floor(clockMs / heldMs) * heldMs;
	/** Newest first: of an attacker or a program, and of a probe. */
	let [late, probed]: (Verdict | null)[] = [null, null];
	for (const piece of verdicts.pieces.toReversed())
		for (const verdict of piece.toReversed()) {
			if (verdict.decision !== 'deny' && verdict.decision !== 'would-deny') continue;
			if (verdict.by === 'probe') probed ??= verdict;
			else if (verdict.atMs < until) return of(verdict);
			else late ??= verdict;
		}
	const found = late ?? probed;
	return found === null || found === undefined ? null : of(found);
}

const of = (denial: Verdict): Asked => ({
	words: [denial.from, denial.to, denial.protocol === 'icmp' ? 'icmp' : `${denial.port}/${denial.protocol}`],
	denial,
});
