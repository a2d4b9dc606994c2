// Relations as sets: the ends that are the same as, or different from, a source.
import type {Match} from '../model/policy.ts';
import type {Workload} from '../model/topology.ts';
import {addBits, type Bits, dropBits, everyBit, keepBits, noBits, setBit} from '../policy/bits.ts';
import {relationValues} from '../policy/relation.ts';
import {type Indexed, indexed} from './changes-sets.ts';

interface KeyIndex {
	readonly has: Bits;
	readonly byValue: ReadonlyMap<string, Bits>;
}

/**
 * The ends, by number, that stand in the match's relation to a source, as `related` has it; null where the match names no
 * relation. Each set is made once for all sources of equal values.
 */
export function relationSets(ends: readonly (Workload | null)[]): (match: Match, source: number) => Indexed | null {
	const size = ends.length;
	const indexes = new Map<string, KeyIndex>();
	const indexOf = (key: string): KeyIndex => {
		const index = indexes.get(key) ?? keyIndex(ends, key);
		indexes.set(key, index);
		return index;
	};
	const valuesAt = (key: string, source: number): readonly string[] => {
		const workload = ends[source];
		return workload == null ? [] : relationValues(key, workload);
	};
	const alike = (key: string, values: readonly string[]): Bits => {
		const bits = noBits(size);
		for (const value of values) addBits(bits, indexOf(key).byValue.get(value)!);
		return bits;
	};
	const madeFor = ({same, differ}: Match, source: number): Bits => {
		const bits = everyBit(size);
		for (const key of same) keepBits(bits, alike(key, valuesAt(key, source)));
		if (differ.length === 0) return bits;
		const unlike = noBits(size);
		for (const key of differ) {
			const values = valuesAt(key, source);
			if (values.length === 0) continue;
			const others = indexOf(key).has.slice();
			dropBits(others, alike(key, values));
			addBits(unlike, others);
		}
		keepBits(bits, unlike);
		return bits;
	};
	/** By the keys of a relation: the sets by source, and by the values that several sources have. */
	const relations = new Map<string, Relation>();
	const ofMatch = new Map<Match, Relation | null>();
	const relationOf = (match: Match): Relation | null => {
		const {same, differ} = match;
		if (same.length === 0 && differ.length === 0) return null;
		const name = JSON.stringify([same, differ]);
		const relation = relations.get(name) ?? {bySource: [], byValues: new Map()};
		relations.set(name, relation);
		return relation;
	};
	return (match, source) => {
		let relation = ofMatch.get(match);
		if (relation === undefined) ofMatch.set(match, (relation = relationOf(match)));
		if (relation === null) return null;
		const known = relation.bySource[source];
		if (known !== undefined) return known;
		const values = JSON.stringify([...match.same, ...match.differ].map(key => valuesAt(key, source)));
		const set = relation.byValues.get(values) ?? indexed(madeFor(match, source));
		relation.byValues.set(values, set);
		relation.bySource[source] = set;
		return set;
	};
}

interface Relation {
	readonly bySource: Indexed[];
	readonly byValues: Map<string, Indexed>;
}

function keyIndex(ends: readonly (Workload | null)[], key: string): KeyIndex {
	const has = noBits(ends.length);
	const byValue = new Map<string, Bits>();
	for (const [at, workload] of ends.entries())
		for (const value of workload === null ? [] : relationValues(key, workload)) {
			const bits = byValue.get(value) ?? noBits(ends.length);
			byValue.set(value, bits);
			setBit(bits, at);
			setBit(has, at);
		}
	return {has, byValue};
}
