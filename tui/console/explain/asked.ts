// What the pane explains: what somebody asked for, else what was denied last.

import type {ConsoleState} from '../state.ts';
import type {Verdict} from '../world/world.ts';

export interface Asked {
	/** As `explain` takes them: from, to, port. */
	readonly words: readonly [from: string, to: string, port: string];
	/** The denial that it comes from; null where somebody asked. */
	readonly denial: Verdict | null;
}

/**
 * The question of the state; else the newest denial that somebody met who was not a probe, else the newest of a probe,
 * for those come by the thousand and tell nothing new. Null where nothing was denied.
 */
export function asked({question, world: {verdicts}}: ConsoleState): Asked | null {
	if (question !== null) return {words: [question.from, question.to, question.port], denial: null};
	let probed: Verdict | null = null;
	for (const piece of verdicts.pieces.toReversed())
		for (const verdict of piece.toReversed()) {
			if (verdict.decision !== 'deny' && verdict.decision !== 'would-deny') continue;
			if (verdict.by !== 'probe') return of(verdict);
			probed ??= verdict;
		}
	return probed === null ? null : of(probed);
}

const of = (denial: Verdict): Asked => ({
	words: [denial.from, denial.to, denial.protocol === 'icmp' ? 'icmp' : `${denial.port}/${denial.protocol}`],
	denial,
});
