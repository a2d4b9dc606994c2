// Relations as numbers, so that comparing two ends is comparing two integers.
import type {Match} from '../model/policy.ts';
import type {Workload} from '../model/topology.ts';
import {related, relationValues} from './relation.ts';

/** A number an end for a key: equal for equal values, -1 where it lacks the key; null where some has several values. */
type KeyTable = Int32Array | null;

/** Gives a check of two ends by number, that answers as `related` does. */
export type RelationTables = (match: Match) => (source: number, destination: number) => boolean;

/** The tables of some ends (null: no workload is there), each made at its first use and kept. */
export function relationTables(ends: readonly (Workload | null)[]): RelationTables {
	const tables = new Map<string, KeyTable>();
	const tableOf = (key: string): KeyTable => {
		const table = tables.has(key) ? tables.get(key)! : makeTable(key, ends);
		tables.set(key, table);
		return table;
	};
	return match => {
		if (match.same.length === 0 && match.differ.length === 0) return () => true;
		const same = match.same.map(tableOf);
		const differ = match.differ.map(tableOf);
		if (!same.every(isTable) || !differ.every(isTable))
			return (source, destination) => related(match, ends[source]!, ends[destination]!);
		return (source, destination) => {
			if (ends[source] === null || ends[destination] === null) return false;
			for (const table of same) if (table[source] === -1 || table[source] !== table[destination]) return false;
			if (differ.length === 0) return true;
			for (const table of differ)
				if (table[source] !== -1 && table[destination] !== -1 && table[source] !== table[destination]) return true;
			return false;
		};
	};
}

const isTable = (table: KeyTable): table is Int32Array => table !== null;

function makeTable(key: string, ends: readonly (Workload | null)[]): KeyTable {
	const numbers = new Map<string, number>();
	const table = new Int32Array(ends.length).fill(-1);
	for (const [end, workload] of ends.entries()) {
		const [value, ...more] = workload === null ? [] : relationValues(key, workload);
		if (more.length > 0) return null;
		if (value === undefined) continue;
		const number = numbers.get(value) ?? numbers.size;
		numbers.set(value, number);
		table[end] = number;
	}
	return table;
}
