import type {Fall} from '../contracts/attack-run.ts';

/**
 * The steps by which a workload fell, the foothold's own fall first; empty when it did not fall. Each step's `from` is
 * the workload of the step before.
 */
export function attackPath(falls: readonly Fall[], workload: string): readonly Fall[] {
	const byName = new Map(falls.map(fall => [fall.workload, fall]));
	const path: Fall[] = [];
	let step = byName.get(workload);
	while (step !== undefined) {
		path.unshift(step);
		step = step.from === null ? undefined : byName.get(step.from);
	}
	return path;
}
