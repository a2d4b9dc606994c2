// Who stands at the ends of a question, gathered so that nobody is asked about twice: ends that no rule tells apart are
// one unit, and one of them answers for all.
import type {Flow} from '../model/flow.ts';
import type {Workload} from '../model/topology.ts';
import {covers, parseAddress, parseCidr, renderAddress} from '../policy/address.ts';
import type {End} from '../policy/selector.ts';
import {endClasses} from '../reach/end-class.ts';
import type {World} from './edit.ts';
import type {EndText} from './end-text.ts';
import type {AskedPort, Question} from './question.ts';
import {endName} from './words.ts';

export interface Unit {
	/** Empty where addresses stand for themselves. */
	readonly members: readonly Workload[];
	/** What the unit is called where it has no members. */
	readonly name: string;
	/** The ends of a member, in an order that is the same for each. */
	endsOf(member: number): readonly End[];
}

/** Flows of one kind: between two units, by one port and pair of addresses. */
export interface Cell {
	/** One of them. */
	readonly flow: Flow;
	readonly count: number;
	readonly members: readonly Member[];
}

/** A pair of kinds (or addresses) and a port. */
export interface Member {
	readonly source: string;
	readonly destination: string;
	readonly port: AskedPort;
}

/** Every workload at an end. */
export const everyoneAt = ({workloads, addresses}: EndText): readonly Workload[] => [
	...workloads,
	...addresses.flatMap(({owner}) => owner ?? []),
];

export function unitsOf(world: World, end: EndText): readonly Unit[] {
	const {topology, stack} = world;
	const classes = endClasses({...topology, workloads: end.workloads}, stack, 'none');
	const single = (address: string, owner: Workload | null, name: string): Unit => ({
		members: owner === null ? [] : [owner],
		name,
		endsOf: () => [{workload: owner, address}],
	});
	return [
		...classes.map(({members}) => ({
			members,
			name: '',
			endsOf: (member: number): readonly End[] =>
				members[member]!.addresses.map(({address}) => ({workload: members[member]!, address})),
		})),
		...end.addresses.map(({address, owner}) => single(address, owner, address)),
		...(end.beyond === null
			? []
			: beyondUnits(world, end.beyond).map(({address, name}) => single(address, null, name))),
	];
}

/** One address for each part of the range that some rule tells from the rest; those that a workload owns are passed by. */
function beyondUnits({topology, stack}: World, cidr: string): readonly {address: string; name: string}[] {
	const {family, first, last} = parseCidr(cidr);
	const owned = topology.workloads
		.flatMap(({addresses}) => addresses)
		.filter(one => covers({family, first, last}, parseAddress(one.address)));
	const taken = new Set(owned.map(({address}) => parseAddress(address).first));
	return endClasses({...topology, workloads: []}, stack, 'addresses').flatMap(({beyond}) => {
		const ranges = beyond?.family === family ? beyond.ranges : [];
		for (const range of ranges) {
			let [from, to] = [parseAddress(range.first).first, parseAddress(range.last).first];
			if (from < first) from = first;
			if (to > last) to = last;
			while (taken.has(from)) from++;
			if (from > to) continue;
			const whole = from === first && to === last;
			return [{address: renderAddress(family, from), name: whole ? cidr : `${renderAddress(family, from)}…`}];
		}
		return [];
	});
}

/** A class of destinations, split where a service's name means other ports. */
export function byPorts(unit: Unit, {portsAt}: Question): readonly {unit: Unit; ports: readonly AskedPort[]}[] {
	if (unit.members.length < 2) return [{unit, ports: portsAt(unit.members[0] ?? null)}];
	const split = Map.groupBy(unit.members.keys(), at => JSON.stringify(portsAt(unit.members[at]!)));
	return [...split.values()].map(numbers => ({
		unit: {...unit, members: numbers.map(at => unit.members[at]!), endsOf: at => unit.endsOf(numbers[at]!)},
		ports: portsAt(unit.members[numbers[0]!]!),
	}));
}

/** One flow for each pair of addresses and port, between two different workloads of the units. */
export function cellsOf(from: Unit, to: Unit, ports: readonly AskedPort[], {family}: Question): readonly Cell[] {
	const shared = from.members.filter(member => to.members.includes(member)).length;
	const count = Math.max(1, from.members.length) * Math.max(1, to.members.length) - shared;
	if (count <= 0) return [];
	const [source, destination] = differing(from, to);
	const pairs = namesOf(from).flatMap(name => namesOf(to).map(other => ({source: name, destination: other})));
	return from.endsOf(source).flatMap(sender => {
		const wanted = familyOf(sender);
		if (family !== null && family !== wanted) return [];
		return to
			.endsOf(destination)
			.filter(receiver => familyOf(receiver) === wanted)
			.flatMap(receiver =>
				ports.map(port => ({
					flow: flowBetween(sender, receiver, port),
					count,
					members: pairs.map(pair => ({...pair, port})),
				})),
			);
	});
}

/** Kinds of the members, each once. */
const namesOf = ({members, name, endsOf}: Unit): readonly string[] =>
	members.length === 0 ? [name || endName(endsOf(0)[0]!)] : [...new Set(members.map(({kind}) => kind))];

/** Indexes of two members that are not the same workload. */
function differing(from: Unit, to: Unit): readonly [number, number] {
	const source = from.members[0];
	if (source === undefined || to.members[0] !== source) return [0, 0];
	return to.members.length > 1 ? [0, 1] : [1, 0];
}

const familyOf = ({address}: End): 4 | 6 => (address.includes(':') ? 6 : 4);

const flowBetween = (sender: End, receiver: End, port: AskedPort): Flow => ({
	source: {workload: sender.workload?.name ?? null, address: sender.address},
	destination: {workload: receiver.workload?.name ?? null, address: receiver.address},
	family: familyOf(sender),
	...port,
});
