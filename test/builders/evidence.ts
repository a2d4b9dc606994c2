// What probes saw, as a test reads it: `open(flow('web', 'db:5432'), 'p0.r1')`.
import type {Evidence, KernelLog} from '../../core/contracts/evidence.ts';
import type {Flow} from '../../core/model/flow.ts';
import type {Direction} from '../../core/model/policy.ts';

const log = (direction: Direction, decision: KernelLog['decision'], rule: string): KernelLog => ({
	direction,
	decision,
	rule,
	placement: 'host',
});

/** It arrived and something accepted; the rule is the receiver's, the sender's is `none` unless it is given. */
export const open = (flow: Flow, ingress = 'none', egress = ingress): Evidence => ({
	flow,
	arrival: 'open',
	logs: [log('egress', 'allow', egress), log('ingress', 'allow', ingress)],
	outcome: {kind: 'open'},
	micros: 100,
});

/** It arrived, and nothing listens. */
export const closed = (flow: Flow, ingress = 'none', egress = ingress): Evidence => ({
	...open(flow, ingress, egress),
	arrival: 'closed',
	outcome: {kind: 'closed'},
});

/** A rule denied it, on leaving unless it says otherwise. */
export const denied = (flow: Flow, rule = 'p0.default', direction: Direction = 'egress'): Evidence => ({
	flow,
	arrival: 'none',
	logs: [...(direction === 'ingress' ? [log('egress', 'allow', 'p0.r1')] : []), log(direction, 'deny', rule)],
	outcome: {kind: 'denied', rule, direction},
	micros: 100,
});

/** Nobody can say. */
export const unsure = (flow: Flow, reason = 'no log and no answer'): Evidence => ({
	flow,
	arrival: 'none',
	logs: [],
	outcome: {kind: 'inconclusive', reason},
	micros: 100,
});
