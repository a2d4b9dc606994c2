// What a fall rests on: every pivot, rule and weak door without one of which this very way does not stand.
import type {AttackGraph} from './attack-graph.ts';
import type {NodeFall, Spread} from './spread.ts';

export interface Derivation {
	/** Nodes that fell on the way, with those that only told something; the foothold's and the target's among them. */
	readonly nodes: ReadonlySet<number>;
	/** Ids of the rules that let its flows pass, of both ends; defaults and `none` among them. */
	readonly rules: ReadonlySet<string>;
	/** Numbers of the doors that were exploited. */
	readonly exploited: ReadonlySet<number>;
}

/** @throws Error where the node stands */
export const derivation = (graph: AttackGraph, spread: Spread, target: number): Derivation =>
	derivations(graph, spread, [target]);

/** Of several at once. @throws Error where one of the nodes stands */
export function derivations(graph: AttackGraph, spread: Spread, targets: readonly number[]): Derivation {
	const found = {nodes: new Set<number>([spread.foothold]), rules: new Set<string>(), exploited: new Set<number>()};
	const open = targets.map(target => {
		const fall = spread.fall(target);
		if (fall === undefined) throw new Error(`node ${target} stands`);
		return fall;
	});
	const done = new Set<NodeFall>(open);
	const stand = (fall: NodeFall | undefined): void => {
		if (fall === undefined || done.has(fall)) return;
		done.add(fall);
		open.push(fall);
	};
	const support = (fact: number): void => {
		const by = spread.teller(fact);
		if (by !== -1) stand(spread.shell(by));
	};
	for (let fall = open.pop(); fall !== undefined; fall = open.pop()) {
		found.nodes.add(fall.node);
		if (fall.from === null || fall.door === null) continue;
		const door = graph.doors[fall.door]!;
		const needs = graph.facts.needs[fall.door]!;
		for (const rule of graph.rules(fall.from, fall.door)) found.rules.add(rule);
		if (spread.isHeard(needs.address))
			for (const rule of graph.echoRules(spread.teller(needs.address), door.node, door.address)) found.rules.add(rule);
		stand(spread.shell(fall.from));
		support(needs.address);
		support(needs.port);
		if (fall.by === 'exploit') found.exploited.add(door.number);
		if (fall.secret === null) continue;
		support(fall.secret);
		support(needs.speech);
	}
	return found;
}

/** The falls from the foothold's first victim to this node. */
export function stepsTo(spread: Spread, target: number): readonly NodeFall[] {
	const steps: NodeFall[] = [];
	for (let fall = spread.fall(target); fall?.from != null; fall = spread.shell(fall.from)) steps.unshift(fall);
	return steps;
}
