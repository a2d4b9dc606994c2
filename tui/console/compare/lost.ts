// A kind that falls in the model, by which way, and by which rule's leave.
import {kindsOf} from '../../../core/measure/kinds.ts';
import type {RuleRef} from '../../../core/model/policy.ts';
import {ruleById} from '../../../core/policy/rule-index.ts';
import type {AttackGraph} from '../../../core/simulate/attack-graph.ts';
import type {Spread} from '../../../core/simulate/spread.ts';

export interface Lost {
	readonly kind: string;
	readonly environment: string | null;
	readonly jewel: boolean;
	/** From the foothold on, `wiki.dev`, `deploy.ops:8080`, `db.prod:5432`. */
	readonly way: readonly string[];
	/** Of the last step; null where no policy speaks there. */
	readonly rule: RuleRef | null;
}

/** Jewels first, then by the length of their way. */
export function lostOf(graph: AttackGraph, found: Spread, names: readonly string[]): readonly Lost[] {
	const {all} = kindsOf(graph.world.topology);
	const rules = ruleById(graph.world.stack);
	const nodes = new Map(
		found.order
			.toReversed()
			.flatMap(node => (node === found.foothold ? [] : graph.nodes[node]!.kinds.map(kind => [kind, node] as const))),
	);
	return names
		.flatMap((name): Lost[] => {
			const kind = all.get(name);
			const node = nodes.get(name);
			if (kind === undefined || node === undefined) return [];
			return [
				{kind: name, environment: kind.environment, jewel: kind.jewel, ...wayTo({graph, found, rules}, node, name)},
			];
		})
		.sort((a, b) => Number(b.jewel) - Number(a.jewel) || a.way.length - b.way.length || (a.kind < b.kind ? -1 : 1));
}

interface Seen {
	readonly graph: AttackGraph;
	readonly found: Spread;
	readonly rules: ReadonlyMap<string, RuleRef>;
}

/** @param name - the kind of that node that is meant */
function wayTo({graph, found, rules}: Seen, target: number, name: string): Pick<Lost, 'way' | 'rule'> {
	const way: string[] = [];
	const fall = found.fall(target);
	const ids = fall === undefined || fall.from === null ? [] : graph.rules(fall.from, fall.door!);
	const met = new Set<number>();
	for (let step = fall; step !== undefined && !met.has(step.node); ) {
		met.add(step.node);
		const kind = step.node === target ? name : graph.nodes[step.node]!.kinds[0]!;
		way.unshift(step.door === null ? kind : `${kind}:${graph.doors[step.door]!.port}`);
		step = step.from === null ? undefined : found.shell(step.from);
	}
	return {way, rule: rules.get(ids.at(-1) ?? '') ?? null};
}
