// What a stack allows between classes of ends, as sets of ports: the evaluator's answers, whole instead of flow by flow.
import type {Action, Direction, Placement, RuleRef, Stack, Tier} from '../model/policy.ts';
import type {Family, Protocol, Topology} from '../model/topology.ts';
import {type Bits, bitsWhere, keepBits} from '../policy/bits.ts';
import {isJudged} from '../policy/placement.ts';
import {type Program, type RuleTable, ruleTable} from '../policy/rule-table.ts';
import type {StackKind} from '../policy/stacks.ts';
import {inOrder, localSteps} from './considered.ts';
import {doorRows} from './door-rows.ts';
import {type EndClass, endClasses} from './end-class.ts';
import {openBy, saysTheSame} from './open-ports.ts';
import {everyPort, intersection, noPorts, type PortSet} from './port-set.ts';
import {stepPorts} from './step-ports.ts';

/** A rule that an end asks about a peer, in the order of asking. Endings (isolation, default, none) are rules too. */
export interface Considered {
	readonly rule: RuleRef;
	readonly tier: Tier;
	readonly action: Action;
	/** What it matches between these two ends; empty: this pair never matches it. */
	readonly matches: PortSet;
	/** What of that no earlier rule had decided: for `pass`, what it hands to the rules. */
	readonly decides: PortSet;
}

export interface Reach {
	readonly classes: readonly EndClass[];
	/** Number of a workload's class. @throws Error where no workload has the name */
	classOf(workload: string): number;
	/**
	 * What the source may use of the destination, by the primary addresses of a family: allowed by both ends. Empty where
	 * they share no such family. Between two members of one class when both numbers are equal; a workload always reaches
	 * itself, which is no part of this. Equal answers of one reach are the same object.
	 */
	open(source: number, destination: number, family: Family): PortSet;
	/** What one end says for itself, whatever the other one does; null where it is not judged. */
	side(direction: Direction, source: number, destination: number, family: Family): PortSet | null;
	/** Every rule of that end that is asked about the peer, in order, with those that do not match it. Null as `side`. */
	considered(direction: Direction, source: number, destination: number, family: Family): readonly Considered[] | null;
	/**
	 * For many questions about the same doors of classes of workloads: which of them are open from an address (by its
	 * place) of a class of workloads, as the set of their places in the list. Doors of the other family never are.
	 */
	openDoors(doors: readonly ClassDoor[]): (source: number, address: number) => Bits;
}

/** A port of a class, at one of its addresses: by its place among those of a member. */
export interface ClassDoor {
	readonly class: number;
	readonly address: number;
	readonly protocol: Protocol;
	readonly port: number;
}

export interface ReachOptions {
	/** `host` if left out. */
	readonly placement?: Placement;
	/** `in-force` if left out: what packets follow, without what only observes. */
	readonly kind?: StackKind;
	/** Whether addresses that no workload owns are classes too; `none` if left out. */
	readonly beyond?: 'addresses' | 'none';
	/** Other stacks whose classes are to be told apart too, so that the numbers of two reaches are the same. */
	readonly beside?: readonly Stack[];
}

export function createReach(topology: Topology, stack: Stack, options: ReachOptions = {}): Reach {
	const {placement = 'host', kind = 'in-force', beyond = 'none', beside = []} = options;
	const rules = ruleTable(topology, stack, beside);
	const {ends} = rules.table;
	const classes = endClasses(topology, [...stack, ...beside.flat()], beyond, rules.table);
	const numbers = classNumbers(classes);
	const firstEnd = firstEnds(classes, rules);
	const at = {4: primaryEnds(classes, 4, firstEnd), 6: primaryEnds(classes, 6, firstEnd)};
	const programs = {egress: rules.programs(kind, 'egress'), ingress: rules.programs(kind, 'ingress')};
	const ports = stepPorts(rules);

	/** Null where the end is not judged. */
	const programAt = (direction: Direction, source: number, destination: number): Program | null => {
		const [own, far] = direction === 'egress' ? [source, destination] : [destination, source];
		return isJudged(placement, ends[own]!, ends[far]!) ? programs[direction](own) : null;
	};
	const said = (program: Program, source: number, destination: number): PortSet =>
		openBy(rules, ports, program, source, destination);

	return {
		classes,
		classOf(workload) {
			const found = numbers().get(workload);
			if (found === undefined) throw new Error(`no workload is named ${workload}`);
			return found;
		},
		open(sourceClass, destinationClass, family) {
			const [source, destination] = [at[family][sourceClass]!, at[family][destinationClass]!];
			if (source === -1 || destination === -1) return noPorts;
			const sent = programAt('egress', source, destination);
			const received = programAt('ingress', source, destination);
			if (sent === null && received === null) return everyPort;
			if (sent === null || received === null) return ports.intern(said((sent ?? received)!, source, destination));
			const first = said(sent, source, destination);
			if (first.length === 0 || saysTheSame(rules, sent, received, source, destination)) return ports.intern(first);
			return ports.intern(intersection(first, said(received, source, destination)));
		},
		side(direction, sourceClass, destinationClass, family) {
			const [source, destination] = [at[family][sourceClass]!, at[family][destinationClass]!];
			if (source === -1 || destination === -1) return noPorts;
			const program = programAt(direction, source, destination);
			return program === null ? null : ports.intern(said(program, source, destination));
		},
		considered(direction, sourceClass, destinationClass, family) {
			const [source, destination] = [at[family][sourceClass]!, at[family][destinationClass]!];
			if (source === -1 || destination === -1) return [];
			const program = programAt(direction, source, destination);
			if (program === null) return null;
			return inOrder(rules, program, localSteps(rules, program, direction, {source, destination}), step =>
				ports.ofStep(step, source, destination),
			);
		},
		openDoors(doors) {
			const located = doors.map(door => ({...door, end: firstEnd[door.class]! + door.address}));
			const row = doorRows({rules, placement, sent: programs.egress, received: programs.ingress}, located);
			const families = [4, 6].map(family =>
				bitsWhere(doors.length, door => ends[located[door]!.end]!.family === family),
			);
			return (source, address) => {
				const end = firstEnd[source]! + address;
				const open = row(end);
				keepBits(open, families[ends[end]!.family === 4 ? 0 : 1]!);
				return open;
			};
		},
	};
}

/** Numbers of classes by workload, made when first asked for. */
function classNumbers(classes: readonly EndClass[]): () => ReadonlyMap<string, number> {
	let numbers: Map<string, number> | undefined;
	return () => {
		if (numbers !== undefined) return numbers;
		numbers = new Map();
		for (const {index, members} of classes) for (const {name} of members) numbers.set(name, index);
		return numbers;
	};
}

/** The end of each class's first address; ends of its other addresses follow. */
function firstEnds(classes: readonly EndClass[], {table}: RuleTable): Int32Array {
	const byWorkload = new Map(table.profiles.map(({members, firstEnd}) => [members[0]!, firstEnd]));
	return Int32Array.from(classes, ({members, beyond}) =>
		beyond === null ? byWorkload.get(members[0]!)! : table.beyond(beyond.ranges[0]!.first),
	);
}

/** The end of each class's primary address of a family, -1 where it has none. */
const primaryEnds = (classes: readonly EndClass[], family: Family, firstEnd: Int32Array): Int32Array =>
	Int32Array.from(classes, ({index, members, beyond}) => {
		if (beyond !== null) return beyond.family === family ? firstEnd[index]! : -1;
		const position = members[0]!.addresses.findIndex(one => one.family === family);
		return position === -1 ? -1 : firstEnd[index]! + position;
	});
