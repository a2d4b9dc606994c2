// The verdict on one flow with its whole chain, and the smallest changes that flip it.
import type {Flow} from '../model/flow.ts';
import type {Placement, RuleRef, Verdict} from '../model/policy.ts';
import type {Chain} from './chain.ts';
import {closings} from './closing.ts';
import type {Edit, World} from './edit.ts';
import {openings} from './opening.ts';
import {judged} from './trial.ts';

export interface Explanation {
	readonly flow: Flow;
	readonly verdict: Verdict;
	readonly egress: Chain;
	readonly ingress: Chain;
	/** Ways to flip the verdict, the smallest first, each tried. Empty where nobody judges the flow, or a workload talks to itself. */
	readonly changes: readonly Change[];
}

export interface Change {
	/** To be made together. */
	readonly edits: readonly Edit[];
	/** Guardrails that it goes against: others wrote them so that no rule opens what they close. */
	readonly guardrails: readonly RuleRef[];
}

/** Why `flow` is allowed or denied. @throws Error where it names a workload that is not in the topology */
export function explainFlow(world: World, flow: Flow, placement: Placement): Explanation {
	const trial = {world, flow, placement};
	const {verdict, egress, ingress} = judged(trial);
	const toItself = flow.source.workload !== null && flow.source.workload === flow.destination.workload;
	const ways = toItself ? [] : verdict.action === 'deny' ? openings(trial) : closings(trial, [ingress, egress]);
	return {flow, verdict, egress, ingress, changes: ways.map(edits => ({edits, guardrails: touched(world, edits)}))};
}

/** The guardrails that an exception weakens, or that an allow is put before. */
function touched({stack}: World, edits: readonly Edit[]): readonly RuleRef[] {
	return edits.flatMap(edit => {
		if (edit.kind === 'add-exception') return edit.rule.tier === 'guardrails' ? [edit.rule] : [];
		if (edit.kind !== 'add-rule' || edit.tier !== 'guardrails' || edit.rule.action !== 'allow') return [];
		const policy = stack.find(({id}) => id === edit.policy)!;
		const rule = policy.guardrails.find(({id}) => id === edit.before);
		return rule === undefined ? [] : [{...rule, policy: policy.name, tier: 'guardrails' as const}].map(toRef);
	});
}

const toRef = ({id, name, policy, tier, where}: RuleRef): RuleRef => ({id, name, policy, tier, where});
