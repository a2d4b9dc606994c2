import type {Weakness} from '../attack/weakness.ts';
import type {Placement, Stack} from '../model/policy.ts';
import type {TechniqueName} from '../model/scenario.ts';
import type {Topology} from '../model/topology.ts';

/** One candidate under one scenario, as far as it decides who can fall. */
export interface SimulatedWorld {
	readonly topology: Topology;
	readonly stack: Stack;
	readonly placement: Placement;
	readonly weak: Weakness;
	readonly techniques: readonly TechniqueName[];
	/** Which ports of a range listen (`listeningPorts`). */
	readonly seed: number;
}
