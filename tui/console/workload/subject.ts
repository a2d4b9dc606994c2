// Whom the pane is about: one workload, or all replicas of a kind.
import {kindsOf} from '../../../core/measure/kinds.ts';
import type {Workload} from '../../../core/model/topology.ts';
import type {ConsoleState} from '../state.ts';
import {workloadsOf} from '../world/workloads-of.ts';

export interface Subject {
	readonly name: string;
	readonly kind: string;
	/** Never empty. */
	readonly members: readonly Workload[];
}

/** Null where nothing is chosen, or nobody has that name. */
export function subjectOf({chosen, world: {rehearsal}}: ConsoleState): Subject | null {
	if (chosen === null) return null;
	const one = workloadsOf(rehearsal.topology).get(chosen);
	if (one !== undefined) return {name: one.name, kind: one.kind, members: [one]};
	const kind = kindsOf(rehearsal.topology).all.get(chosen);
	return kind === undefined ? null : {name: kind.name, kind: kind.name, members: kind.workloads};
}
