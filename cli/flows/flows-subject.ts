// What `flows` shows.
import type {DependencyMap} from '../../core/flows/dependency-map.ts';
import type {SeenFlows} from '../../core/flows/flow-row.ts';

export interface FlowsSubject {
	readonly lab: string;
	readonly rehearsal: string;
	/** With the rows that were asked for. */
	readonly seen: SeenFlows;
	readonly map: DependencyMap;
	/** False where only some rows are asked for: then nothing is said of what was never seen. */
	readonly whole: boolean;
	/** Milliseconds since 1970, now. */
	readonly now: number;
}
