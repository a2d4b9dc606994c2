// All measures of one run, and the worst run of several footholds.
import type {Containment, RunReport} from '../contracts/report.ts';
import type {Stack} from '../model/policy.ts';
import {blastRadius} from './blast-radius.ts';
import {breakage} from './breakage.ts';
import {exposure} from './exposure.ts';
import {attackerFidelity, type FlowFidelity, flowFidelity} from './fidelity.ts';
import {jewels} from './jewels.ts';
import {type Kinds, kindsOf} from './kinds.ts';
import {looseness} from './looseness.ts';
import {outcomes} from './outcomes.ts';
import {type CandidateInput, isControl, type RunInput} from './run-input.ts';
import {saved} from './saved.ts';
import {signal} from './signal.ts';
import {stillLost} from './still-lost.ts';
import {timeline} from './timeline.ts';

/** What does not depend on who attacks: the same in each of a candidate's runs. */
export interface CandidateMeasures extends Pick<RunReport, 'breakage' | 'looseness' | 'outcomes'> {
	readonly flowFidelity: FlowFidelity;
}

export const measureCandidate = (input: CandidateInput): CandidateMeasures => ({
	breakage: breakage(input),
	looseness: looseness({topology: input.topology, stack: input.candidate.stack, verdict: input.verdict}),
	outcomes: outcomes(input),
	flowFidelity: flowFidelity(input),
});

/**
 * The report of one run, as its own group of one: `worstOf` says which of several is the worst.
 *
 * @param measures - those of its candidate, where they are known already from another of its runs
 */
export function measureRun(input: RunInput, measures: CandidateMeasures = measureCandidate(input)): RunReport {
	const kinds = kindsOf(input.topology);
	const containment = containmentOf(kinds, input);
	const attacker = input.measured === 'model' ? [] : attackerFidelity(kinds, input);
	const {checked, mismatches, flows} = measures.flowFidelity;
	return {
		candidate: input.candidate.name,
		placement: input.candidate.placement,
		scenario: input.scenario.name,
		foothold: kinds.of(input.foothold) ?? input.foothold,
		mode: modeOf(input.candidate.stack),
		worst: true,
		footholds: {count: 1, median: containment.compromised},
		containment,
		breakage: measures.breakage,
		looseness: measures.looseness,
		outcomes: measures.outcomes,
		fidelity: {checked, mismatches: mismatches + attacker.length, flows, attacker},
		timeline: timeline(input.topology, input.run, input.rules),
	};
}

function containmentOf(kinds: Kinds, input: RunInput): Containment {
	const {topology, run, rules} = input;
	return {
		...blastRadius(kinds, run),
		...saved(kinds, {...input, control: isControl(input.candidate)}),
		...jewels(kinds, run),
		labSeconds: run.labSeconds,
		...exposure(kinds, input.foothold, input.probed),
		...signal(run),
		stillLost: stillLost(topology, run, rules),
		ended: run.ended,
	};
}

/** `observe` where nothing is enforced at all. */
const modeOf = (stack: Stack): RunReport['mode'] =>
	stack.length > 0 && stack.every(({mode}) => mode === 'observe') ? 'observe' : 'enforce';

/**
 * Marks the worst foothold of each candidate, placement and scenario: most kinds lost, then most jewels, then by name;
 * and gives each run the number of footholds and the median of kinds lost. The caller lets replicas of one kind in once.
 */
export function worstOf(runs: readonly RunReport[]): readonly RunReport[] {
	const groups = Map.groupBy(runs, ({candidate, placement, scenario}) => [candidate, placement, scenario].join('\0'));
	const worst = new Set([...groups.values()].map(group => group.toSorted(byDamage)[0]!));
	const median = new Map([...groups.values()].flatMap(group => group.map(run => [run, medianOf(group)] as const)));
	return runs.map(run => ({...run, worst: worst.has(run), footholds: median.get(run)!}));
}

const byDamage = (a: RunReport, b: RunReport): number =>
	b.containment.compromised - a.containment.compromised ||
	b.containment.jewelsReached - a.containment.jewelsReached ||
	(a.foothold < b.foothold ? -1 : 1);

/** Of an even number, the mean of the two in the middle. */
function medianOf(group: readonly RunReport[]): RunReport['footholds'] {
	const sorted = group.map(({containment}) => containment.compromised).sort((a, b) => a - b);
	const middle = sorted.length / 2;
	const pair = [sorted[Math.ceil(middle) - 1]!, sorted[Math.floor(middle)]!];
	return {count: sorted.length, median: (pair[0]! + pair[1]!) / 2};
}
