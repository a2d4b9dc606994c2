// The loss from each of many footholds. Pivots that reach each other take the same, so one spread serves all of a loop.
import type {AttackGraph} from './attack-graph.ts';
import {type Foothold, type Loss, lossCounter} from './loss.ts';
import {type Spread, spread} from './spread.ts';

export interface FootholdLoss extends Loss {
	readonly foothold: Foothold;
}

/** In the order of the footholds. Yields before each spread, so that whoever drives it may pause or stop. */
export function* everyFoothold(
	graph: AttackGraph,
	footholds: readonly Foothold[],
): Generator<void, readonly FootholdLoss[]> {
	const losses = lossCounter(graph);
	const known = new Map<number, Spread>();
	const found = new Map<Foothold, Loss>();
	for (const alike of Map.groupBy(footholds, ({node}) => likeness(graph, node)).values()) {
		yield;
		const {node} = alike[0]!;
		const own = spread(graph, node, {
			enough: taken => known.get(taken)?.shell(node) !== undefined,
			outsider: graph.nodes[node]!.reach !== null,
		});
		const same = own.stopped === null ? own : known.get(own.stopped)!;
		for (const foothold of alike) {
			known.set(foothold.node, same);
			found.set(foothold, losses.count(same, foothold));
		}
	}
	return footholds.map(foothold => ({foothold, ...found.get(foothold)!}));
}

/** Where everybody knows everybody, whoever reaches the same and holds the same takes the same. */
function likeness({nodes}: AttackGraph, node: number): string {
	const {reach, holds} = nodes[node]!;
	return reach === null ? `${node}` : `${reach}: ${holds.join()}`;
}
