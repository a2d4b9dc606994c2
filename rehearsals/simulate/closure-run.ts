// A spread in the form of an attacker's run, so that the measures read it as any other. It has no actions and no timeline:
// what only they could tell stays null.
import {verdictWitness} from '../../core/attack/verdict-evidence.ts';
import type {AttackRun, Fall} from '../../core/contracts/attack-run.ts';
import type {Evidence} from '../../core/contracts/evidence.ts';
import type {TechniqueName} from '../../core/model/scenario.ts';
import type {Evaluator} from '../../core/policy/evaluate.ts';
import type {AttackGraph} from '../../core/simulate/attack-graph.ts';
import {stepsTo} from '../../core/simulate/derivation.ts';
import type {Foothold} from '../../core/simulate/loss.ts';
import type {NodeFall, Spread} from '../../core/simulate/spread.ts';

/** Every fall, each replica's; the number of an action is the place in their order. No evidence. */
export function closureRun(graph: AttackGraph, spread: Spread, foothold: Foothold): AttackRun {
	const all = spread.order.flatMap(node => {
		const fall = node === spread.foothold ? spread.replicas : spread.fall(node)!;
		const members = graph.nodes[node]!.members.filter(({name}) => name !== foothold.workload);
		return fall === null ? [] : members.map(({name}) => ({fall, name}));
	});
	return runOf(graph, spread, foothold, all);
}

/** Only the falls that lead to these nodes, with the evidence of each. */
export function closurePaths(
	graph: AttackGraph,
	spread: Spread,
	foothold: Foothold,
	nodes: readonly number[],
	evaluator: Evaluator,
): AttackRun {
	const steps = new Set(nodes.flatMap(node => stepsTo(spread, node)));
	const falls = [...steps].map(fall => ({fall, name: graph.nodes[fall.node]!.members[0]!.name}));
	const run = runOf(graph, spread, foothold, falls);
	const {placement} = graph.world;
	const witness = verdictWitness(evaluator, placement);
	const evidence = falls.flatMap(({fall}, at): AttackRun['evidence'] => {
		const flow = fall.from === null || fall.door === null ? null : graph.flow(fall.from, fall.door);
		if (flow === null) return [];
		const seen: Evidence = witness(flow, evaluator.verdict(flow, placement), 'open');
		const source = {...flow.source, workload: run.falls[at + 1]!.from};
		return [{action: at + 1, evidence: [{...seen, flow: {...flow, source}}]}];
	});
	return {...run, evidence};
}

function runOf(
	graph: AttackGraph,
	spread: Spread,
	foothold: Foothold,
	falls: readonly {readonly fall: NodeFall; readonly name: string}[],
): AttackRun {
	const nameOf = (node: number): string =>
		node === spread.foothold ? foothold.workload : graph.nodes[node]!.members[0]!.name;
	const start = {action: 0, from: null, hops: 0, pivot: true, technique: null, protocol: null, port: null};
	const steps = falls.map(({fall, name}, at): Fall => {
		const door = fall.door === null ? null : graph.doors[fall.door]!;
		return {
			workload: name,
			action: at + 1,
			from: fall.from === null ? null : nameOf(fall.from),
			hops: fall.hops,
			pivot: spread.shell(fall.node) !== undefined,
			technique: techniqueOf(graph, fall),
			protocol: door?.service.protocol ?? null,
			port: door?.port ?? null,
		};
	});
	return {
		foothold: foothold.workload,
		seed: graph.world.seed,
		ended: 'exhausted',
		timeline: [],
		falls: [{workload: foothold.workload, ...start}, ...steps],
		evidence: [],
		labSeconds: null,
	};
}

function techniqueOf({world: {topology}}: AttackGraph, {secret}: NodeFall): TechniqueName {
	if (secret === null) return 'exploit-service';
	return topology.secrets[secret]!.kind === 'ssh-key' ? 'reuse-ssh-key' : 'reuse-password';
}
