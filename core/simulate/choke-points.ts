// The fewest rules or workloads without which no crown jewel falls, from any of the footholds.
import type {AttackGraph} from './attack-graph.ts';
import {derivation} from './derivation.ts';
import {type Foothold, lossCounter} from './loss.ts';
import {type Cut, minimumCut} from './minimum-cut.ts';
import {type SpreadOptions, spread} from './spread.ts';

export interface ChokeInput {
	readonly footholds: readonly Foothold[];
	/** Whether the footholds themselves may be isolated, as where they are everywhere. */
	readonly footholdsMayGo: boolean;
	/** Ids of rules that may be dropped: allows that somebody wrote. */
	readonly droppable: ReadonlySet<string>;
	/** How many known dependencies it costs to take the element away. */
	readonly cost: (element: string) => number;
	/** How often the spread from all footholds may be worked out for each of the two. */
	readonly questions: number;
}

export interface ChokePoints {
	/** Elements are kinds, or the first kind of a class of equal ones. */
	readonly workloads: Cut;
	/** Elements are ids of rules. */
	readonly rules: Cut;
}

/** What a node is called when it is isolated: with it go all of its name. */
export const elementOf = ({nodes}: AttackGraph, node: number): string => nodes[node]!.members[0]!.kind;

const limits = {most: 12, branches: 200_000};
/** Ways that are looked at for one question; more come with the next. */
const mostWays = 60;

/** Yields now and then, so that whoever drives it may pause or stop. */
export function* chokePoints(graph: AttackGraph, input: ChokeInput): Generator<void, ChokePoints> {
	const {footholds, footholdsMayGo, droppable, cost, questions} = input;
	const losses = lossCounter(graph);
	const names = graph.nodes.map(({index}) => elementOf(graph, index));
	const jewels = new Set(
		graph.nodes.flatMap(({members, index}) => (members.some(each => each.jewel) ? [names[index]!] : [])),
	);
	const kept = new Set([...jewels, ...(footholdsMayGo ? [] : footholds.map(({node}) => names[node]!))]);
	const starts = [
		...new Map(
			footholds.filter(({node}) => !(footholdsMayGo && jewels.has(names[node]!))).map(one => [one.node, one]),
		).values(),
	];
	const ways = (
		of: AttackGraph,
		options: SpreadOptions,
		elements: (way: ReturnType<typeof derivation>) => readonly string[],
	) => {
		const found: ReadonlySet<string>[] = [];
		for (const foothold of starts) {
			const one = spread(of, foothold.node, options);
			for (const node of losses.jewelNodes(one, foothold))
				if (found.length < mostWays) found.push(new Set(elements(derivation(of, one, node))));
		}
		return found;
	};
	const byWorkload = minimumCut({
		...limits,
		questions,
		cost,
		standing: taken =>
			ways(graph, {isolated: node => taken.has(names[node]!)}, ({nodes}) =>
				[...nodes].map(node => names[node]!).filter(name => !kept.has(name)),
			),
	});
	const byRule = minimumCut({
		...limits,
		questions,
		cost,
		standing: taken =>
			ways(taken.size === 0 ? graph : graph.without(taken), {}, ({rules}) =>
				[...rules].filter(id => droppable.has(id)),
			),
	});
	return {workloads: yield* byWorkload, rules: yield* byRule};
}
