import type {KernelLog} from '../contracts/evidence.ts';
import type {Direction} from '../model/policy.ts';
import type {BothEnds} from './evaluate.ts';

/**
 * The logs that a flow's first packet leaves at placement `host` where the kernel follows the model: the source's
 * decision, then, if that allowed, the destination's. Where what only observes would have decided otherwise at an end,
 * its word stands right behind that end's decision.
 *
 * @param ends - `Evaluator.ends(flow, 'host')`
 * @param unjudged - an end without an enforcer runs the control's table, which logs `none`; outside the topology nothing logs
 */
export function expectedLogs(
	{egress, ingress}: BothEnds,
	unjudged: Readonly<Record<Direction, 'none' | 'silent'>> = {egress: 'none', ingress: 'none'},
): readonly KernelLog[] {
	const sent = endLogs('egress', egress, unjudged.egress);
	return egress?.inForce.action === 'deny' ? sent : [...sent, ...endLogs('ingress', ingress, unjudged.ingress)];
}

function endLogs(direction: Direction, end: BothEnds[Direction], unjudged: 'none' | 'silent'): readonly KernelLog[] {
	const log = (decision: KernelLog['decision'], rule: string): KernelLog => ({
		direction,
		decision,
		rule,
		placement: 'host',
	});
	if (end === null) return unjudged === 'none' ? [log('allow', 'none')] : [];
	const {inForce, asIf} = end;
	const decision = log(inForce.action, inForce.rule.id);
	return inForce.action === asIf.action
		? [decision]
		: [decision, log(asIf.action === 'deny' ? 'would-deny' : 'would-allow', asIf.rule.id)];
}
