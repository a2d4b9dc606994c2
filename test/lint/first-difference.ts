// Whether two stacks judge every flow of a topology alike: all pairs of classes, both families, both ends, in force and as if
// what observes were.
import type {Placement, Stack} from '../../core/model/policy.ts';
import type {Topology} from '../../core/model/topology.ts';
import {rangesOf, samePorts} from '../../core/reach/port-set.ts';
import {createReach} from '../../core/reach/reach.ts';

/** The first difference in words, or undefined. */
export function firstDifference(
	topology: Topology,
	[before, after]: readonly [Stack, Stack],
	placement: Placement,
): string | undefined {
	for (const kind of ['in-force', 'as-if'] as const) {
		const options = {placement, kind, beyond: 'addresses'} as const;
		const [old, now] = [
			createReach(topology, before, {...options, beside: [after]}),
			createReach(topology, after, {...options, beside: [before]}),
		];
		for (const {index: source} of old.classes)
			for (const {index: destination} of old.classes)
				for (const family of [4, 6] as const)
					for (const direction of ['egress', 'ingress'] as const) {
						const was = old.side(direction, source, destination, family);
						const is = now.side(direction, source, destination, family);
						if (was === is || (was !== null && is !== null && samePorts(was, is))) continue;
						const pair = `${nameOf(old.classes[source]!)} -> ${nameOf(old.classes[destination]!)} IPv${family}`;
						const [then, since] = [was, is].map(set => JSON.stringify(rangesOf(set ?? [])));
						return `${kind} ${direction} ${pair}: ${then} became ${since}`;
					}
	}
	return undefined;
}

const nameOf = ({members, beyond}: ReturnType<typeof createReach>['classes'][number]): string =>
	members[0]?.name ?? beyond!.ranges[0]!.first;

/** The stack without these rules. */
export const without = (stack: Stack, ids: readonly string[]): Stack =>
	stack.map(policy => ({
		...policy,
		guardrails: policy.guardrails.filter(({id}) => !ids.includes(id)),
		rules: policy.rules.filter(({id}) => !ids.includes(id)),
		baseline: policy.baseline.filter(({id}) => !ids.includes(id)),
	}));
