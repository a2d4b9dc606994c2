// All that is asked of one candidate under one scenario beside its runs: every foothold, luck, choke points, changes.
import {kindsOf} from '../../core/measure/kinds.ts';
import type {Candidate, Rehearsal} from '../../core/model/rehearsal.ts';
import type {Scenario} from '../../core/model/scenario.ts';
import type {AttackGraph} from '../../core/simulate/attack-graph.ts';
import {everyFoothold} from '../../core/simulate/every-foothold.ts';
import {type Foothold, footholdsIn} from '../../core/simulate/loss.ts';
import {monteCarlo} from '../../core/simulate/monte-carlo.ts';
import type {FootholdReport, ProbabilityReport, Simulated} from '../../core/simulate/simulation-report.ts';
import {distribute, footholdReports} from './distribute.ts';
import type {Starts} from './footholds.ts';
import {type Pace, paced} from './pace.ts';
import {proposals} from './proposals.ts';

export interface ExploreInput {
	readonly rehearsal: Rehearsal;
	readonly candidate: Candidate;
	readonly scenario: Scenario;
	readonly starts: Starts;
	readonly graph: AttackGraph;
	readonly seed: number;
	/** `--exploit-probability`, or null. */
	readonly probability: number | null;
	/** `--runs`. */
	readonly runs: number;
	readonly pace: Pace;
}

export interface Explored {
	readonly graph: AttackGraph;
	readonly simulated: Simulated;
	/** The worst first. */
	readonly footholds: readonly FootholdReport[];
}

export async function explore(input: ExploreInput): Promise<Explored> {
	const {rehearsal, candidate, scenario, starts, graph, pace} = input;
	const stage = (what: string): string => `${candidate.name}: ${scenario.name}, ${what}`;
	const footholds = footholdsIn(graph, starts.workloads);
	const nodes = new Set(footholds.map(({node}) => node)).size;
	const losses = await paced(pace, stage('footholds'), nodes, everyFoothold(graph, footholds));
	const reports = footholdReports(rehearsal.topology, losses);
	const {counted} = kindsOf(rehearsal.topology);
	const others = counted.length - (counted.some(({name}) => name === footholds[0]?.kind) ? 1 : 0);
	const worst = reports.flatMap(({foothold}) => footholds.find(({workload}) => workload === foothold) ?? []);
	const proposed = await proposals({
		graph,
		candidate,
		footholds: worst,
		everywhere: starts.from === 'every',
		pace,
		stage,
	});
	return {
		graph,
		simulated: {
			candidate: candidate.name,
			placement: candidate.placement,
			scenario: scenario.name,
			from: starts.from,
			footholds: footholds.length,
			others,
			distribution: footholds.length > 1 ? distribute(reports, others) : null,
			probability: await byChance(input, footholds, others, stage('runs')),
			...proposed,
		},
		footholds: reports,
	};
}

async function byChance(
	{graph, rehearsal, probability, runs, seed, pace}: ExploreInput,
	footholds: readonly Foothold[],
	others: number,
	stage: string,
): Promise<ProbabilityReport | null> {
	if (probability === null) return null;
	const found = await paced(pace, stage, runs, monteCarlo(graph, {footholds, probability, runs, seed}));
	const {mean, low, high} = found.compromised;
	const hasJewels = rehearsal.topology.workloads.some(({jewel}) => jewel);
	return {
		exploitProbability: probability,
		runs,
		compromised: found.compromised,
		blastRadius: others === 0 ? null : {mean: mean / others, low: low / others, high: high / others},
		jewelFalls: hasJewels ? found.jewelFalls : null,
	};
}
