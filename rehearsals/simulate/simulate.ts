// `firebreak simulate`: a rehearsal on the model alone, for any size. Its runs are those of `rehearse --model-only`; beside
// them stands what a lab has no time for: every foothold, luck, choke points, and each single change.
import type {LabEvent} from '../../core/contracts/event.ts';
import type {RunReport} from '../../core/contracts/report.ts';
import {assumptionsOf, limitsOf} from '../../core/measure/limits.ts';
import type {Rehearsal} from '../../core/model/rehearsal.ts';
import type {Simulated, SimulationReport} from '../../core/simulate/simulation-report.ts';
import {refuseUnavailable} from '../../scenarios/adversary-availability.ts';
import {countsOf} from '../counts.ts';
import {engineOf, mostKnown, mostWormed} from './engine.ts';
import {type Explored, explore} from './explore.ts';
import {type Starts, startsOf} from './footholds.ts';
import {headlineRuns} from './headline-runs.ts';
import type {Pace} from './pace.ts';
import {uncomputed} from './uncomputed.ts';

export interface SimulateOptions {
	readonly seed: number;
	/** `--foothold`: a workload, `every`, or null for the scenarios' own. */
	readonly foothold: string | null;
	readonly probability: number | null;
	readonly runs: number;
	readonly revision: string | null;
	readonly versions: Readonly<Record<string, string>>;
	readonly pace: Pace;
	/** Told of the runs that stand side by side, where an attacker acts in them. */
	readonly tell?: (event: LabEvent) => void;
}

/** @throws FirebreakError `strategy-unavailable` or `technique-unavailable`; the reason of an interruption */
export async function simulate(rehearsal: Rehearsal, options: SimulateOptions): Promise<SimulationReport> {
	const {topology, scenarios} = rehearsal;
	const {seed, pace, tell = () => undefined} = options;
	for (const scenario of scenarios) refuseUnavailable(scenario);
	const simulations: Simulated[] = [];
	const footholds: SimulationReport['footholds'][number][] = [];
	const runs: RunReport[] = [];
	for (const scenario of scenarios) {
		const starts: Starts = startsOf(topology, scenario, options.foothold);
		const explored: Explored[] = [];
		for (const candidate of rehearsal.candidates) {
			pace.interrupted.throwIfAborted();
			pace.watch(`${candidate.name}: ${scenario.name}`, 0, null);
			const graph = engineOf(rehearsal, candidate, scenario, seed);
			explored.push(await explore({...options, rehearsal, candidate, scenario, starts, graph}));
		}
		runs.push(...(await headlineRuns({rehearsal, scenario, starts, explored, seed, pace, tell})));
		for (const {simulated, footholds: each} of explored) {
			const {candidate, placement} = simulated;
			simulations.push(simulated);
			footholds.push(...each.map(one => ({candidate, placement, scenario: scenario.name, ...one})));
		}
	}
	return report(rehearsal, options, {
		simulations: inOrder(rehearsal, simulations),
		footholds,
		runs: inOrder(rehearsal, runs),
	});
}

/** By candidate, then by scenario, as a rehearsal's report has them. */
const inOrder = <One extends {readonly candidate: string; readonly placement: string}>(
	{candidates}: Rehearsal,
	list: readonly One[],
): readonly One[] =>
	candidates.flatMap(({name, placement}) => list.filter(one => one.candidate === name && one.placement === placement));

function report(
	rehearsal: Rehearsal,
	{seed, revision, versions}: SimulateOptions,
	found: Pick<SimulationReport, 'simulations' | 'footholds' | 'runs'>,
): SimulationReport {
	const {topology, scenarios} = rehearsal;
	const assumptions = [...assumptionsOf(topology, scenarios), ...uncomputed(scenarios)];
	const size = topology.workloads.length;
	return {
		schema: 'firebreak/simulation/v1',
		name: rehearsal.name,
		measured: 'model',
		computedBy: size <= mostWormed ? 'worm' : size <= mostKnown ? 'closure-over-kinds' : 'closure-over-classes',
		topology: countsOf(topology),
		inputs: rehearsal.inputs,
		revision,
		versions,
		assumptions,
		seed,
		...found,
		limits: limitsOf({measured: 'model', assumptions, runs: found.runs}),
	};
}
