// Worlds of the shop as the console meets them: a candidate in force, probed by the model, attacked in the model.

import {loadOptions} from '../../../cli/load-options.ts';
import type {Evidence} from '../../../core/contracts/evidence.ts';
import type {WatchEvent} from '../../../core/contracts/watch-event.ts';
import type {Rehearsal} from '../../../core/model/rehearsal.ts';
import {footholdsOf} from '../../../rehearsals/footholds.ts';
import {loadRehearsal} from '../../../rehearsals/load.ts';
import {createModelRange} from '../../../rehearsals/model-range.ts';
import {probeFlows} from '../../../rehearsals/probe-flows.ts';
import {firstState} from '../../../tui/console/first-state.ts';
import type {ConsoleState} from '../../../tui/console/state.ts';
import {begin} from '../../../tui/console/world/begin.ts';
import {fold} from '../../../tui/console/world/fold.ts';
import type {World} from '../../../tui/console/world/world.ts';

export async function loadReady(name: string): Promise<Rehearsal> {
	const loaded = await loadRehearsal(name, loadOptions());
	if (loaded.kind === 'wrong') throw new Error(JSON.stringify(loaded.problems));
	return loaded.value;
}

/** Nothing happened yet. */
export function quietWorld(rehearsal: Rehearsal, candidate: string): World {
	const chosen = rehearsal.candidates.find(({name}) => name === candidate)!;
	return begin({
		lab: rehearsal.name,
		rehearsal,
		startedAt: 0,
		nowMs: 0,
		inForce: {...chosen, observed: false},
		compromised: [],
	});
}

/** Every flow probed once, as the model would have it unless `seen` says otherwise. */
export async function probedWorld(
	rehearsal: Rehearsal,
	candidate: string,
	seen: (evidence: Evidence) => Evidence = one => one,
): Promise<World> {
	const range = createModelRange(rehearsal.topology, 1, () => 0);
	const chosen = rehearsal.candidates.find(({name}) => name === candidate)!;
	await range.use(chosen);
	const stacks = rehearsal.candidates.map(({stack}) => stack);
	const {flows} = probeFlows(rehearsal.topology, stacks, 1, []);
	const evidence = await range.probe(flows);
	return fold(
		quietWorld(rehearsal, candidate),
		evidence.map((one): WatchEvent => ({kind: 'flow-probed', candidate, evidence: seen(one), atMs: 400})),
	);
}

/** That world after the first scenario ran to its end. */
export async function attackedWorld(rehearsal: Rehearsal, world: World): Promise<World> {
	const range = createModelRange(rehearsal.topology, 1, () => 0);
	const {name, stack, placement} = world.policy;
	await range.use({...rehearsal.candidates[0]!, name, stack, placement});
	const scenario = rehearsal.scenarios[0]!;
	const [foothold] = footholdsOf(rehearsal.topology, scenario, null);
	const about = {candidate: name, scenario: scenario.name, foothold: foothold!};
	const run = await range.attack(scenario, foothold!);
	const evidence = new Map(run.evidence.map(one => [one.action, one.evidence]));
	return fold(world, [
		{kind: 'attack-started', ...about, turn: {number: 1, of: 1}, expectedActions: null, atMs: 500},
		...run.timeline.map(
			(record): WatchEvent => ({
				kind: 'action',
				...about,
				record,
				evidence: evidence.get(record.action) ?? [],
				atMs: 500 + record.action * 100,
			}),
		),
		{kind: 'attack-ended', ...about, ended: run.ended, atMs: 500 + run.timeline.length * 100},
	]);
}

/** A console that looks at a world and has been told nothing. */
export const looking = (world: World, changed: Partial<ConsoleState> = {}): ConsoleState =>
	firstState(world, {size: {columns: 120, rows: 40}, pane: 'matrix', fresh: false, ...changed});
