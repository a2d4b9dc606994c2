// How long it took until rules were in force, workload by workload.
import type {Propagation} from '../core/contracts/lab.ts';

/** Of the sites that were loaded: from the start of the change to the kernel's acknowledgement. */
export interface Acknowledged {
	readonly site: string;
	readonly ms: number;
	readonly by: 'elements' | 'swap';
}

export function propagationOf(acknowledged: readonly Acknowledged[], untouched: number): Propagation {
	const sorted = acknowledged.toSorted((a, b) => a.ms - b.ms);
	const last = sorted.at(-1);
	return {
		p50Ms: share(sorted, 0.5),
		p99Ms: share(sorted, 0.99),
		slowest: last === undefined ? null : {site: last.site, ms: last.ms},
		changed: sorted.length,
		byElements: sorted.filter(({by}) => by === 'elements').length,
		untouched,
	};
}

/** Nearest rank: the least that so large a share does not exceed. */
const share = (sorted: readonly Acknowledged[], part: number): number | null =>
	sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)]?.ms ?? null;
