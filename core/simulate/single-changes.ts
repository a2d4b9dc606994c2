// By how much each single change shrinks what is lost: a rule dropped, a workload isolated, a weak service patched.
import type {AttackGraph} from './attack-graph.ts';
import {elementOf} from './choke-points.ts';
import {derivations} from './derivation.ts';
import {type Foothold, type Loss, lossCounter} from './loss.ts';
import {type SpreadOptions, spread} from './spread.ts';

export type Change =
	| {readonly kind: 'drop-rule'; readonly rule: string}
	| {readonly kind: 'isolate'; readonly workload: string}
	| {readonly kind: 'patch'; readonly workload: string; readonly service: string};

/** Over all footholds. */
export interface Toll {
	readonly worst: number;
	readonly mean: number;
	/** Footholds from which some jewel falls. */
	readonly jewelFootholds: number;
}

export interface ChangeEffect {
	readonly change: Change;
	readonly before: Toll;
	readonly after: Toll;
}

export interface ChangesInput {
	/** At least one. */
	readonly footholds: readonly Foothold[];
	readonly footholdsMayGo: boolean;
	readonly droppable: ReadonlySet<string>;
	/** At most so many changes are tried, those of most falls first. */
	readonly most: number;
}

/** Those that save anything. Yields before each change. */
export function* singleChanges(graph: AttackGraph, input: ChangesInput): Generator<void, readonly ChangeEffect[]> {
	const {footholds, droppable, most} = input;
	const losses = lossCounter(graph);
	const tollOf = (of: AttackGraph, options: SpreadOptions): Toll =>
		toll(footholds.map(one => losses.count(spread(of, one.node, options), one)));
	const before = tollOf(graph, {});
	const effects: ChangeEffect[] = [];
	for (const change of changesOf(graph, input).slice(0, most)) {
		yield;
		const after =
			change.kind === 'drop-rule'
				? tollOf(graph.without(new Set([change.rule])), {})
				: tollOf(graph, optionsOf(graph, change));
		if (after.mean < before.mean || after.jewelFootholds < before.jewelFootholds) effects.push({change, before, after});
	}
	return effects;

	function changesOf(of: AttackGraph, {footholdsMayGo}: ChangesInput): readonly Change[] {
		const starts = new Set(footholds.map(({node}) => elementOf(of, node)));
		const votes = new Map<string, {change: Change; count: number}>();
		const vote = (change: Change): void => {
			const key = JSON.stringify(change);
			const known = votes.get(key) ?? {change, count: 0};
			known.count++;
			votes.set(key, known);
		};
		for (const node of new Set(footholds.map(one => one.node))) {
			const found = spread(of, node);
			for (const rule of derivations(of, found, found.order).rules)
				if (droppable.has(rule)) vote({kind: 'drop-rule', rule});
			for (const fallen of found.order) {
				const fall = found.shell(fallen) ?? found.fall(fallen)!;
				const workload = elementOf(of, fallen);
				if (found.shell(fallen) !== undefined && (footholdsMayGo || !starts.has(workload)) && !isJewel(of, fallen))
					vote({kind: 'isolate', workload});
				if (fall.by === 'exploit') vote({kind: 'patch', workload, service: of.doors[fall.door!]!.service.name});
			}
		}
		return [...votes.values()].sort((a, b) => b.count - a.count).map(({change}) => change);
	}
}

const isJewel = ({nodes}: AttackGraph, node: number): boolean => nodes[node]!.members.some(({jewel}) => jewel);

const optionsOf = (graph: AttackGraph, change: Exclude<Change, {kind: 'drop-rule'}>): SpreadOptions =>
	change.kind === 'isolate'
		? {isolated: node => elementOf(graph, node) === change.workload}
		: {exploitable: ({node, service}) => elementOf(graph, node) !== change.workload || service.name !== change.service};

const toll = (losses: readonly Loss[]): Toll => ({
	worst: Math.max(...losses.map(({compromised}) => compromised)),
	mean: losses.reduce((sum, {compromised}) => sum + compromised, 0) / losses.length,
	jewelFootholds: losses.filter(({jewels}) => jewels > 0).length,
});
