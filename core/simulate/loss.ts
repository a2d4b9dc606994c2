// What a spread took, in the measures' terms: kinds, without the foothold's own.
import {kindsOf} from '../measure/kinds.ts';
import type {AttackGraph} from './attack-graph.ts';
import type {Spread} from './spread.ts';

/** Where an attacker starts: one replica of a kind. */
export interface Foothold {
	readonly kind: string;
	readonly workload: string;
	readonly node: number;
}

export interface Loss {
	/** |C \ F| and |(C \ F) ∩ J|, in kinds. */
	readonly compromised: number;
	readonly jewels: number;
}

export interface LossCounter {
	/** Of one spread for one of the footholds that end with it: those of one loop of pivots take the same. */
	count(spread: Spread, foothold: Foothold): Loss;
	/** Counted kinds that fell but the foothold's, sorted. */
	kinds(spread: Spread, foothold: Foothold): readonly string[];
	/** Workloads of those kinds that fell. */
	workloads(spread: Spread, foothold: Foothold): number;
	/** Nodes with a jewel of another kind than the foothold's that fell. */
	jewelNodes(spread: Spread, foothold: Foothold): readonly number[];
}

export function lossCounter({world: {topology}, nodes}: AttackGraph): LossCounter {
	const {counted} = kindsOf(topology);
	const numbers = new Map(counted.map(({name}, at) => [name, at]));
	const isJewel = counted.map(({jewel}) => jewel);
	const ofNode = nodes.map(({kinds}) => kinds.flatMap(kind => numbers.get(kind) ?? []));
	const seen = new Int32Array(counted.length);
	let turn = 0;
	let last: {spread: Spread; whole: boolean; lost: readonly number[]; jewels: number} | null = null;

	/** Numbers of all kinds that fell, the foothold's among them where more of it fell than the foothold. */
	const lostIn = (spread: Spread, {node: own}: Foothold): NonNullable<typeof last> => {
		// Whoever shares the spread of another in a loop of pivots takes that one's foothold too.
		const whole = spread.replicas !== null || (own !== spread.foothold && !spread.outsider);
		if (last?.spread === spread && last.whole === whole) return last;
		turn++;
		const lost: number[] = [];
		for (const node of spread.order) {
			if (node === spread.foothold && !whole) continue;
			for (const kind of ofNode[node]!) {
				if (seen[kind] === turn) continue;
				seen[kind] = turn;
				lost.push(kind);
			}
		}
		return (last = {spread, whole, lost, jewels: lost.filter(kind => isJewel[kind]).length});
	};
	const kinds: LossCounter['kinds'] = (spread, foothold) =>
		lostIn(spread, foothold)
			.lost.map(number => counted[number]!.name)
			.filter(name => name !== foothold.kind)
			.sort();
	return {
		count(spread, foothold) {
			const {lost, jewels} = lostIn(spread, foothold);
			const number = numbers.get(foothold.kind) ?? -1;
			const itself = seen[number] === turn;
			return {
				compromised: lost.length - Number(itself),
				jewels: jewels - Number(itself && isJewel[number] === true),
			};
		},
		kinds,
		workloads(spread, foothold) {
			const names = new Set(kinds(spread, foothold));
			return spread.order.reduce(
				(sum, node) => sum + nodes[node]!.members.filter(each => names.has(each.kind)).length,
				0,
			);
		},
		jewelNodes: (spread, {kind}) =>
			spread.order.filter(
				node =>
					node !== spread.foothold && ofNode[node]!.some(number => isJewel[number] && counted[number]!.name !== kind),
			),
	};
}

/** One foothold for each of these workloads. @throws Error where no workload has the name */
export const footholdsIn = ({nodeOf, nodes}: AttackGraph, workloads: readonly string[]): readonly Foothold[] =>
	workloads.map(workload => {
		const node = nodeOf(workload);
		const {kind} = nodes[node]!.members.find(({name}) => name === workload)!;
		return {kind, workload, node};
	});
