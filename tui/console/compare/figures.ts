// What a candidate does by the model: how much its attacker takes at most, what it breaks, what it leaves open.
import type {BrokenFlow} from '../../../core/contracts/report.ts';
import {kindsOf} from '../../../core/measure/kinds.ts';
import type {Placement, Stack} from '../../../core/model/policy.ts';
import type {Topology} from '../../../core/model/topology.ts';
import {createEvaluator} from '../../../core/policy/evaluate.ts';
import {createReach} from '../../../core/reach/reach.ts';
import {type AttackGraph, createAttackGraph} from '../../../core/simulate/attack-graph.ts';
import {closureBreakage} from '../../../core/simulate/closure-breakage.ts';
import {footholdsIn, lossCounter} from '../../../core/simulate/loss.ts';
import {spread} from '../../../core/simulate/spread.ts';
import {expectedOf} from '../matrix/expected.ts';
import {type Attacker, weakFor} from './attacker.ts';
import {type Lost, lostOf} from './lost.ts';

export interface Figures {
	/** Null where nobody attacks. */
	readonly losses: Losses | null;
	/** Of the known dependencies. */
	readonly broken: number;
	readonly dependencies: number;
	readonly breaks: readonly BrokenFlow[];
	/** Services that somebody reaches with no policy and nobody now. */
	readonly orphaned: number;
	/** (source kind, service of another kind) that the policy allows, of all; null where there are too many to ask. */
	readonly open: Open | null;
}

export interface Open {
	readonly allowed: number;
	readonly of: number;
	/** Share of the allowed ones that no dependency uses (core/measure/looseness.ts, `usableNow`); null where none is allowed. */
	readonly loose: number | null;
}

export interface Losses {
	/** Kinds but the foothold's, jewels first. */
	readonly lost: readonly Lost[];
	readonly others: number;
	readonly jewels: number;
	/** True where it is taken that everybody knows everybody: it takes no less, and perhaps more, than an attacker. */
	readonly bound: boolean;
}

/** Above so many kinds the attack is computed over classes of equal workloads, and pairs are not asked one by one. */
export const mostKinds = 64;

const known = new WeakMap<Stack, WeakMap<Topology, Map<string, Figures>>>();

export interface Compared {
	readonly topology: Topology;
	readonly stack: Stack;
	readonly placement: Placement;
	readonly attacker: Attacker | null;
}

/** Kept by policy, topology and attacker. Of a thousand workloads it takes some 30 ms. */
export function figuresOf(compared: Compared): Figures {
	const [kept, key] = keptBy(compared);
	let figures = kept.get(key);
	if (figures === undefined) kept.set(key, (figures = figure(compared)));
	return figures;
}

/** True where `figuresOf` has the answer already. */
export function hasFigures(compared: Compared): boolean {
	const [kept, key] = keptBy(compared);
	return kept.has(key);
}

function keptBy({topology, stack, placement, attacker}: Compared): readonly [Map<string, Figures>, key: string] {
	let byTopology = known.get(stack);
	if (byTopology === undefined) known.set(stack, (byTopology = new WeakMap()));
	let byAttacker = byTopology.get(topology);
	if (byAttacker === undefined) byTopology.set(topology, (byAttacker = new Map()));
	return [byAttacker, JSON.stringify([placement, attacker?.scenario.name, attacker?.foothold])];
}

function figure({topology, stack, placement, attacker}: Compared): Figures {
	const {size} = kindsOf(topology).all;
	const seed = 1;
	const world = {
		...{topology, stack, placement, seed},
		weak: attacker === null ? () => false : weakFor(topology, attacker.scenario, seed),
		techniques: attacker?.scenario.techniques ?? [],
	};
	const graph = createAttackGraph(world, size > mostKinds ? createReach(topology, stack, {placement}) : null);
	const evaluator = createEvaluator(graph.sample, stack);
	const {broken, dependencies, flows, orphaned} = closureBreakage(graph, evaluator);
	return {
		losses: attacker === null ? null : lossesOf(graph, attacker),
		...{broken, dependencies, breaks: flows, orphaned: orphaned.length},
		open: size <= mostKinds ? openOf(topology, stack, placement) : null,
	};
}

function lossesOf(graph: AttackGraph, {foothold: name}: Attacker): Losses {
	const [foothold] = footholdsIn(graph, [name]);
	const {counted} = kindsOf(graph.world.topology);
	const others = counted.filter(kind => kind.name !== foothold!.kind);
	const found = spread(graph, foothold!.node);
	return {
		lost: lostOf(graph, found, lossCounter(graph).kinds(found, foothold!)),
		others: others.length,
		jewels: others.filter(({jewel}) => jewel).length,
		bound: graph.reach !== null,
	};
}

/** What an importer added counts neither as source nor as destination. */
function openOf(topology: Topology, stack: Stack, placement: Placement): Open {
	const {axes, cell} = expectedOf(topology, stack, placement);
	let [of, allowed, unused] = [0, 0, 0];
	for (const [row, source] of axes.rows.entries())
		for (const [column, destination] of axes.columns.entries()) {
			if (source === destination || source.kinds[0]!.assumed || destination.kinds[0]!.assumed) continue;
			for (const {share, need} of cell(row, column) ?? []) {
				of++;
				if (share === 'none') continue;
				allowed++;
				if (need === null) unused++;
			}
		}
	return {allowed, of, loose: allowed === 0 ? null : unused / allowed};
}
