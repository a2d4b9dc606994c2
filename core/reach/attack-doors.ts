// Every port through which a class can fall, and from which class it is open: rows of sets, each made once.
import {sourceAddress} from '../attack/source-address.ts';
import type {Address} from '../model/topology.ts';
import {addBits, type Bits, bitsWhere, keepBits, noBits} from '../policy/bits.ts';
import type {AttackClass, AttackWorld, Door} from './attack-class.ts';

/** One listening port of a door, at one address. */
export interface DoorAt {
	/** Number of the attack class that falls through it. */
	readonly target: number;
	readonly door: Door;
	readonly port: number;
	/** Its place among the addresses of a member. */
	readonly address: number;
}

export interface AttackDoors {
	/** Doors of one target follow one another. */
	readonly doors: readonly DoorAt[];
	/** Places of the first door of each class, and after the last one how many there are. */
	readonly first: Int32Array;
	/** The doors that a member of a class can use, of its own class those of the other members. */
	row(from: AttackClass): Bits;
}

/**
 * An attacker uses IPv4 where both ends have it and else IPv6, from the address whose segment the door lies in
 * (core/attack/source-address.ts).
 */
export function attackDoors({topology, reach}: AttackWorld, classes: readonly AttackClass[]): AttackDoors {
	const onlyIPv4 = classes.every(({members}) => hasFamily(members[0]!.addresses, 4));
	const first = new Int32Array(classes.length + 1);
	const doors: DoorAt[] = [];
	for (const {index, members, doors: its} of classes) {
		for (const [address, {family}] of members[0]!.addresses.entries())
			if (family === 4 || !onlyIPv4)
				for (const door of its) for (const port of door.ports) doors.push({target: index, door, port, address});
		first[index + 1] = doors.length;
	}
	const addressOf = ({target, address}: DoorAt): Address => classes[target]!.members[0]!.addresses[address]!;
	const open = reach.openDoors(
		doors.map(({target, door, port, address}) => ({
			class: classes[target]!.reach,
			address,
			protocol: door.service.protocol,
			port,
		})),
	);
	const ipv4 = bitsWhere(doors.length, at => addressOf(doors[at]!).family === 4);
	const ipv6 = bitsWhere(doors.length, at => addressOf(doors[at]!).family === 6);
	/** At targets without IPv4. */
	const ipv6Alone = bitsWhere(
		doors.length,
		at => addressOf(doors[at]!).family === 6 && !hasFamily(classes[doors[at]!.target]!.members[0]!.addresses, 4),
	);

	const rowOf = ({reach: number, members}: AttackClass): Bits => {
		const workload = members[0]!;
		const row = noBits(doors.length);
		const usable = {4: ipv4, 6: hasFamily(workload.addresses, 4) ? ipv6Alone : ipv6};
		for (const [at, {family, address}] of workload.addresses.entries()) {
			const rivals = workload.addresses.filter(other => other.family === family);
			const through = open(number, at);
			keepBits(through, usable[family]);
			if (rivals.length > 1)
				keepBits(
					through,
					bitsWhere(
						doors.length,
						door => sourceAddress(workload, topology.segments, addressOf(doors[door]!).address)?.address === address,
					),
				);
			addBits(row, through);
		}
		return row;
	};
	const rows = new Map<number, Bits>();
	return {
		doors,
		first,
		row(from) {
			const known = rows.get(from.reach);
			if (known !== undefined) return known;
			const row = rowOf(from);
			rows.set(from.reach, row);
			return row;
		},
	};
}

const hasFamily = (addresses: readonly Address[], wanted: number): boolean =>
	addresses.some(({family}) => family === wanted);
