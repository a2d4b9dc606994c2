// What was seen, and of what: from a lab or from logs.
import type {SeenNeed} from '../../core/learn/seen-needs.ts';
import type {Topology} from '../../core/model/topology.ts';

export interface LearnSource {
	readonly topology: Topology;
	readonly needs: readonly SeenNeed[];
	/** Sentences for the head of the policy: where it comes from, and what was seen and not learned. */
	readonly head: readonly string[];
	/** Whether flows may be missing in what was seen. */
	readonly incomplete: boolean;
}
