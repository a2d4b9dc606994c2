import type {Workload} from '../model/topology.ts';

/** One workload that lives: its network namespace, by a descriptor of the engine that keeps it alive. */
export interface LiveSite {
	readonly workload: Workload;
	readonly netns: number;
}
