// Selectors and matches that mean just these ends and this port: what a proposed rule is made of.

import {matchesOf} from '../measure/port-classes.ts';
import type {Flow} from '../model/flow.ts';
import type {Direction, Match, Policy, PortMatch, Requirement, Selector, Stack} from '../model/policy.ts';
import type {Place} from '../model/problem.ts';
import type {Topology, Workload} from '../model/topology.ts';
import type {End} from '../policy/selector.ts';
import type {World} from './edit.ts';
import type {Asked} from './match-reasons.ts';

/** The labels and values that tell workloads of one kind from all others, where few do. */
const mostLabels = 3;

/**
 * A selector for an end, in what its dialect can say. Natively: the fewest labels that mean the end's kind and nobody
 * else, or its name; an address where no workload owns it. In Kubernetes: such labels or all that it has, with its
 * namespace; an address block for what stands outside.
 */
export function pointAt(
	{workload, address}: End,
	{topology, stack}: World,
	dialect: Policy['dialect'],
	where: Place,
): Selector {
	const block: Requirement = {kind: 'cidr', cidrs: [`${address}/${address.includes(':') ? 128 : 32}`], except: []};
	if (workload === null || (dialect === 'kubernetes' && workload.outside))
		return [{reach: 'anything', requirements: [block], where}];
	if (dialect === 'native') {
		const named: Requirement = {kind: 'workload', names: [workload.kind], wanted: true};
		if (workload.outside) return [{reach: 'anything', requirements: [named], where}];
		return [{reach: 'workloads', requirements: tellingLabels(workload, topology, keysInUse(stack)) ?? [named], where}];
	}
	const labels =
		tellingLabels(workload, topology, keysInUse(stack)) ?? Object.entries(workload.labels).map(toRequirement);
	return [{reach: 'workloads', requirements: [...namespaceOf(workload), ...labels], where}];
}

const toRequirement = ([key, value]: readonly [string, string]): Requirement => ({
	kind: 'label',
	key,
	values: [value],
	wanted: true,
});

/** A namespace by the label that Kubernetes gives to each, or by its name where the topology was not imported. */
function namespaceOf({namespace, namespaceLabels}: Workload): readonly Requirement[] {
	const key = 'kubernetes.io/metadata.name';
	if (namespace === null) return [];
	return Object.hasOwn(namespaceLabels, key)
		? [{kind: 'namespace-label', key, values: [namespace], wanted: true}]
		: [{kind: 'namespace', names: [namespace], wanted: true}];
}

/** The fewest labels, at most three, that mean the workload's kind alone; null where none do. */
function tellingLabels(
	{kind, labels}: Workload,
	{workloads}: Pick<Topology, 'workloads'>,
	uses: ReadonlyMap<string, number>,
): readonly Requirement[] | null {
	const inside = workloads.filter(({outside}) => !outside);
	const own = inside.filter(workload => workload.kind === kind);
	const used = (key: string): number => uses.get(key) ?? 0;
	const pairs = Object.entries(labels).sort(([a], [b]) => used(b) - used(a) || (a < b ? -1 : 1));
	const has = (workload: Workload, [key, value]: readonly [string, string]): boolean =>
		Object.hasOwn(workload.labels, key) && workload.labels[key] === value;
	const common = pairs.filter(pair => own.every(workload => has(workload, pair)));
	// Labels that the policies speak of say more to who reads them than one that happens to tell.
	for (const known of [common.filter(([key]) => used(key) > 0), common])
		for (let count = 1; count <= mostLabels; count++)
			for (const chosen of choices(known, count))
				if (inside.filter(workload => chosen.every(pair => has(workload, pair))).length === own.length)
					return chosen.map(toRequirement);
	return null;
}

/** How often the policies ask for each label: what is proposed is to read like what stands there. */
function keysInUse(stack: Stack): ReadonlyMap<string, number> {
	const uses = new Map<string, number>();
	for (const {from, to} of stack.flatMap(matchesOf))
		for (const {requirements} of [...from, ...to])
			for (const one of requirements) if (one.kind === 'label') uses.set(one.key, (uses.get(one.key) ?? 0) + 1);
	return uses;
}

/** Every way to choose `count` of `items`, in their order. */
function choices<T>(items: readonly T[], count: number): readonly (readonly T[])[] {
	if (count === 0) return [[]];
	return items.flatMap((item, at) => choices(items.slice(at + 1), count - 1).map(rest => [item, ...rest]));
}

/** The port of a flow as a rule names it. */
export const portOf = ({protocol, port}: Flow): PortMatch =>
	protocol === 'icmp' ? {kind: 'protocol', protocol} : {kind: 'range', protocol, first: port, last: port};

/**
 * What matches the flow and, so far as its dialect can say it, nothing else. In Kubernetes the near end is whoever the
 * policy is for, and nothing means ICMP alone.
 */
export function matchOf(
	{flow, source, destination}: Asked,
	{
		world,
		dialect,
		direction,
		where,
	}: Pick<Policy, 'dialect' | 'where'> & {readonly world: World; readonly direction: Direction},
): Match {
	const at = (end: End, own: Direction): Selector =>
		dialect === 'kubernetes' && direction === own
			? [{reach: 'anything', requirements: [], where}]
			: pointAt(end, world, dialect, where);
	return {
		from: at(source, 'egress'),
		to: at(destination, 'ingress'),
		same: [],
		differ: [],
		on: dialect === 'kubernetes' && flow.protocol === 'icmp' ? null : [portOf(flow)],
	};
}
