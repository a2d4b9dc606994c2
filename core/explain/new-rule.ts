// Rules and policies that are proposed, before they have a name of the user's.
import type {Direction, Match, Policy, Rule, Stack} from '../model/policy.ts';

/** A rule whose id no other of the stack has; its place is that of its policy. */
export function newRule(
	stack: Stack,
	{id, where}: Pick<Policy, 'id' | 'where'>,
	{action, direction, ...match}: Match & Pick<Rule, 'name' | 'action' | 'direction'>,
): Rule {
	const rules = stack.flatMap(({guardrails, rules, baseline}) => [...guardrails, ...rules, ...baseline]);
	const taken = new Set(rules.map(rule => rule.id));
	let number = 1;
	while (taken.has(`${id}.n${number}`)) number++;
	const own = {id: `${id}.n${number}`, action, direction, where};
	return {...match, ...own, mode: 'enforce', unless: [], note: null};
}

export interface Proposal extends Pick<Policy, 'dialect' | 'applies'> {
	readonly direction: Direction;
	readonly match: Match;
	/** `deny`: a guardrail, and everything else is allowed. `allow`: a rule, for an end that is isolated anyway. */
	readonly action: 'allow' | 'deny';
	/** Of its rule; that of the policy follows from it. */
	readonly name: string;
}

/** A policy with one rule, for the ends of `applies`; its id is no other's. */
export function newPolicy(stack: Stack, {dialect, applies, direction, name, match, action}: Proposal): Policy {
	const taken = new Set(stack.map(({id}) => id));
	let number = stack.length;
	while (taken.has(`p${number}`)) number++;
	const where = {file: 'new', line: 1, column: 1};
	const id = `p${number}`;
	const rule = newRule(
		stack,
		{id, where},
		{...match, name, action, direction: dialect === 'kubernetes' ? direction : null},
	);
	return {
		id,
		name: objectName(name),
		dialect,
		...(dialect === 'kubernetes' ? {objectKind: kindFor(stack, action)} : {}),
		default: 'allow',
		mode: 'enforce',
		enforce: [{reach: 'workloads', requirements: [], where}],
		applies,
		directions: [direction],
		established: stack[0]?.established ?? 'keep',
		denied: stack[0]?.denied ?? 'drop',
		guardrails: action === 'deny' ? [rule] : [],
		rules: action === 'allow' ? [rule] : [],
		baseline: [],
		isolates: action === 'allow',
		where,
	};
}

/** A cluster has one kind of policy for all of it: the older one where there is none yet. */
function kindFor(stack: Stack, action: 'allow' | 'deny'): string {
	if (action === 'allow') return 'NetworkPolicy';
	const newer = 'ClusterNetworkPolicy';
	return stack.some(({objectKind}) => objectKind === newer) ? newer : 'AdminNetworkPolicy';
}

/** A name that files and Kubernetes take: RFC 1123, 63 characters. */
const objectName = (text: string): string =>
	text
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '-')
		.slice(0, 63)
		.replaceAll(/^-+|-+$/g, '') || 'proposed';
