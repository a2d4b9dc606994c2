// What of a run took its time, for a result that stays when the lines are gone.
import {shown, textOf} from '../line.ts';
import type {RunState} from './run-state.ts';
import {isOver, type Stage} from './stage.ts';
import {seconds, stageForms, stageLabel} from './stage-text.ts';

/** What takes less is not slow. */
const leastMs = 2000;
const most = 3;

/** The slowest first, at most three: `services 3.10 s (4 ports answered · db.prod:5432/tcp after 3.04 s)`. */
export const slowWords = (state: RunState): readonly string[] =>
	state.stages
		.flatMap(stage =>
			isOver(stage) && stage.kind !== 'model' && stage.tookMs! >= leastMs ? [{stage, ms: stage.tookMs!}] : [],
		)
		.sort((one, other) => other.ms - one.ms)
		.slice(0, most)
		.map(({stage, ms}) => `${label(stage, state)} ${seconds(ms)}${why(stage, state)}`);

const label = (stage: Stage, {candidates}: RunState): string => stageLabel(stage, candidates[0]);

function why(stage: Stage, state: RunState): string {
	if (stage.kind === 'work' && stage.work === 'pull') return ` (${textOf(stageForms(stage, state, 0)[0]!)})`;
	return (stage.kind === 'lab' || stage.kind === 'work') && stage.slowest !== null
		? ` (${shown(stage.slowest.who)} after ${seconds(stage.slowest.ms)})`
		: '';
}
