// What rules mean at a list of doors, as sets of doors: by selector, by port, and by who speaks for them.
import type {Match} from '../model/policy.ts';
import type {Protocol} from '../model/topology.ts';
import {type Bits, hasBit, keepBits, noBits, setBit} from '../policy/bits.ts';
import type {EndTable} from '../policy/end-table.ts';
import {portsInclude} from '../policy/port.ts';
import type {Program, TableMatch} from '../policy/rule-table.ts';

/** A port of an end, by its number in the table. */
export interface DoorEnd {
	readonly end: number;
	readonly protocol: Protocol;
	readonly port: number;
}

/** A set, and the places of its words that are not 0. */
export interface Mask {
	readonly bits: Bits;
	readonly places: Int32Array;
}

export interface DoorMasks {
	/** Doors that the match selects as destinations, on their port; its relations left aside. */
	of(match: TableMatch): Mask;
	/** Of the doors in a set those whose own end counts the step of that number. */
	counting(step: number, doors: Bits): Bits;
}

/** @param received - what the end of each door has to say */
export function doorMasks(
	{ends}: EndTable,
	doors: readonly DoorEnd[],
	received: readonly (Program | null)[],
): DoorMasks {
	const size = doors.length;
	const bySelector = new Map<Bits, Bits>();
	const byEnd = [...Map.groupBy(doors.keys(), door => doors[door]!.end)];
	const programs = [...Map.groupBy(doors.keys(), door => received[door]!)];
	const byPort = [...Map.groupBy(doors.keys(), door => `${doors[door]!.protocol} ${doors[door]!.port}`).values()];

	const selected = (to: Bits): Bits => {
		const known = bySelector.get(to);
		if (known !== undefined) return known;
		const bits = noBits(size);
		for (const [end, its] of byEnd) if (hasBit(to, end)) for (const door of its) setBit(bits, door);
		bySelector.set(to, bits);
		return bits;
	};
	const onPorts = ({on}: Match, among: Bits): Bits => {
		if (on === null) return among;
		const fitting = noBits(size);
		const isNamed = on.some(({kind}) => kind === 'service');
		const fits = (door: number): boolean => portsInclude(on, doors[door]!, ends[doors[door]!.end]!.workload);
		for (const group of byPort)
			if (isNamed) {
				for (const door of group) if (hasBit(among, door) && fits(door)) setBit(fitting, door);
			} else if (fits(group[0]!)) for (const door of group) setBit(fitting, door);
		keepBits(fitting, among);
		return fitting;
	};
	return {
		of: match => maskOf(onPorts(match.match, selected(match.to))),
		counting(step, among) {
			const silent = programs.filter(([program]) => program === null || !hasBit(program.steps, step));
			if (silent.length === 0) return among;
			const counted = among.slice();
			for (const [, its] of silent) for (const door of its) counted[door >>> 5]! &= ~(1 << (door & 31));
			return counted;
		},
	};
}

export const maskOf = (bits: Bits): Mask => ({
	bits,
	places: Int32Array.from([...bits.keys()].filter(at => bits[at] !== 0)),
});
