// The runs that stand side by side: each candidate from its worst foothold. In small topologies the attacker itself is let
// loose, as `rehearse --model-only` does; in large ones they come from the closure.
import type {LabEvent} from '../../core/contracts/event.ts';
import type {RunReport} from '../../core/contracts/report.ts';
import type {Selector} from '../../core/model/policy.ts';
import type {Candidate, Rehearsal} from '../../core/model/rehearsal.ts';
import type {Scenario} from '../../core/model/scenario.ts';
import {footholdsIn} from '../../core/simulate/loss.ts';
import {createModelRange} from '../model-range.ts';
import {runRehearsal} from '../run.ts';
import {closureReport} from './closure-report.ts';
import {mostWormed} from './engine.ts';
import type {Explored} from './explore.ts';
import type {Starts} from './footholds.ts';
import type {Pace} from './pace.ts';

export interface HeadlineInput {
	readonly rehearsal: Rehearsal;
	readonly scenario: Scenario;
	readonly starts: Starts;
	/** One for each candidate, in their order. */
	readonly explored: readonly Explored[];
	readonly seed: number;
	readonly pace: Pace;
	readonly tell: (event: LabEvent) => void;
}

export async function headlineRuns(input: HeadlineInput): Promise<readonly RunReport[]> {
	const {rehearsal, explored} = input;
	const runs = rehearsal.topology.workloads.length <= mostWormed ? await wormRuns(input) : await closureRuns(input);
	return runs.map(run => {
		const at = rehearsal.candidates.findIndex(
			({name, placement}) => name === run.candidate && placement === run.placement,
		);
		return {...run, footholds: footholdsOf(explored[at]!, run.footholds)};
	});
}

/** Of all footholds, though only the worst were run. */
const footholdsOf = ({simulated: {distribution}}: Explored, own: RunReport['footholds']): RunReport['footholds'] =>
	distribution === null ? own : {count: distribution.count, median: distribution.median};

/** Where they are everywhere, only those that are the worst for some candidate. */
async function wormRuns({
	rehearsal,
	scenario,
	starts,
	explored,
	seed,
	pace,
	tell,
}: HeadlineInput): Promise<readonly RunReport[]> {
	const worst = explored.flatMap(({footholds}) => footholds.slice(0, 1).map(({foothold}) => foothold));
	const names = starts.from === 'every' && worst.length > 0 ? [...new Set(worst)] : starts.workloads;
	const range = createModelRange(rehearsal.topology, seed, pace.now);
	// After the scenario before, another candidate is in force.
	tell({kind: 'policy-applied', candidate: rehearsal.candidates[0]!.name, applyMs: 0, atMs: pace.now()});
	const {runs} = await runRehearsal(
		{
			...rehearsal,
			scenarios: [{...scenario, foothold: named(names, scenario)}],
			expectations: [],
			flows: [],
			accepted: [],
		},
		{seed, foothold: null, range, now: pace.now, tell, interrupted: pace.interrupted},
	);
	return starts.from === 'every' ? runs.filter(run => run.worst) : runs;
}

const named = (names: readonly string[], {where}: Scenario): Selector => [
	{reach: 'anything', requirements: [{kind: 'workload', names, wanted: true}], where},
];

async function closureRuns({
	rehearsal,
	scenario,
	starts,
	explored,
	pace,
}: HeadlineInput): Promise<readonly RunReport[]> {
	const [flat, ...others] = rehearsal.candidates as [Candidate, ...Candidate[]];
	const control = explored[0]!.graph;
	const runs: RunReport[] = [];
	for (const [at, candidate] of [flat, ...others].entries()) {
		pace.interrupted.throwIfAborted();
		pace.watch(`${candidate.name}: ${scenario.name}, measures`, 0, null);
		const {graph} = explored[at]!;
		const workload = explored[at]!.footholds[0]?.foothold ?? starts.workloads[0]!;
		const [foothold] = footholdsIn(graph, [workload]);
		const footholds = {count: 1, median: 0};
		runs.push(closureReport({graph, control, candidate, scenario, foothold: foothold!, footholds}));
	}
	return runs.map(run => ({...run, footholds: {count: 1, median: run.containment.compromised}}));
}
