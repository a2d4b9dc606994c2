// The rules in force on a lab with how often each was hit: by the kernel's counters, and by traffic alone.
import type {Action, Placement, RuleRef, Stack} from '../core/model/policy.ts';
import {placesOf} from '../core/policy/placement.ts';
import {defaultRef, invalidRef, isolationRef, noneRef, ruleRef, spoofedRef} from '../core/policy/rule-ref.ts';
import {safeId} from '../enforcers/compile/chains.ts';
import type {Hits} from '../lab/staying-state.ts';

export interface RuleHits {
	readonly rule: RuleRef;
	readonly action: Action;
	/** It stands in a policy that only observes, which logs and counts what it would decide otherwise and nothing else. */
	readonly observes: boolean;
	/** First packets of connections that it decided, as the kernels of all workloads counted them: probes and attackers too. */
	readonly egress: number;
	readonly ingress: number;
	/** Those that it would have decided otherwise, where it or what it stands in only observes. */
	readonly would: number;
	/** Connections of traffic that it decided or would have, on leaving and on entering. */
	readonly traffic: number;
}

/** In the order of the policies; the rule for ends that no policy speaks for, and what belongs to no connection, last. */
export function ruleHits({
	inForce: {stack, placement},
	counted,
	ofTraffic,
}: Pick<Hits, 'inForce' | 'counted' | 'ofTraffic'>): readonly RuleHits[] {
	const packets = (direction: string, {id}: RuleRef): number => counted[`c_${direction}_${safeId(id)}`]?.packets ?? 0;
	const connections = (slot: string, {id}: RuleRef): number => ofTraffic[`${slot} ${id}`] ?? 0;
	return rulesOf(stack, placement).map(({rule, action, observes}) => ({
		rule,
		action,
		observes,
		egress: packets('egress', rule),
		ingress: packets('ingress', rule),
		would: packets('egress_would', rule) + packets('ingress_would', rule),
		traffic: ['egress', 'ingress', 'egress would', 'ingress would'].reduce(
			(sum, slot) => sum + connections(slot, rule),
			0,
		),
	}));
}

/** Whether nothing has come to it, neither traffic nor probes. */
export const isUnhit = ({egress, ingress, would}: RuleHits): boolean => egress + ingress + would === 0;

/** Whether it is known that nothing has: a rule that observes is not asked about what it agrees with. */
export const isIdle = (one: RuleHits): boolean => one.rule.tier !== 'none' && !one.observes && isUnhit(one);

const rulesOf = (stack: Stack, placement: Placement): readonly Pick<RuleHits, 'rule' | 'action' | 'observes'>[] => [
	...stack.flatMap(policy => {
		const all = [
			...(['guardrails', 'rules', 'baseline'] as const).flatMap(tier =>
				policy[tier].map(rule => ({
					rule: ruleRef(policy, tier, rule),
					action: rule.action,
					observes: rule.mode === 'observe',
				})),
			),
			...(policy.isolates ? [{rule: isolationRef(policy), action: 'deny' as const, observes: false}] : []),
			{rule: defaultRef(policy), action: policy.default, observes: false},
		];
		return all.map(one => ({...one, observes: one.observes || policy.mode === 'observe'}));
	}),
	{rule: noneRef, action: 'allow', observes: false},
	{rule: invalidRef, action: 'deny', observes: false},
	...(placesOf(placement).includes('fabric') ? [{rule: spoofedRef, action: 'deny' as const, observes: false}] : []),
];
