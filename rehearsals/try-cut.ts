// What the model recommends for a candidate that loses a crown jewel, put in force in the range and attacked again: a
// choke point is worth what packets say of it.
import type {Evidence} from '../core/contracts/evidence.ts';
import type {TriedCut} from '../core/contracts/report.ts';
import {applyEdits} from '../core/explain/edit.ts';
import {breakage} from '../core/measure/breakage.ts';
import {kindsOf} from '../core/measure/kinds.ts';
import {lostKinds} from '../core/measure/lost.ts';
import {ruleText} from '../core/measure/rule-text.ts';
import {flowKey} from '../core/model/flow.ts';
import type {Candidate, Rehearsal} from '../core/model/rehearsal.ts';
import type {Scenario} from '../core/model/scenario.ts';
import {ruleById} from '../core/policy/rule-index.ts';
import {footholdsIn} from '../core/simulate/loss.ts';
import {businessFlows} from './business-flows.ts';
import type {Range} from './range.ts';
import {engineOf} from './simulate/engine.ts';
import {chokePointsOf} from './simulate/proposals.ts';

export interface CutInput {
	readonly rehearsal: Rehearsal;
	readonly candidate: Candidate;
	readonly scenario: Scenario;
	/** Name of the workload where the attacker starts. */
	readonly foothold: string;
	/** Kinds that this attacker took under the candidate. */
	readonly lost: readonly string[];
	readonly range: Range;
	readonly control: readonly Evidence[];
	readonly seed: number;
	readonly now: () => number;
	readonly interrupted: AbortSignal;
}

/** Null where the model knows no rules of the candidate whose absence keeps every crown jewel from this attacker. */
export async function tryCut(input: CutInput): Promise<TriedCut | null> {
	const {rehearsal, candidate, scenario, foothold, lost, range, control, seed, now, interrupted} = input;
	const {topology} = rehearsal;
	const graph = engineOf(rehearsal, candidate, scenario, seed);
	const chokePoints = await chokePointsOf({
		graph,
		candidate,
		footholds: footholdsIn(graph, [foothold]),
		everywhere: false,
		pace: {now, interrupted, watch: () => undefined},
		stage: what => what,
	});
	const cut = chokePoints?.rules;
	if (cut === undefined || cut.elements.length === 0) return null;
	const rules = ruleById(candidate.stack);
	const dropped = cut.elements.flatMap(({name}) => rules.get(name) ?? []);
	const edits = dropped.map(rule => ({kind: 'remove-rule', rule}) as const);
	const changed = {...candidate, stack: applyEdits({topology, stack: candidate.stack}, edits).stack};
	await range.use(changed);
	const needed = new Set(businessFlows(topology).map(({flow}) => flowKey(flow)));
	const before = control.filter(({flow}) => needed.has(flowKey(flow)));
	const probed = await range.probe(before.map(({flow}) => flow));
	const run = await range.attack(scenario, foothold);
	const kinds = kindsOf(topology);
	const jewelsOf = (names: readonly string[]): number => names.filter(name => kinds.all.get(name)?.jewel).length;
	const left = lostKinds(kinds, run);
	const broken = breakage({topology, control: before, probed, rules: ruleById(changed.stack)});
	return {
		candidate: candidate.name,
		placement: candidate.placement,
		scenario: scenario.name,
		foothold: kinds.of(foothold) ?? foothold,
		measured: range.measured,
		dropped: dropped.flatMap(({id}) => ruleText(rules, id) ?? []),
		others: kinds.counted.filter(({name}) => name !== kinds.of(foothold)).length,
		before: {compromised: lost.length, jewelsReached: jewelsOf(lost)},
		after: {compromised: left.length, jewelsReached: jewelsOf(left), ended: run.ended},
		lostKinds: left,
		broken: broken.flows.map(({dependency}) => dependency),
		expectedToBreak: cut.breaks,
	};
}
