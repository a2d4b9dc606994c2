// A change to what a user wrote, as a value that can be applied: explanations propose only what was tried this way.
import type {Match, Policy, PortMatch, Rule, RuleRef, Stack} from '../model/policy.ts';
import type {Topology} from '../model/topology.ts';

type WrittenTier = 'guardrails' | 'rules' | 'baseline';

export type Edit =
	| {readonly kind: 'remove-rule'; readonly rule: RuleRef}
	/** The rule matches these ports too. */
	| {readonly kind: 'add-ports'; readonly rule: RuleRef; readonly on: readonly PortMatch[]}
	/** One more `unless`. */
	| {readonly kind: 'add-exception'; readonly rule: RuleRef; readonly unless: Match}
	/** `before` is a rule's id; null puts it at the end of its tier. */
	| {
			readonly kind: 'add-rule';
			readonly policy: string;
			readonly tier: WrittenTier;
			readonly before: string | null;
			readonly rule: Rule;
	  }
	/** Before all others. */
	| {readonly kind: 'add-policy'; readonly policy: Policy}
	/** To every one of these workloads, by name: the replicas of a kind. */
	| {readonly kind: 'set-label'; readonly workloads: readonly string[]; readonly key: string; readonly value: string};

/** What edits are applied to. */
export interface World {
	readonly topology: Topology;
	readonly stack: Stack;
}

/** The world after `edits`, in their order; what an edit names and the world lacks stays as it is. */
export const applyEdits = (world: World, edits: readonly Edit[]): World => edits.reduce(applyEdit, world);

function applyEdit({topology, stack}: World, edit: Edit): World {
	switch (edit.kind) {
		case 'remove-rule':
			return {topology, stack: withRules(stack, rule => (rule.id === edit.rule.id ? [] : [rule]))};
		case 'add-ports':
			return {topology, stack: onRule(stack, edit.rule, rule => ({...rule, on: rule.on && [...rule.on, ...edit.on]}))};
		case 'add-exception':
			return {
				topology,
				stack: onRule(stack, edit.rule, rule => ({...rule, unless: [...rule.unless, edit.unless]})),
			};
		case 'add-rule':
			return {topology, stack: stack.map(policy => (policy.id === edit.policy ? withRule(policy, edit) : policy))};
		case 'add-policy':
			return {topology, stack: [edit.policy, ...stack]};
		case 'set-label': {
			const workloads = topology.workloads.map(workload =>
				edit.workloads.includes(workload.name)
					? {...workload, labels: {...workload.labels, [edit.key]: edit.value}}
					: workload,
			);
			return {topology: {...topology, workloads}, stack};
		}
		default:
			return edit satisfies never;
	}
}

const withRules = (stack: Stack, change: (rule: Rule) => readonly Rule[]): Stack =>
	stack.map(policy => ({
		...policy,
		guardrails: policy.guardrails.flatMap(change),
		rules: policy.rules.flatMap(change),
		baseline: policy.baseline.flatMap(change),
	}));

const onRule = (stack: Stack, {id}: RuleRef, change: (rule: Rule) => Rule): Stack =>
	withRules(stack, rule => [rule.id === id ? change(rule) : rule]);

function withRule(policy: Policy, {tier, before, rule}: Extract<Edit, {kind: 'add-rule'}>): Policy {
	const rules = policy[tier];
	const found = rules.findIndex(({id}) => id === before);
	const at = before === null || found === -1 ? rules.length : found;
	return {...policy, [tier]: [...rules.slice(0, at), rule, ...rules.slice(at)]};
}
