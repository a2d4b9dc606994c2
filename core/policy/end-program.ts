// The stack as one end of a flow sees it: everything about that end is already decided, and only the peer, the ports
// and the relations are left. Evaluator and compiler both read this.
import type {Direction, EndVerdict, Match, Policy, Rule, RuleRef, Selector, Stack} from '../model/policy.ts';
import {defaultRef, isolationRef, noneVerdict, ruleRef} from './rule-ref.ts';
import {type End, type Networks, selects} from './selector.ts';
import {counts, policiesAt, type StackKind} from './stacks.ts';

/** What is left of a match once the local end is known to fit. */
export interface PeerMatch {
	readonly peer: Selector;
	readonly match: Match;
}

export interface Step extends PeerMatch {
	readonly action: Rule['action'];
	readonly ref: RuleRef;
	/** Where one of them holds too, the step does not match. */
	readonly unless: readonly PeerMatch[];
	readonly policy: Policy;
}

/** Tiers in their order. */
export interface EndProgram {
	/** Ordered: the first that matches decides; `pass` goes on with `rules`. */
	readonly guardrails: readonly Step[];
	/** Allows: any that matches. */
	readonly rules: readonly Step[];
	/** Null: goes on with `baseline`. */
	readonly isolation: Ending | null;
	/** Ordered allows and denies. */
	readonly baseline: readonly Step[];
	readonly otherwise: Ending;
}

/** What is decided without looking at the peer; the policy is null where none speaks. */
export interface Ending {
	readonly verdict: EndVerdict;
	readonly policy: Policy | null;
}

const silent: EndProgram = {
	guardrails: [],
	rules: [],
	isolation: null,
	baseline: [],
	otherwise: {verdict: noneVerdict, policy: null},
};

/** The program of one end, by direction and stack. An end that no policy speaks for allows everything by `none`. */
export function endProgram(
	kind: StackKind,
	{stack, direction, end, networks}: {stack: Stack; direction: Direction; end: End; networks: Networks},
): EndProgram {
	const policies = policiesAt(kind, stack, direction, end, networks);
	if (policies.length === 0) return silent;
	const fits = (match: Match): readonly PeerMatch[] => {
		const [local, peer] = direction === 'egress' ? [match.from, match.to] : [match.to, match.from];
		return selects(local, end, networks) ? [{peer, match}] : [];
	};
	const steps = (tier: 'guardrails' | 'rules' | 'baseline'): readonly Step[] =>
		policies.flatMap(policy =>
			policy[tier]
				.filter(rule => counts(kind, direction, rule))
				.flatMap(rule =>
					fits(rule).map(rest => ({
						...rest,
						action: rule.action,
						ref: ruleRef(policy, tier, rule),
						unless: rule.unless.flatMap(fits),
						policy,
					})),
				),
		);
	const isolating = policies.find(({isolates}) => isolates);
	return {
		guardrails: steps('guardrails'),
		rules: steps('rules').filter(({action}) => action === 'allow'),
		isolation:
			isolating === undefined ? null : {verdict: {action: 'deny', rule: isolationRef(isolating)}, policy: isolating},
		baseline: steps('baseline').filter(({action}) => action !== 'pass'),
		otherwise: strictest(policies),
	};
}

/** The first policy whose default is deny, else the first one; the default of Kubernetes never denies. */
export function strictest(policies: Stack): Ending {
	const denying = policies.find(policy => policy.dialect === 'native' && policy.default === 'deny');
	const policy = denying ?? policies[0]!;
	return {verdict: {action: denying === undefined ? 'allow' : 'deny', rule: defaultRef(policy)}, policy};
}
