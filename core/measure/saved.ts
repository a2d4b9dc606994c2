import type {AttackRun} from '../contracts/attack-run.ts';
import type {Containment} from '../contracts/report.ts';
import type {Scenario} from '../model/scenario.ts';
import type {Kinds} from './kinds.ts';
import {lostKinds} from './lost.ts';

export type Saved = Pick<Containment, 'saved' | 'savable' | 'savedReason'>;

const undefinedFor = (savedReason: string, savable: number | null = null): Saved => ({
	saved: null,
	savable,
	savedReason,
});

/**
 * |C₀ \ C| of |C₀ \ F|: what the policy kept of what falls without it. Null with the reason where that says nothing: in
 * the control, for an attacker that stops at a goal, where a limit ended either run, and where nothing falls anyway.
 */
export function saved(
	kinds: Kinds,
	{scenario, control, controlRun, run}: {scenario: Scenario; control: boolean; controlRun: AttackRun; run: AttackRun},
): Saved {
	if (control) return undefinedFor('the control');
	if (scenario.goal.kind !== 'everything') return undefinedFor('goal-directed');
	if (run.ended === 'limit' || controlRun.ended === 'limit') return undefinedFor('a limit ended the run');
	const savable = lostKinds(kinds, controlRun);
	if (savable.length === 0) return undefinedFor('nothing to contain', 0);
	const lost = new Set(lostKinds(kinds, run));
	return {saved: savable.filter(name => !lost.has(name)).length, savable: savable.length, savedReason: null};
}
