// Who can use whose doors, under one stack: worked out when first asked, and again only for what a dropped rule allowed.
import {sourceAddress} from '../attack/source-address.ts';
import type {Flow} from '../model/flow.ts';
import type {Stack} from '../model/policy.ts';
import type {Topology} from '../model/topology.ts';
import {createEvaluator, type Evaluator} from '../policy/evaluate.ts';
import type {Reach} from '../reach/reach.ts';
import {type AttackFacts, attackFacts} from './attack-facts.ts';
import {type AttackDoor, type AttackNode, doorsOf, nodesByClass, nodesByKind} from './attack-node.ts';
import {classDoors, isUsable} from './class-doors.ts';
import type {SimulatedWorld} from './simulated-world.ts';
import {sweepsOf} from './sweeps.ts';

export interface AttackGraph {
	readonly world: SimulatedWorld;
	readonly nodes: readonly AttackNode[];
	readonly doors: readonly AttackDoor[];
	readonly facts: AttackFacts;
	/** Two workloads of each node, where it has so many: all that the flows of this graph speak of. */
	readonly sample: Topology;
	/** Null where nodes are parts of kinds and flows are judged one by one. */
	readonly reach: Reach | null;
	/** Number of a workload's node. @throws Error where no workload has the name */
	nodeOf(workload: string): number;
	/** Numbers of the doors that let it in, whatever it knows. Its own are for its replicas. */
	open(from: number): Int32Array;
	/** Nodes whose echo it hears in a sweep of its own subnets, with the address that answers. */
	hears(from: number): readonly {readonly node: number; readonly address: number}[];
	/** Ids of the rules that let it use the door, of both ends; defaults and `none` among them. */
	rules(from: number, door: number): readonly string[];
	/** The same of the echo. */
	echoRules(from: number, node: number, address: number): readonly string[];
	/** The first packet of an attempt at a door; null where no address of the two fits. */
	flow(from: number, door: number): Flow | null;
	/** The same of any port, to each address of the node. */
	flows(from: number, to: number, port: Pick<Flow, 'protocol' | 'port'>): readonly Flow[];
	/** The same world without some allowing rules. */
	without(rules: ReadonlySet<string>): AttackGraph;
}

/** `reach` given: nodes are its classes, and everybody knows everybody. */
export function createAttackGraph(world: SimulatedWorld, reach: Reach | null = null): AttackGraph {
	const nodes = reach === null ? nodesByKind(world) : nodesByClass(world, reach);
	const doors = doorsOf(world, nodes);
	const facts = attackFacts(world.topology, nodes, doors, reach === null ? 'what-is-told' : 'everybody');
	const numbers = new Map(nodes.flatMap(({index, members}) => members.map(({name}) => [name, index] as const)));
	const nodeOf = (workload: string): number => {
		const found = numbers.get(workload);
		if (found === undefined) throw new Error(`no workload is named ${workload}`);
		return found;
	};
	const workloads = nodes.flatMap(({members}) => members.slice(0, 2)).sort((a, b) => (a.name < b.name ? -1 : 1));
	return graphOf({world, nodes, doors, facts, nodeOf, sample: {...world.topology, workloads}}, reach, null);
}

type Parts = Pick<AttackGraph, 'world' | 'nodes' | 'doors' | 'facts' | 'nodeOf' | 'sample'>;

