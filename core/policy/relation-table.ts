// Relations as numbers, so that comparing two workloads is comparing two integers.
import type {Match} from '../model/policy.ts';
import type {Workload} from '../model/topology.ts';
import type {IndexedEnd} from './peer-table.ts';
import {related, relationValues} from './relation.ts';

/** A number a workload for a key: equal for equal values, -1 where it lacks the key; null where some has several values. */
type KeyTable = Int32Array | null;

/** Gives a check that answers as `related` does. */
export type RelationTables = (match: Match) => (source: IndexedEnd, destination: IndexedEnd) => boolean;

/** The tables of one topology, each made at its first use and kept. */
export function relationTables(workloads: readonly Workload[]): RelationTables {
	const tables = new Map<string, KeyTable>();
	const tableOf = (key: string): KeyTable => {
		const table = tables.has(key) ? tables.get(key)! : makeTable(key, workloads);
		tables.set(key, table);
		return table;
	};
	return match => {
		if (match.same.length === 0 && match.differ.length === 0) return () => true;
		const same = match.same.map(tableOf);
		const differ = match.differ.map(tableOf);
		if (!same.every(isTable) || !differ.every(isTable))
			return (source, destination) => related(match, source.workload, destination.workload);
		return ({index: left}, {index: right}) => {
			if (left === -1 || right === -1) return false;
			for (const table of same) if (table[left] === -1 || table[left] !== table[right]) return false;
			if (differ.length === 0) return true;
			for (const table of differ)
				if (table[left] !== -1 && table[right] !== -1 && table[left] !== table[right]) return true;
			return false;
		};
	};
}

const isTable = (table: KeyTable): table is Int32Array => table !== null;

function makeTable(key: string, workloads: readonly Workload[]): KeyTable {
	const values = workloads.map(workload => relationValues(key, workload));
	if (values.some(({length}) => length > 1)) return null;
	const numbers = new Map([...new Set(values.flat())].map((value, number) => [value, number]));
	return Int32Array.from(values, ([value]) => (value === undefined ? -1 : numbers.get(value)!));
}
