// Services that somebody reaches with no policy and nobody under a candidate: the definition of core/measure/orphaned.ts.
import {type Kind, kindsOf, serviceText} from '../measure/kinds.ts';
import {listeningPorts} from '../model/listening-ports.ts';
import type {Service} from '../model/topology.ts';
import {eachBit} from '../policy/bits.ts';
import type {Evaluator} from '../policy/evaluate.ts';
import type {Reach} from '../reach/reach.ts';
import type {AttackGraph} from './attack-graph.ts';
import type {AttackNode} from './attack-node.ts';

/** `carts:80/tcp`, by kind. */
export const closureOrphaned = (graph: AttackGraph, evaluator: Evaluator): readonly string[] =>
	graph.world.stack.length === 0
		? []
		: graph.reach === null
			? orphanedByFlow(graph, evaluator)
			: orphanedByClass(graph, graph.reach);

/** Of each class of callers, whose doors are open to it; its own kind counts only where its replicas are known to talk. */
function orphanedByClass({world: {topology, seed}, nodes}: AttackGraph, reach: Reach): readonly string[] {
	const kinds = kindsOf(topology);
	const peers = new Set(topology.dependencies.filter(({from, to}) => from === to).map(({from}) => from));
	const doors = nodes.flatMap(({index, members: [sample]}) =>
		sample!.services.flatMap(service =>
			listeningPorts(service, seed).flatMap(port =>
				sample!.addresses.map((_, address) => ({node: index, service, port, address})),
			),
		),
	);
	const open = reach.openDoors(
		doors.map(({node, service: {protocol}, port, address}) => ({class: nodes[node]!.reach!, protocol, port, address})),
	);
	const met = new Uint8Array(doors.length);
	const callers = Map.groupBy(
		nodes.filter(({members}) => !members[0]!.assumed),
		({reach: own}) => own!,
	);
	for (const [own, alike] of callers) {
		const calling = new Set(alike.flatMap(node => node.kinds));
		const [only] = calling;
		const isOther = ({kinds: called}: AttackNode): boolean =>
			calling.size > 1 || peers.has(only!) || called.some(kind => kind !== only);
		for (const address of alike[0]!.members[0]!.addresses.keys())
			eachBit(open(own, address), at => {
				if (met[at] === 0 && isOther(nodes[doors[at]!.node]!)) met[at] = 1;
			});
	}
	const reached = new Set(
		doors.flatMap(({node, service}, at) =>
			met[at] === 1 ? nodes[node]!.kinds.map(kind => serviceText(kind, service)) : [],
		),
	);
	return kinds.counted.flatMap(kind =>
		kind.services.map(service => serviceText(kind.name, service)).filter(text => !reached.has(text)),
	);
}

/** Whoever needs a service is asked first, since it usually reaches it. */
function orphanedByFlow(graph: AttackGraph, evaluator: Evaluator): readonly string[] {
	const {topology, placement, seed} = graph.world;
	const kinds = kindsOf(topology);
	const needs = Map.groupBy(topology.dependencies, ({to}) => to);
	const peers = new Set(topology.dependencies.filter(({from, to}) => from === to).map(({from}) => from));
	const everybody = graph.nodes.filter(({members}) => !members[0]!.assumed);
	const nodesOf = (kind: string): readonly AttackNode[] => [
		...new Set((kinds.all.get(kind)?.workloads ?? []).map(({name}) => graph.nodes[graph.nodeOf(name)]!)),
	];
	const isOrphan = (kind: Kind, service: Service): boolean => {
		const ports = listeningPorts(service, seed);
		const targets = nodesOf(kind.name);
		const own = peers.has(kind.name);
		let met = false;
		const reached = (caller: AttackNode): boolean =>
			(own || caller.kinds.some(name => name !== kind.name)) &&
			targets.some(target =>
				ports.some(port =>
					graph.flows(caller.index, target.index, {protocol: service.protocol, port}).some(flow => {
						met = true;
						return evaluator.verdict(flow, placement).action === 'allow';
					}),
				),
			);
		const needing = (needs.get(kind.name) ?? []).flatMap(({from}) => nodesOf(from));
		return !needing.some(reached) && !everybody.some(reached) && met;
	};
	return kinds.counted.flatMap(kind =>
		kind.services.filter(service => isOrphan(kind, service)).map(service => serviceText(kind.name, service)),
	);
}
