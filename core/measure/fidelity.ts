import type {AttackRun} from '../contracts/attack-run.ts';
import type {Fidelity} from '../contracts/report.ts';
import {flowKey, renderFlow} from '../model/flow.ts';
import {disagreement} from './agreement.ts';
import type {Kinds} from './kinds.ts';
import {lostKinds} from './lost.ts';
import {outcomeOf} from './outcomes.ts';
import type {CandidateInput} from './run-input.ts';

export type FlowFidelity = Pick<Fidelity, 'checked' | 'mismatches' | 'flows'>;

/** Beyond this many, mismatches are counted and not listed. */
const listed = 100;

/**
 * Flows on which model, kernel and far end agree, in verdict and rule. Inconclusive flows are not checked, but for those
 * whose own evidence is sure: a denial that proves nothing may still name the wrong rule. Nothing is checked where
 * nothing was measured.
 */
export function flowFidelity(input: Omit<CandidateInput, 'topology' | 'candidate'>): FlowFidelity {
	if (input.measured === 'model') return {checked: 0, mismatches: 0, flows: []};
	const controls = new Map(input.control.map(evidence => [flowKey(evidence.flow), evidence]));
	const flows: Fidelity['flows'][number][] = [];
	let [checked, mismatches] = [0, 0];
	for (const evidence of input.probed) {
		const verdict = input.verdict(evidence.flow);
		const {kind} = outcomeOf(evidence, controls.get(flowKey(evidence.flow)), verdict);
		if (kind === 'inconclusive' && evidence.outcome.kind === 'inconclusive') continue;
		const differs = disagreement(evidence, {verdict, stands: input.stands(evidence.flow)}, input.rules);
		if (kind === 'inconclusive' && differs === null) continue;
		checked += 1;
		if (differs === null) continue;
		mismatches += 1;
		if (flows.length < listed) flows.push({flow: renderFlow(evidence.flow), ...differs});
	}
	return {checked, mismatches, flows};
}

/**
 * Kinds on which the attackers differ, as sentences: lab against model, and candidate against control, for who loses
 * more under a policy than without one was not stopped by it. A run that a limit ended has not lost less, and one that
 * stopped at its goal was not after everything.
 */
export function attackerFidelity(
	kinds: Kinds,
	{run, modelRun, controlRun}: {run: AttackRun; modelRun: AttackRun | null; controlRun: AttackRun},
): readonly string[] {
	const lab = lostKinds(kinds, run);
	const control = lostKinds(kinds, controlRun);
	const model = modelRun === null ? lab : lostKinds(kinds, modelRun);
	return [
		...(modelRun?.ended === 'limit'
			? []
			: without(lab, model).map(name => `${name}: lost in the lab, not in the model`)),
		...(run.ended === 'limit' ? [] : without(model, lab).map(name => `${name}: lost in the model, not in the lab`)),
		...(controlRun.ended === 'exhausted'
			? without(lab, control).map(name => `${name}: lost under the policy, not without one`)
			: []),
	];
}

const without = (names: readonly string[], others: readonly string[]): readonly string[] =>
	names.filter(name => !others.includes(name));