function graphOf(
	parts: Parts,
	reach: Reach | null,
	dropped: {base: AttackGraph; rules: ReadonlySet<string>} | null,
): AttackGraph {
	const {world, nodes, doors} = parts;
	const {topology, placement, stack} = world;
	let made: Evaluator | null = null;
	const evaluator = (): Evaluator => (made ??= createEvaluator(parts.sample, stack));
	const sweeps = reach !== null || !world.techniques.includes('discover-hosts') ? null : sweepsOf(topology);
	const opened = new Map<number, Int32Array>();
	const heard = new Map<number, ReturnType<AttackGraph['hears']>>();

	const flowTo = (from: number, to: number, address: number, port: Pick<Flow, 'protocol' | 'port'>): Flow | null => {
		const source = nodes[from]!.members[0]!;
		const far = nodes[to]!.members[from === to ? 1 : 0];
		if (far === undefined) return null;
		const end = far.addresses[address]!;
		const own = sourceAddress(source, topology.segments, end.address);
		if (own === undefined) return null;
		return {
			source: {workload: source.name, address: own.address},
			destination: {workload: far.name, address: end.address},
			family: end.family,
			...port,
		};
	};
	const flowThrough = (from: number, {node, address, port, service}: AttackDoor): Flow | null =>
		isUsable(nodes[from]!, nodes[node]!, address)
			? flowTo(from, node, address, {protocol: service.protocol, port})
			: null;
	const echo = (from: number, to: number, address: number): Flow | null =>
		flowTo(from, to, address, {protocol: 'icmp', port: 0});
	const passes = (flow: Flow | null): boolean =>
		flow !== null && evaluator().verdict(flow, placement).action === 'allow';
	const rulesOf = (flow: Flow | null): readonly string[] => {
		if (flow === null) return [];
		const {egress, ingress} = evaluator().verdict(flow, placement);
		return [egress, ingress].flatMap(end => (end === null ? [] : [end.rule.id]));
	};
	const isDropped = (ids: readonly string[]): boolean => ids.some(id => dropped!.rules.has(id));

	const isOpen = (from: number, door: AttackDoor): boolean => passes(flowThrough(from, door));
	const openByClass = reach === null || dropped !== null ? null : classDoors(parts, reach);

	const graph: AttackGraph = {
		...parts,
		reach,
		open(from) {
			const key = dropped === null ? (nodes[from]!.reach ?? from) : from;
			const known = opened.get(key);
			if (known !== undefined) return known;
			const found =
				dropped === null
					? (openByClass?.(from) ??
						Int32Array.from(
							doors.filter(door => isOpen(from, door)),
							({number}) => number,
						))
					: dropped.base
							.open(from)
							.filter(number => !isDropped(dropped.base.rules(from, number)) || isOpen(from, doors[number]!));
			opened.set(key, found);
			return found;
		},
		hears(from) {
			if (sweeps === null) return [];
			const known = heard.get(from);
			if (known !== undefined) return known;
			const prefixes = sweeps.prefixesOf(nodes[from]!.members[0]!);
			const found =
				dropped === null
					? nodes.flatMap(({index: node, members: [sample]}) =>
							sample!.addresses.flatMap((own, address) =>
								sweeps.coverOf(own.address).some(prefix => prefixes.includes(prefix)) &&
								passes(echo(from, node, address))
									? [{node, address}]
									: [],
							),
						)
					: dropped.base
							.hears(from)
							.filter(
								({node, address}) =>
									!isDropped(dropped.base.echoRules(from, node, address)) || passes(echo(from, node, address)),
							);
			heard.set(from, found);
			return found;
		},
		flow: (from, door) => flowThrough(from, doors[door]!),
		flows: (from, to, port) =>
			nodes[to]!.members[0]!.addresses.flatMap((_, address) => flowTo(from, to, address, port) ?? []),
		rules: (from, door) => rulesOf(flowThrough(from, doors[door]!)),
		echoRules: (from, node, address) => rulesOf(echo(from, node, address)),
		without: rules =>
			graphOf({...parts, world: {...world, stack: droppedFrom(stack, rules)}}, reach, {base: graph, rules}),
	};
	return graph;
}

/** The stack with those rules left out; a rule that is gone never opens what was denied, if it allowed. */
export const droppedFrom = (stack: Stack, rules: ReadonlySet<string>): Stack =>
	stack.map(policy => ({
		...policy,
		guardrails: policy.guardrails.filter(({id}) => !rules.has(id)),
		rules: policy.rules.filter(({id}) => !rules.has(id)),
		baseline: policy.baseline.filter(({id}) => !rules.has(id)),
	}));
