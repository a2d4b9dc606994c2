// Verdicts of the model in the form of evidence: what rules would have logged, and what would have arrived.
import type {Arrival, Evidence, KernelLog, Outcome} from '../contracts/evidence.ts';
import type {Flow} from '../model/flow.ts';
import type {Placement, Verdict} from '../model/policy.ts';
import type {Evaluator} from '../policy/evaluate.ts';
import {expectedLogs} from '../policy/expected-logs.ts';

/** Why an allowed flow to an address without a workload has no outcome: nobody is there to see it arrive. */
export const nobodyThere = 'no workload owns the address';

/** What stands at the far end: something that accepts, a workload where nothing listens, or no workload at all. */
export type FarEnd = 'open' | 'closed' | 'nobody';

/**
 * Makes what the lab would have seen of a flow, were kernel and far end of one mind with the model; it takes no time.
 * Equal logs are one value, since an attack may leave a million of them.
 */
export function verdictWitness(
	evaluator: Pick<Evaluator, 'ends' | 'stands'>,
	placement: Placement,
): (flow: Flow, verdict: Verdict, farEnd: FarEnd) => Evidence {
	const known = new Map<string, readonly KernelLog[]>();
	return (flow, verdict, farEnd) => {
		const fresh = expectedLogs(evaluator.ends(flow, placement), evaluator.stands(flow, placement));
		const key = fresh
			.map(({placement: at, direction, decision, rule}) => `${at} ${direction} ${decision} ${rule}`)
			.join();
		const logs = known.get(key) ?? fresh;
		known.set(key, logs);
		const arrival: Arrival = verdict.action === 'allow' && farEnd !== 'nobody' ? farEnd : 'none';
		return {flow, arrival, logs, outcome: outcomeOf(verdict, farEnd), micros: 0};
	};
}

function outcomeOf({action, rule, direction}: Verdict, farEnd: FarEnd): Outcome {
	if (action === 'deny') return {kind: 'denied', rule: rule.id, direction};
	return farEnd === 'nobody' ? {kind: 'inconclusive', reason: nobodyThere} : {kind: farEnd};
}
