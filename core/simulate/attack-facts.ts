// What an attacker can learn, as numbers: secrets, addresses, ports and what speaks there; and what each node tells of it to
// whoever is inside. Source: core/attack/host-view.ts, scenarios/adversary-memory.ts.
import {knownPorts} from '../attack/known-ports.ts';
import type {Dependency, Topology} from '../model/topology.ts';
import type {AttackDoor, AttackNode} from './attack-node.ts';

/** Numbers of facts; the first are the secrets, by their number in the topology. */
export interface AttackFacts {
	/** How many there are. */
	readonly count: number;
	/** Those that somebody inside a node reads there. */
	gives(node: number): Int32Array;
	/** That a node's address is known. */
	address(node: number, address: number): number;
	/** By door: those without which nobody tries it, -1 for none. */
	readonly needs: readonly DoorNeeds[];
}

export interface DoorNeeds {
	readonly address: number;
	/** That some configuration names the port; -1 for a port that is tried anywhere. */
	readonly port: number;
	/** That a configuration says what speaks there; -1 where it is what usually does. */
	readonly speech: number;
	/** That a configuration names this very far end. */
	readonly peer: number;
}

/** `knowing: 'everybody'`: all but the secrets is known from the start. */
export function attackFacts(
	{dependencies, secrets}: Topology,
	nodes: readonly AttackNode[],
	doors: readonly AttackDoor[],
	knowing: 'everybody' | 'what-is-told',
): AttackFacts {
	const widest = Math.max(0, ...nodes.map(({members}) => members[0]!.addresses.length));
	const address = (node: number, at: number): number => secrets.length + node * widest + at;
	const named = secrets.length + nodes.length * widest;
	const numbers = new Map<string, number>();
	const numberOf = (text: string): number => {
		const known = numbers.get(text) ?? named + numbers.size;
		numbers.set(text, known);
		return known;
	};
	const given = new Map<number, Int32Array>();
	const remember = (node: number, work: () => readonly number[]): Int32Array => {
		const known = given.get(node) ?? Int32Array.from(new Set(work()));
		given.set(node, known);
		return known;
	};
	if (knowing === 'everybody') {
		const nothing = {address: -1, port: -1, speech: -1, peer: -1};
		const needs = doors.map(() => nothing);
		return {count: secrets.length, gives: node => remember(node, () => nodes[node]!.holds), address: () => -1, needs};
	}
	const needs = doors.map(({node, port, service: {protocol, speaks}, address: at}): DoorNeeds => {
		const text = `${port}/${protocol}`;
		return {
			address: address(node, at),
			port: knownPorts.has(text) ? -1 : numberOf(`port ${text}`),
			speech: knownPorts.get(text) === speaks ? -1 : numberOf(`speech ${node} ${text} ${speaks}`),
			peer: numberOf(`peer ${node} ${text}`),
		};
	});
	const byKind = new Map<string, AttackNode[]>();
	for (const node of nodes) for (const kind of node.kinds) byKind.set(kind, [...(byKind.get(kind) ?? []), node]);
	const dependenciesOf = Map.groupBy(dependencies, ({from}) => from);
	const others = (self: AttackNode, kind: string): readonly AttackNode[] =>
		(byKind.get(kind) ?? []).filter(node => node !== self || node.members.length > 1);
	const met = ({index, members}: AttackNode): readonly number[] =>
		members[0]!.addresses.map((_, at) => address(index, at));
	const toldBy = (self: AttackNode, {to, port, protocol, service}: Dependency): readonly number[] =>
		others(self, to).flatMap(node => {
			const text = `${port}/${protocol}`;
			const speaks = node.members[0]!.services.find(({name}) => name === service)?.speaks;
			return [
				...met(node),
				numberOf(`peer ${node.index} ${text}`),
				...(protocol === 'sctp' ? [] : [numberOf(`port ${text}`)]),
				...(speaks === undefined ? [] : [numberOf(`speech ${node.index} ${text} ${speaks}`)]),
			];
		});
	const all = nodes.map(node => {
		const known = node.members[0]!.knows.flatMap(kind => others(node, kind)).flatMap(met);
		const configured = node.kinds.flatMap(kind => dependenciesOf.get(kind) ?? []).flatMap(need => toldBy(node, need));
		return [...node.holds, ...known, ...configured];
	});
	return {
		count: named + numbers.size,
		gives: node => remember(node, () => all[node]!),
		address,
		needs,
	};
}
