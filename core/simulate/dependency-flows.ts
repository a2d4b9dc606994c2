// The flows of a dependency, one for all replicas that no rule tells apart, and what would break without some rules.
import {sourceAddress} from '../attack/source-address.ts';
import {dependencyText} from '../measure/dependency-text.ts';
import {type Kind, kindsOf, serves} from '../measure/kinds.ts';
import type {Flow} from '../model/flow.ts';
import {listeningPorts} from '../model/listening-ports.ts';
import type {Dependency} from '../model/topology.ts';
import {createEvaluator} from '../policy/evaluate.ts';
import {type AttackGraph, droppedFrom} from './attack-graph.ts';

export interface DependencyFlow {
	readonly flow: Flow;
	/** For so many pairs of replicas. */
	readonly count: number;
}

/** What answers with no policy; empty where nothing does. */
export function dependencyFlows({
	world: {topology, seed},
	nodes,
	nodeOf,
}: AttackGraph): (need: Dependency) => readonly DependencyFlow[] {
	const kinds = kindsOf(topology);
	const known = new Map<string, readonly (readonly [node: number, replicas: number])[]>();
	const alike = (kind: Kind): readonly (readonly [node: number, replicas: number])[] => {
		const found =
			known.get(kind.name) ??
			[...Map.groupBy(kind.workloads, ({name}) => nodeOf(name))].map(([node, {length}]) => [node, length] as const);
		known.set(kind.name, found);
		return found;
	};
	return need => {
		const [from, to] = [kinds.all.get(need.from), kinds.all.get(need.to)];
		const service = to?.services.find(each => serves(each, need.protocol, need.port));
		if (from === undefined || to === undefined || service === undefined) return [];
		const ports = listeningPorts(service, seed);
		return alike(from).flatMap(([sender, sources]) =>
			alike(to).flatMap(([receiver, targets]) => {
				const source = nodes[sender]!.members[0]!;
				const target = nodes[receiver]!.members[sender === receiver ? 1 : 0];
				if (target === undefined || !target.services.some(each => serves(each, need.protocol, service.port))) return [];
				const count = sources * (from === to && sender === receiver ? targets - 1 : targets);
				return target.addresses.flatMap(({family, address}) => {
					const own = sourceAddress(source, topology.segments, address);
					if (own === undefined) return [];
					const ends = {
						source: {workload: source.name, address: own.address},
						destination: {workload: target.name, address},
					};
					return ports.map(port => ({flow: {...ends, family, protocol: need.protocol, port}, count}));
				});
			}),
		);
	};
}

export interface Breaking {
	/** Known dependencies, as text and sorted, of which a flow passes now and does not without these rules. */
	byRules(rules: ReadonlySet<string>): readonly string[];
	/** Those from and to a kind. */
	byIsolating(kind: string): readonly string[];
}

export function breakingOf(graph: AttackGraph): Breaking {
	const {topology, stack, placement} = graph.world;
	const needs = topology.dependencies.filter(({dangling, source}) => !dangling && source !== 'assumed');
	const flowsOf = dependencyFlows(graph);
	const evaluator = createEvaluator(graph.sample, stack);
	let byRule: Map<string, Set<Dependency>> | null = null;
	const index = (): Map<string, Set<Dependency>> => {
		const users = new Map<string, Set<Dependency>>();
		for (const need of needs)
			for (const {flow} of flowsOf(need)) {
				const {action, egress, ingress} = evaluator.verdict(flow, placement);
				if (action === 'deny') continue;
				for (const id of [egress, ingress].flatMap(end => end?.rule.id ?? []))
					users.set(id, (users.get(id) ?? new Set()).add(need));
			}
		return users;
	};
	return {
		byRules(rules) {
			byRule ??= index();
			const users = new Set([...rules].flatMap(id => [...(byRule!.get(id) ?? [])]));
			if (users.size === 0) return [];
			const rest = createEvaluator(graph.sample, droppedFrom(stack, rules));
			const breaks = (need: Dependency): boolean =>
				flowsOf(need).some(
					({flow}) =>
						evaluator.verdict(flow, placement).action === 'allow' && rest.verdict(flow, placement).action === 'deny',
				);
			return [...users].filter(breaks).map(dependencyText).sort();
		},
		byIsolating: kind =>
			needs
				.filter(({from, to}) => from === kind || to === kind)
				.map(dependencyText)
				.sort(),
	};
}
