// What falls from every class in turn, without the way there. Classes that exploit one another fall together, whoever
// was first, and are one node; from there a set of doors grows until no secret opens more of them.
import {addBits, type Bits, lowestBit, noBits} from '../policy/bits.ts';
import type {AttackClass} from './attack-class.ts';
import type {AttackDoors} from './attack-doors.ts';
import {componentsOf} from './components.ts';
import type {DoorGifts} from './door-gifts.ts';

/** Classes of which a workload falls, once for all the footholds that make it so. */
export interface Outcome {
	/** Each of them one foothold. */
	readonly footholds: readonly number[];
	/** Numbers of classes, in any order; the footholds' own where another of its workloads falls, or another foothold is. */
	readonly lost: readonly number[];
}

/** Calls `visit` with every outcome; each class is a foothold once. */
export function spreadFromEvery(
	classes: readonly AttackClass[],
	{doors, row}: AttackDoors,
	gifts: DoorGifts,
	visit: (outcome: Outcome) => void,
): void {
	const successors = (index: number): Int32Array => targets(row(classes[index]!), gifts.weak);
	const targets = (open: Bits, given: Bits): Int32Array => {
		const found: number[] = [];
		let last = -1;
		for (let word = 0; word < open.length; word++)
			for (let rest = open[word]! & given[word]!; rest !== 0; rest &= rest - 1) {
				const {target} = doors[(word << 5) + lowestBit(rest)]!;
				if (target !== last) found.push(target);
				last = target;
			}
		return Int32Array.from(found);
	};
	const {of, members} = componentsOf(classes.length, successors);
	const rows = members.map(its => {
		const [only] = its;
		if (its.length === 1) return row(classes[only!]!);
		const joined = noBits(doors.length);
		for (const index of its) addBits(joined, row(classes[index]!));
		return joined;
	});
	const holds = members.map(its => [...new Set(its.flatMap(index => classes[index]!.holds))]);

	for (const [start, footholds] of members.entries()) {
		const reached = noBits(doors.length);
		const shells = gifts.weak.slice();
		const sessions = noBits(doors.length);
		const held = new Set<number>();
		const entered = new Set([start]);
		const fallen = new Set<number>();
		const queue = [start];
		/** Every place that a fallen class gives a shell at is looked at once for each set of secrets. */
		const looked = noBits(doors.length);
		while (queue.length > 0) {
			for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
				addBits(reached, rows[node]!);
				for (const secret of holds[node]!) {
					if (held.has(secret)) continue;
					held.add(secret);
					addBits(shells, gifts.shells[secret]!);
					addBits(sessions, gifts.sessions[secret]!);
				}
			}
			for (let word = 0; word < reached.length; word++) {
				const fresh = reached[word]! & shells[word]! & ~looked[word]!;
				looked[word]! |= fresh;
				for (let rest = fresh; rest !== 0; rest &= rest - 1) {
					const {target} = doors[(word << 5) + lowestBit(rest)]!;
					fallen.add(target);
					const node = of[target]!;
					if (entered.has(node)) continue;
					entered.add(node);
					queue.push(node);
				}
			}
		}
		for (const target of targets(reached, sessions)) fallen.add(target);
		if (footholds.length > 1) for (const index of footholds) fallen.add(index);
		for (const node of entered) if (node !== start) for (const index of members[node]!) fallen.add(index);
		visit({footholds, lost: [...fallen]});
	}
}
