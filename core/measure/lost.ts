// C: what fell, as kinds and as workloads, without the foothold's own kind.
import type {AttackRun} from '../contracts/attack-run.ts';
import type {Kinds} from './kinds.ts';

/** C \ F: kinds of W with a fallen replica, but the foothold's; sorted. */
export function lostKinds(kinds: Kinds, run: AttackRun): readonly string[] {
	const foothold = kinds.of(run.foothold);
	const lost = new Set(run.falls.map(({workload}) => kinds.of(workload)));
	return kinds.counted.map(({name}) => name).filter(name => name !== foothold && lost.has(name));
}

/** Workloads that fell, of the kinds of C \ F; sorted. */
export function lostWorkloads(kinds: Kinds, run: AttackRun): readonly string[] {
	const lost = new Set(lostKinds(kinds, run));
	return [...new Set(run.falls.map(({workload}) => workload))].filter(name => lost.has(kinds.of(name) ?? '')).sort();
}
