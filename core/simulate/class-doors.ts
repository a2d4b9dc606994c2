// Which doors are open from a class, as rows of sets: for worlds too large to ask of each pair.
import {sourceAddress} from '../attack/source-address.ts';
import type {Topology} from '../model/topology.ts';
import {lowestBit} from '../policy/bits.ts';
import type {Reach} from '../reach/reach.ts';
import type {AttackDoor, AttackNode} from './attack-node.ts';

interface Parts {
	readonly world: {readonly topology: Topology};
	readonly nodes: readonly AttackNode[];
	readonly doors: readonly AttackDoor[];
}

/** Numbers of the doors that are open from a node, ascending; its own among them, for others of its class. */
export function classDoors({world: {topology}, nodes, doors}: Parts, reach: Reach): (from: number) => Int32Array {
	const row = reach.openDoors(
		doors.map(({node, address, port, service: {protocol}}) => ({class: nodes[node]!.reach!, address, protocol, port})),
	);
	return from => {
		const {members, reach: own} = nodes[from]!;
		const [sender] = members;
		const found: number[] = [];
		for (const [at, {family, address}] of sender!.addresses.entries()) {
			const rivals = sender!.addresses.filter(each => each.family === family).length > 1;
			const open = row(own!, at);
			for (let word = 0; word < open.length; word++)
				for (let rest = open[word]!; rest !== 0; rest &= rest - 1) {
					const door = doors[(word << 5) + lowestBit(rest)]!;
					const target = nodes[door.node]!;
					if (!isUsable(nodes[from]!, target, door.address)) continue;
					const to = target.members[0]!.addresses[door.address]!.address;
					if (!rivals || sourceAddress(sender!, topology.segments, to)?.address === address) found.push(door.number);
				}
		}
		return Int32Array.from(found).sort();
	};
}

/** An attacker takes IPv6 only where one of the two has no IPv4, and never a family that it has no address of. */
export function isUsable(source: AttackNode, target: AttackNode, address: number): boolean {
	const [own, theirs] = [source.members[0]!.addresses, target.members[0]!.addresses];
	const {family} = theirs[address]!;
	const has = (all: typeof own, wanted: number): boolean => all.some(each => each.family === wanted);
	return has(own, family) && (family === 4 || !(has(own, 4) && has(theirs, 4)));
}
