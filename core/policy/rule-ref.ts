// What verdicts, logs and reports call a rule. Defaults, isolation and "no policy speaks" are rules too.
import type {EndVerdict, Policy, Rule, RuleRef, Tier} from '../model/policy.ts';

/** The rule of an end that no policy speaks for, and of everything under the control. */
export const noneRef: RuleRef = {id: 'none', name: 'no policy speaks', policy: '', tier: 'none', where: null};

/** Packets that belong to no connection and start none; dropped wherever a policy is in force. No verdict names it. */
export const invalidRef: RuleRef = {
	id: 'fixed.invalid',
	name: 'packets of no connection',
	policy: '',
	tier: 'none',
	where: null,
};

/** Packets whose source is not of the port that they came from; dropped by rules in the fabric. No verdict names it. */
export const spoofedRef: RuleRef = {
	id: 'fixed.spoofed',
	name: 'sources that are not their own',
	policy: '',
	tier: 'none',
	where: null,
};

/** A rule that a user wrote. */
export const ruleRef = (policy: Policy, tier: Tier, {id, name, where}: Rule): RuleRef => ({
	id,
	name,
	policy: policy.name,
	tier,
	where,
});

/** What no rule of the policy decides. */
export const defaultRef = ({id, name, where}: Policy): RuleRef => ({
	id: `${id}.default`,
	name: 'default',
	policy: name,
	tier: 'default',
	where,
});

/** What no rule allowed at an end that a Kubernetes NetworkPolicy isolates. */
export const isolationRef = ({id, name, where}: Policy): RuleRef => ({
	id: `${id}.isolation`,
	name: 'isolation',
	policy: name,
	tier: 'isolation',
	where,
});

/** What every end says that no policy speaks for. */
export const noneVerdict: EndVerdict = {action: 'allow', rule: noneRef};
