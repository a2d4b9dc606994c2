// One running lab as its client sees it, in this process or over the engine's socket.

import type {Flow} from '../model/flow.ts';
import type {Scenario} from '../model/scenario.ts';
import type {TopologyChange} from '../model/topology-change.ts';
import type {AttackRun} from './attack-run.ts';
import type {Ruleset} from './enforcer.ts';
import type {Evidence} from './evidence.ts';

export interface Applied {
	/** From the start of the change to the last kernel acknowledgement. */
	readonly applyMs: number;
	readonly propagation: Propagation;
}

/** A lab that became another topology. */
export interface Changed extends Applied, TopologyChange {
	/** Connections that the others had with those that are gone, and their kernels have forgotten. */
	readonly forgotten: number;
}

/** How a change spread: milliseconds from its start to the acknowledgement of each workload's kernel. */
export interface Propagation {
	/** Null where nothing changed. */
	readonly p50Ms: number | null;
	readonly p99Ms: number | null;
	/** The fabric's site has no name. */
	readonly slowest: {readonly site: string; readonly ms: number} | null;
	/** Rulesets that were loaded, of which so many by elements of their sets alone. */
	readonly changed: number;
	readonly byElements: number;
	/** Workloads whose rules were in force already, byte by byte, and were not loaded again. */
	readonly untouched: number;
}

export interface Lab extends AsyncDisposable {
	readonly id: string;
	/** All of them in force, or none: throws FirebreakError `apply-refused` and leaves what was in force before. */
	apply(rulesets: readonly Ruleset[]): Promise<Applied>;
	/** Evidence in the order of the flows. */
	probe(
		flows: readonly Flow[],
		options: {readonly timeoutMs: number; readonly patienceMs?: number},
	): Promise<readonly Evidence[]>;
	/** One attacker, from a clean state: nothing compromised, no connection left from the run before. */
	attack(scenario: Scenario, foothold: string, goals: readonly string[], seed: number): Promise<AttackRun>;
}
