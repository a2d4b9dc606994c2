// Which policies speak for a workload, and which of their rules can mean it.
import type {Direction, Policy, Rule, Stack} from '../../../core/model/policy.ts';
import type {Topology, Workload} from '../../../core/model/topology.ts';
import {isJudged} from '../../../core/policy/placement.ts';
import {type End, networksOf, selects} from '../../../core/policy/selector.ts';
import {counts, isEnforced, speaking} from '../../../core/policy/stacks.ts';
import {type Line, shown, span} from '../../line.ts';
import type {ConsoleState} from '../state.ts';
import type {Subject} from './subject.ts';
import type {Part} from './workload-lines.ts';

interface InForce {
	readonly policy: Policy;
	readonly enforced: boolean;
	readonly rules: readonly Rule[];
}

export function ruleInForceLines({world}: ConsoleState, {members}: Subject): readonly Part[] {
	const {stack, placement} = world.policy;
	const [first] = members;
	const end: End = {workload: first!, address: first!.addresses[0]?.address ?? ''};
	if (first!.outside || (placement === 'host' && !isJudged(placement, end, end)))
		return [{title: 'rules', lines: [[span('nothing is enforced there: the other end alone judges', 'dim')]]}];
	if (stack.length === 0)
		return [{title: 'rules', lines: [[span('no policy is in force: it may talk to everybody', 'warn')]]}];
	return (['egress', 'ingress'] as const).map(direction => ({
		title: direction === 'egress' ? 'may send' : 'receives',
		lines: directionLines(inForce(world.rehearsal.topology, stack, first!, direction)),
	}));

	function directionLines(policies: readonly InForce[]): readonly Line[] {
		if (policies.length === 0) return [[span('no policy speaks for it: free', 'warn')]];
		return policies.flatMap(({policy, enforced, rules}) => [
			[
				span(shown(policy.name), 'strong'),
				span(`  default: ${policy.isolates ? 'deny' : policy.default}`),
				span(`  ${shown(policy.where.file)}`, 'dim'),
				...(enforced && !world.policy.observed ? [] : [span('  observes', 'warn')]),
			],
			...rules.map(
				({action, name, where}): Line => [
					span(`${String(where.line).padStart(4)} `, 'dim'),
					span(`${action.padEnd(5)} `, action === 'deny' ? 'good' : 'plain'),
					span(shown(name)),
				],
			),
		]);
	}
}

const known = new WeakMap<Stack, Map<string, readonly InForce[]>>();

/** By its first address. Rules of each policy in the order in which they are asked. */
function inForce(topology: Topology, stack: Stack, workload: Workload, direction: Direction): readonly InForce[] {
	const remembered = known.get(stack) ?? new Map<string, readonly InForce[]>();
	known.set(stack, remembered);
	const key = `${direction} ${workload.name}`;
	let found = remembered.get(key);
	if (found === undefined) {
		const networks = networksOf(topology);
		const ends = workload.addresses.map(({address}): End => ({workload, address}));
		const first = ends[0] ?? {workload, address: '0.0.0.0'};
		const means = (rule: Rule): boolean =>
			counts('as-if', direction, rule) &&
			ends.some(end => selects(direction === 'egress' ? rule.from : rule.to, end, networks));
		found = speaking(stack, direction, first, networks).map(policy => ({
			policy,
			enforced: isEnforced(policy, first, networks),
			rules: [...policy.guardrails, ...policy.rules, ...policy.baseline].filter(means),
		}));
		remembered.set(key, found);
	}
	return found;
}
