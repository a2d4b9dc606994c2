// Flows tried on a lab that is up, each beside what the model says of it under the policy in force there.
import type {Evidence} from '../core/contracts/evidence.ts';
import {type Disagreement, disagreement} from '../core/measure/agreement.ts';
import type {Flow} from '../core/model/flow.ts';
import type {RuleRef, Verdict} from '../core/model/policy.ts';
import type {Topology} from '../core/model/topology.ts';
import {createEvaluator} from '../core/policy/evaluate.ts';
import {ruleById} from '../core/policy/rule-index.ts';
import {noneRef} from '../core/policy/rule-ref.ts';
import type {JoinedLab} from '../lab/join.ts';
import type {Enforced} from './rulesets.ts';

/** How long a flow may stay without evidence before it is inconclusive. */
const timeoutMs = 1000;

export interface LabProbe {
	readonly evidence: Evidence;
	readonly verdict: Verdict;
	/** Where the three witnesses differ; null for what is inconclusive, since a witness is missing. */
	readonly differs: Disagreement | null;
	/** The rule that the kernel's deciding log names; null where there is none. */
	readonly kernelRule: RuleRef | null;
}

export async function probeLab(
	lab: JoinedLab,
	flows: readonly Flow[],
	topology: Topology,
	{stack, placement}: Pick<Enforced, 'stack' | 'placement'>,
): Promise<readonly LabProbe[]> {
	const evaluator = createEvaluator(topology, stack);
	const rules = ruleById(stack);
	const found = await lab.probe(flows, timeoutMs);
	return found.map(evidence => {
		const verdict = evaluator.verdict(evidence.flow, placement);
		const inconclusive = evidence.outcome.kind === 'inconclusive';
		const stands = evaluator.stands(evidence.flow, placement);
		const decided =
			evidence.logs.find(({decision}) => decision === 'deny') ??
			evidence.logs.findLast(({decision, rule}) => decision === 'allow' && rule !== noneRef.id) ??
			evidence.logs.findLast(({decision}) => decision === 'allow');
		return {
			evidence,
			verdict,
			differs: inconclusive ? null : disagreement(evidence, {verdict, stands}, rules),
			kernelRule: decided === undefined ? null : (rules.get(decided.rule) ?? null),
		};
	});
}
