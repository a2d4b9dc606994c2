// Which classes fall, from a foothold or from every one: what a worm compromises that has heard of everybody and of
// every port, without its steps. Source: DESIGN "Compromise".
import {kindsOf} from '../measure/kinds.ts';
import type {Service} from '../model/topology.ts';
import {type AttackClass, type AttackWorld, attackClasses} from './attack-class.ts';
import {attackDoors} from './attack-doors.ts';
import {doorGifts} from './door-gifts.ts';
import {createSpread, type Spread} from './spread.ts';
import {spreadFromEvery} from './spread-from-every.ts';

/** How a class fell: from one that had fallen before, through a service, by an exploit or by a login with a secret. */
export interface Fell {
	readonly from: number;
	readonly service: Service;
	readonly by: 'exploit' | 'login';
}

/** What fell, by number of class. A foothold is one workload of its class; the others of that class may stand. */
export interface Fallen {
	/** True for a class with a fallen workload. */
	has(index: number): boolean;
	/** How many workloads of the class fell: none, all, or of a foothold's class perhaps itself alone. */
	lost(index: number): number;
	/** How many of them with a shell, from which the attacker went on. */
	shells(index: number): number;
	/** Steps from the nearest foothold: 0 there, Infinity for what stands. */
	hops(index: number): number;
	/** Null for a foothold and for what stands. */
	via(index: number): Fell | null;
	/** Numbers of the classes that fell, footholds first, in the order of their fall. */
	readonly order: readonly number[];
	/** Counted kinds of which a workload fell, without the footholds' own: |C \ F| of the measures. */
	readonly kinds: number;
}

export interface Closure {
	readonly classes: readonly AttackClass[];
	/** Number of a workload's class. @throws Error where no workload has the name */
	classOf(workload: string): number;
	/** What falls when the first workload of each of these classes is the attacker's. */
	from(footholds: readonly number[]): Fallen;
	/** By class, `from([class]).kinds`. */
	fromEvery(): Uint32Array;
}

/** What it learns about who reaches what is kept from one question to the next. */
export function createClosure(world: AttackWorld): Closure {
	const classes = attackClasses(world);
	const numbers = new Map<string, number>();
	for (const {index, members} of classes) for (const {name} of members) numbers.set(name, index);
	const doors = attackDoors(world, classes);
	const gifts = doorGifts(doors.doors, world.topology.secrets.length);
	const spread = createSpread(classes, doors, gifts);
	const kinds = kindCounter(world, classes);
	return {
		classes,
		classOf(workload) {
			const found = numbers.get(workload);
			if (found === undefined) throw new Error(`no workload is named ${workload}`);
			return found;
		},
		from(asked) {
			const found = spread(asked);
			const {footholds, others, order} = found;
			const lost = order.filter(index => others[index] !== 0);
			return fallen(classes, found, kinds(lost, footholds));
		},
		fromEvery() {
			const counts = new Uint32Array(classes.length);
			spreadFromEvery(classes, doors, gifts, ({footholds, lost}) => {
				for (const index of footholds) counts[index] = kinds(lost, [index]);
			});
			return counts;
		},
	};
}

function fallen(classes: readonly AttackClass[], {footholds, others, order, hops, by}: Spread, kinds: number): Fallen {
	const own = new Set(footholds);
	const count = (index: number, least: number): number => {
		const {length} = classes[index]!.members;
		return others[index]! >= least ? length : own.has(index) ? 1 : 0;
	};
	return {
		has: index => own.has(index) || others[index] !== 0,
		lost: index => count(index, 1),
		shells: index => count(index, 2),
		hops: index => hops.get(index) ?? Number.POSITIVE_INFINITY,
		via: index => by.get(index) ?? null,
		order,
		kinds,
	};
}

/** How many counted kinds have a workload in those classes, each once and without the kinds of the footholds. */
type CountKinds = (lost: readonly number[], footholds: readonly number[]) => number;

function kindCounter({topology}: AttackWorld, classes: readonly AttackClass[]): CountKinds {
	const {counted} = kindsOf(topology);
	const numbers = new Map(counted.map(({name}, at) => [name, at]));
	const ofClass = classes.map(({members}) =>
		Int32Array.from(new Set(members.flatMap(({kind}) => numbers.get(kind) ?? []))),
	);
	/** By kind, the number of the last question that met it. */
	const met = new Int32Array(counted.length);
	let question = 0;
	return (lost, footholds) => {
		question++;
		for (const index of footholds) {
			const own = numbers.get(classes[index]!.members[0]!.kind);
			if (own !== undefined) met[own] = question;
		}
		let sum = 0;
		for (const index of lost)
			for (const kind of ofClass[index]!) {
				if (met[kind] === question) continue;
				met[kind] = question;
				sum++;
			}
		return sum;
	};
}
