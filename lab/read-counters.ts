// The named counters of a table, as nft prints them.
import type {RuleCount} from './staying-state.ts';

/** By name. Source: nft(8) "list counters". */
export function parseCounters(text: string): ReadonlyMap<string, RuleCount> {
	const counters = new Map<string, RuleCount>();
	for (const [, name, packets, bytes] of text.matchAll(/counter (\w+) \{\s*packets (\d+) bytes (\d+)\s*\}/g))
		counters.set(name!, {packets: Number(packets), bytes: Number(bytes)});
	return counters;
}

/** Sums by name. */
export function addCounters(all: readonly ReadonlyMap<string, RuleCount>[]): Readonly<Record<string, RuleCount>> {
	const sums: Record<string, RuleCount> = {};
	for (const counters of all)
		for (const [name, {packets, bytes}] of counters) {
			const before = sums[name] ?? {packets: 0, bytes: 0};
			sums[name] = {packets: before.packets + packets, bytes: before.bytes + bytes};
		}
	return sums;
}
