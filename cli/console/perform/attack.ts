import {goalsOf} from '../../../rehearsals/goals-of.ts';
import {loadLabScenario} from '../../../rehearsals/lab-scenario.ts';
import type {Said} from '../../../tui/console/message.ts';
import type {Action} from '../../../tui/console/state.ts';
import {loadOptions} from '../../load-options.ts';
import type {Doing} from '../live.ts';
import {said, saidProblems} from './said.ts';

type Of<Kind extends Action['kind']> = Extract<Action, {kind: Kind}>;

/** At speed 1 an action begins every so many milliseconds; from `asFast` on as soon as it can. */
const intervalMs = 240;
const asFast = 64;

/** From each foothold in turn, as the command does it. Resolves when the last is over. */
export async function attack(
	{scenario: word, foothold}: Of<'attack'>,
	{app, lab, rehearsal, seed}: Doing,
): Promise<Said> {
	const loaded = await loadLabScenario(word, rehearsal, foothold, loadOptions());
	if (loaded.kind === 'wrong') return saidProblems(loaded.problems);
	const {scenario, footholds} = loaded.value;
	const goals = goalsOf(rehearsal.topology, scenario);
	let fell = 0;
	for (const from of footholds) {
		const {paused, speed} = app.state().attackPace;
		const run = await lab.ask('attack', {
			scenario,
			foothold: from,
			goals,
			seed,
			evidence: 'told',
			pace: {paused, intervalMs: interval(speed)},
		});
		fell += run.falls.filter(fall => fall.from !== null).length;
	}
	return said(
		`${scenario.name} is over: ${fell === 0 ? 'nobody else fell' : `${fell} fell`}`,
		fell === 0 ? 'good' : 'bad',
	);
}

/** Of the attack under way, if there is one; the next begins at the same pace. */
export async function pace({pace: how, speed}: Of<'pace'>, {lab}: Doing): Promise<Said | null> {
	const paused = how !== 'go';
	await lab.ask('pace', {paused, intervalMs: interval(speed), step: how === 'step'});
	return null;
}

const interval = (speed: number): number => (speed >= asFast ? 0 : Math.round(intervalMs / speed));
