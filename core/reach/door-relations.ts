// The relations of rules at a list of doors: to which of them `same` and `differ` hold from an end.
import type {Match} from '../model/policy.ts';
import {addBits, type Bits, dropBits, everyBit, keepBits, noBits, setBit} from '../policy/bits.ts';
import type {EndTable} from '../policy/end-table.ts';
import {relationValues} from '../policy/relation.ts';
import {type DoorEnd, type Mask, maskOf} from './door-masks.ts';

/** The doors to which a relation holds from an end. */
export type DoorRelation = (source: number) => Mask;

interface Index {
	/** Doors whose end has the key. */
	readonly all: Bits;
	readonly byValue: ReadonlyMap<string, readonly number[]>;
}

/** Gives the relation of a match, or null where it has none; equal ones are one. Answers as `related` does. */
export function doorRelations({ends}: EndTable, doors: readonly DoorEnd[]): (match: Match) => DoorRelation | null {
	const size = doors.length;
	const indexes = new Map<string, Index>();
	const relations = new Map<string, DoorRelation>();
	const values = (key: string, end: number): readonly string[] => {
		const {workload} = ends[end]!;
		return workload === null ? [] : relationValues(key, workload);
	};
	const indexOf = (key: string): Index => {
		const found = indexes.get(key);
		if (found !== undefined) return found;
		const all = noBits(size);
		const byValue = new Map<string, number[]>();
		for (const [door, {end}] of doors.entries())
			for (const value of values(key, end)) {
				setBit(all, door);
				const its = byValue.get(value);
				if (its === undefined) byValue.set(value, [door]);
				else its.push(door);
			}
		indexes.set(key, {all, byValue});
		return {all, byValue};
	};
	const same = (key: string, source: number): Bits => {
		const bits = noBits(size);
		const {byValue} = indexOf(key);
		for (const value of values(key, source)) for (const door of byValue.get(value) ?? []) setBit(bits, door);
		return bits;
	};
	const different = (key: string, source: number): Bits => {
		if (values(key, source).length === 0) return noBits(size);
		const bits = indexOf(key).all.slice();
		dropBits(bits, same(key, source));
		return bits;
	};
	/** An end that no workload owns lacks every key, and is related to nobody. */
	const holding = (match: Match, source: number): Mask => {
		const bits = everyBit(size);
		for (const key of match.same) keepBits(bits, same(key, source));
		if (match.differ.length === 0) return maskOf(bits);
		const any = noBits(size);
		for (const key of match.differ) addBits(any, different(key, source));
		keepBits(bits, any);
		return maskOf(bits);
	};
	/** Ends with equal values of all keys share one answer. */
	const relationOf = (match: Match): DoorRelation => {
		const keys = [...match.same, ...match.differ];
		const numbers = new Map<string, number>();
		const groups = Int32Array.from(ends, (_, end) => {
			const text = JSON.stringify(keys.map(key => values(key, end)));
			const number = numbers.get(text) ?? numbers.size;
			numbers.set(text, number);
			return number;
		});
		const known = new Array<Mask | undefined>(numbers.size).fill(undefined);
		return source => (known[groups[source]!] ??= holding(match, source));
	};
	return match => {
		if (match.same.length === 0 && match.differ.length === 0) return null;
		const text = JSON.stringify([match.same, match.differ]);
		const relation = relations.get(text) ?? relationOf(match);
		relations.set(text, relation);
		return relation;
	};
}
