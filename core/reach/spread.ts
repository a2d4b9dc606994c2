// The attack itself, on sets of doors: round by round, as a worm that goes breadth first.
import {addBits, type Bits, lowestBit, noBits, setBit} from '../policy/bits.ts';
import type {AttackClass} from './attack-class.ts';
import type {AttackDoors} from './attack-doors.ts';
import type {Fell} from './closure.ts';
import type {DoorGifts} from './door-gifts.ts';

export interface Spread {
	readonly footholds: readonly number[];
	/** By class: what became of the workloads that are no foothold. 0: they stand; 1: lost; 2: lost with a shell. */
	readonly others: Uint8Array;
	/** Classes that fell, footholds first. */
	readonly order: readonly number[];
	readonly hops: ReadonlyMap<number, number>;
	readonly by: ReadonlyMap<number, Fell>;
}

const session = 1;
const shell = 2;

/** What falls from some footholds, and how. */
export function createSpread(
	classes: readonly AttackClass[],
	{doors, first, row}: AttackDoors,
	{weak, shells, sessions}: DoorGifts,
): (footholds: readonly number[]) => Spread {
	return asked => {
		const footholds = [...new Set(asked)];
		const others = new Uint8Array(classes.length);
		const hops = new Map(footholds.map(index => [index, 0]));
		const by = new Map<number, Fell>();
		const held = new Set<number>();
		const order = [...footholds];
		const pivots = [...footholds];
		/** Doors by what they would give now, and those that have nothing left to give. */
		const given = {[session]: noBits(doors.length), [shell]: weak.slice()};
		const spent = {[session]: noBits(doors.length), [shell]: noBits(doors.length)};

		/** True where a secret was new. */
		const learn = (index: number): boolean => {
			const before = held.size;
			for (const secret of classes[index]!.holds) {
				if (held.has(secret)) continue;
				held.add(secret);
				addBits(given[shell], shells[secret]!);
				addBits(given[session], sessions[secret]!);
			}
			return held.size > before;
		};
		const spend = (index: number, state: 1 | 2): void => {
			for (let at = first[index]!; at < first[index + 1]!; at++) {
				setBit(spent[session], at);
				if (state === shell) setBit(spent[shell], at);
			}
		};
		const fall = (at: number, from: number, state: 1 | 2): void => {
			const {target, door} = doors[at]!;
			if (others[target]! >= state) return;
			others[target] = state;
			spend(target, state);
			if (!hops.has(target)) {
				hops.set(target, hops.get(from)! + 1);
				by.set(target, {from, service: door.service, by: state === shell && door.weak ? 'exploit' : 'login'});
				order.push(target);
			}
			if (state === shell && hops.get(target) !== 0) pivots.push(target);
		};
		const attempt = (attackers: readonly number[], state: 1 | 2): void => {
			const live = without(given[state], spent[state]);
			const places = [...live.keys()].filter(word => live[word] !== 0);
			if (places.length === 0) return;
			for (const from of attackers) {
				const open = row(classes[from]!);
				for (const word of places)
					for (let rest = open[word]! & live[word]!; rest !== 0; rest &= rest - 1)
						fall((word << 5) + lowestBit(rest), from, state);
			}
		};

		for (const index of footholds) {
			learn(index);
			if (classes[index]!.members.length === 1) spend(index, shell);
		}
		for (let tried = 0; tried < pivots.length; ) {
			const known = pivots.length;
			const attackers = pivots.slice(tried);
			attempt(attackers, shell);
			attempt(attackers, session);
			let news = false;
			for (const index of pivots.slice(known)) news = learn(index) || news;
			// A new secret may open what an earlier pivot reaches.
			tried = news ? 0 : known;
		}
		return {footholds, others, order, hops, by};
	};
}

const without = (bits: Bits, other: Bits): Bits => bits.map((word, at) => word & ~other[at]!);
