// A lab as the console is told of it, by the model and with a clock that ticks evenly, so that a golden file stays:
// `const {world} = await watched('shop', 'segmented')`.

import {loadOptions} from '../../../cli/load-options.ts';
import type {WatchEvent} from '../../../core/contracts/watch-event.ts';
import type {Rehearsal} from '../../../core/model/rehearsal.ts';
import {loadRehearsal} from '../../../rehearsals/load.ts';
import {createModelRange} from '../../../rehearsals/model-range.ts';
import {probeFlows} from '../../../rehearsals/probe-flows.ts';
import {firstState} from '../../../tui/console/first-state.ts';
import type {ConsoleState} from '../../../tui/console/state.ts';
import {begin} from '../../../tui/console/world/begin.ts';
import type {World} from '../../../tui/console/world/world.ts';

export interface Watched {
	readonly rehearsal: Rehearsal;
	/** Before anything happened, with the candidate in force. */
	readonly world: World;
	/** What probes of every flow showed. */
	readonly probes: readonly WatchEvent[];
	/** The scenario's first attack, from `attack-started` to `attack-ended`, 40 ms an action. */
	readonly attack: readonly WatchEvent[];
}

/** What is told of a rehearsal of the catalogue under one of its candidates. */
export async function watched(name: string, candidateName: string, foothold = 'wiki.dev'): Promise<Watched> {
	const loaded = await loadRehearsal(name, loadOptions());
	if (loaded.kind === 'wrong') throw new Error(`${name} is wrong`);
	const rehearsal = loaded.value;
	const candidate = rehearsal.candidates.find(one => one.name === candidateName);
	if (candidate === undefined) throw new Error(`no candidate ${candidateName}`);
	const range = createModelRange(rehearsal.topology, 1, () => 0);
	await range.use(candidate);
	const {flows} = probeFlows(rehearsal.topology, [candidate.stack], 1, []);
	const evidence = await range.probe(flows);
	const scenario = rehearsal.scenarios[0]!;
	const run = await range.attack(scenario, foothold);
	const who = {candidate: candidateName, scenario: scenario.name, foothold};
	const seen = new Map(run.evidence.map(one => [one.action, one.evidence]));
	return {
		rehearsal,
		world: begin({
			lab: 'shop',
			rehearsal,
			startedAt: 0,
			nowMs: 0,
			inForce: {name: candidate.name, stack: candidate.stack, placement: candidate.placement, observed: false},
			compromised: [],
		}),
		probes: evidence.map((one, at) => ({
			kind: 'flow-probed',
			candidate: candidateName,
			evidence: one,
			atMs: 900 + at / 10,
		})),
		attack: [
			{kind: 'attack-started', ...who, turn: {number: 1, of: 1}, expectedActions: null, atMs: 2000},
			...run.timeline.map(
				(record): WatchEvent => ({
					...{kind: 'action', ...who, record: {...record, atMs: 40 * record.action}},
					...{evidence: seen.get(record.action) ?? [], atMs: 2000 + 40 * record.action},
				}),
			),
			{kind: 'attack-ended', ...who, ended: run.ended, atMs: 2040 + 40 * run.timeline.length},
		],
	};
}

/** The console as it opens on that world. */
export const opened = (world: World, columns: number, rows: number, rest: Partial<ConsoleState> = {}): ConsoleState =>
	firstState(world, {size: {columns, rows}, fresh: false, ...rest});
