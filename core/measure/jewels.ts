import type {AttackRun} from '../contracts/attack-run.ts';
import type {Containment} from '../contracts/report.ts';
import type {Kinds} from './kinds.ts';

export type Jewels = Pick<Containment, 'jewelsReached' | 'jewels' | 'hopsToFirstJewel' | 'actionsToFirstJewel'>;

/** |(C \ F) ∩ J| of |J \ F|, in kinds: a jewel that is the foothold was given away, not lost. */
export function jewels(kinds: Kinds, run: AttackRun): Jewels {
	const foothold = kinds.of(run.foothold);
	const names = new Set(kinds.counted.filter(({jewel, name}) => jewel && name !== foothold).map(({name}) => name));
	const falls = run.falls.filter(({workload}) => names.has(kinds.of(workload) ?? ''));
	const first = falls.toSorted((a, b) => a.action - b.action || a.hops - b.hops)[0];
	return {
		jewelsReached: new Set(falls.map(({workload}) => kinds.of(workload))).size,
		jewels: names.size,
		hopsToFirstJewel: first?.hops ?? null,
		actionsToFirstJewel: first?.action ?? null,
	};
}
