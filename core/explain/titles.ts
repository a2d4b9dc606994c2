// What explanations call rules and policies: natively by the user's words, in Kubernetes by kind, namespace and field.
import type {Policy, Rule, RuleRef, Stack} from '../model/policy.ts';

/** `policy segmented`, `NetworkPolicy default/web-allow`, `AdminNetworkPolicy cluster-dns`. */
export function policyTitle(policy: Policy): string {
	if (policy.dialect === 'native') return `policy ${policy.name}`;
	const kind = objectKind(policy);
	if (kind !== 'NetworkPolicy') return `${kind} ${policy.name}`;
	const namespace = namespaceOf(policy);
	if (namespace === null) return `${kind} ${policy.name}`;
	const suffix = `.${namespace}`;
	return `${kind} ${namespace}/${policy.name.endsWith(suffix) ? policy.name.slice(0, -suffix.length) : policy.name}`;
}

/** The kind of Kubernetes object; by what it says where nobody noted it. */
export function objectKind({objectKind: kind, isolates, guardrails, baseline}: Policy): string {
	if (kind !== undefined) return kind;
	if (isolates || guardrails.length + baseline.length === 0) return 'NetworkPolicy';
	return guardrails.length > 0 ? 'AdminNetworkPolicy' : 'BaselineAdminNetworkPolicy';
}

/** The namespace of a NetworkPolicy, which its `applies` begins with; null where it names none. */
export function namespaceOf({applies}: Policy): string | null {
	const named = applies[0]?.requirements.find(({kind}) => kind === 'namespace');
	return named?.kind === 'namespace' ? (named.names[0] ?? null) : null;
}

/** How a verdict goes on: `by rule "web calls api"`, `: no policy speaks there`. */
export const byRule = (stack: Stack, rule: RuleRef): string =>
	rule.tier === 'none' ? ': no policy speaks there' : ` by ${ruleTitle(stack, rule)}`;

const tierWords = {guardrails: 'guardrail', rules: 'rule', baseline: 'baseline rule'} as const;

/** The rule in a sentence: `guardrail "environments do not mix"`, `the default of policy segmented`. */
export function ruleTitle(stack: Stack, {id, name, tier}: RuleRef): string {
	const policy = stack.find(one => id.startsWith(`${one.id}.`));
	if (policy === undefined || tier === 'none') return 'no policy';
	if (tier === 'default')
		return policy.dialect === 'native' ? `the default of ${policyTitle(policy)}` : 'default, for nothing isolates it';
	if (tier === 'isolation') return `the isolation of ${policyTitle(policy)}`;
	const rule = policy[tier].find(one => one.id === id);
	if (policy.dialect === 'native' || rule === undefined) return `${tierWords[tier]} "${name}"`;
	const generated = name.startsWith(`${policy.name} ${rule.direction} `);
	return `${policyTitle(policy)} ${fieldOf(policy, rule)}${generated ? '' : ` "${name}"`}`;
}

/** `ingress[0]`: where the rule stands in its object. */
export function fieldOf({guardrails, rules, baseline}: Policy, {id, direction}: Rule): string {
	const own = [...guardrails, ...rules, ...baseline].filter(rule => rule.direction === direction);
	return `${direction ?? 'rules'}[${own.findIndex(rule => rule.id === id)}]`;
}
