// Which policies speak for an end, and in which of the two stacks. Source: LANGUAGE "Meaning", "Observing".
import type {Direction, Policy, Rule, Stack} from '../model/policy.ts';
import {type End, type Networks, selects} from './selector.ts';

/** `in-force`: what packets follow, without what only observes. `as-if`: with it. */
export type StackKind = 'in-force' | 'as-if';

/** The policies that speak for an end in a direction, in the order of the files. */
export const speaking = (stack: Stack, direction: Direction, end: End, networks: Networks): Stack =>
	stack.filter(policy => policy.directions.includes(direction) && selects(policy.applies, end, networks));

/** Whether a policy that speaks for an end is enforced there: else it observes. */
export const isEnforced = (policy: Policy, end: End, networks: Networks): boolean =>
	policy.mode === 'enforce' && selects(policy.enforce, end, networks);

/** The policies of one of the two stacks at an end. */
export const policiesAt = (
	kind: StackKind,
	stack: Stack,
	direction: Direction,
	end: End,
	networks: Networks,
): Stack => {
	const all = speaking(stack, direction, end, networks);
	return kind === 'as-if' ? all : all.filter(policy => isEnforced(policy, end, networks));
};

/** Whether a rule of such a policy counts in that stack and direction. */
export const counts = (kind: StackKind, direction: Direction, {mode, direction: own}: Rule): boolean =>
	(kind === 'as-if' || mode === 'enforce') && (own === null || own === direction);
