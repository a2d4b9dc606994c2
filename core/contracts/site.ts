import type {Workload} from '../model/topology.ts';

/** One workload that lives: its network namespace, by a descriptor of the engine that keeps it alive. */
export interface LiveSite {
	readonly workload: Workload;
	readonly netns: number;
	/**
	 * Its services are answered by programs of its own (an image, `run:`) and not by the lab's listeners: the lab opens no
	 * port there, and knows an arrival by what its kernel answers. Left out: the lab's listeners.
	 */
	readonly ownServices?: true;
}
