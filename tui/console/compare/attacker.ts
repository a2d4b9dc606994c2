// The attacker that candidates are compared by: the one that was let loose, else the first of the rehearsal.

import type {Weakness} from '../../../core/attack/weakness.ts';
import {weakness} from '../../../core/attack/weakness.ts';
import type {Scenario} from '../../../core/model/scenario.ts';
import type {Topology, Workload} from '../../../core/model/topology.ts';
import {networksOf, selects} from '../../../core/policy/selector.ts';
import type {World} from '../world/world.ts';

export interface Attacker {
	readonly scenario: Scenario;
	/** Name of a workload. */
	readonly foothold: string;
}

/** Null where the rehearsal has no scenario, or nobody to start from. */
export function attackerOf({rehearsal: {scenarios, topology}, attack}: World): Attacker | null {
	const running = scenarios.find(({name}) => name === attack?.scenario);
	const scenario = running ?? scenarios[0];
	if (scenario === undefined) return null;
	const asked = topology.workloads.find(({name}) => name === attack?.foothold);
	if (running !== undefined && asked !== undefined) return {scenario, foothold: asked.name};
	const first = footholdOf(topology, scenario);
	return first === undefined ? null : {scenario, foothold: first.name};
}

const known = new WeakMap<Scenario, WeakMap<Topology, Workload | undefined>>();

/** The first workload that the scenario starts from. */
function footholdOf(topology: Topology, scenario: Scenario): Workload | undefined {
	let byTopology = known.get(scenario);
	if (byTopology === undefined) known.set(scenario, (byTopology = new WeakMap()));
	if (!byTopology.has(topology)) {
		const networks = networksOf(topology);
		const found = topology.workloads.find(workload =>
			scenario.foothold === null
				? !workload.outside && !workload.assumed
				: selects(scenario.foothold, {workload, address: workload.addresses[0]!.address}, networks),
		);
		byTopology.set(topology, found);
	}
	return byTopology.get(topology);
}

/** Which services an exploit opens for it. */
export function weakFor(topology: Topology, scenario: Scenario, seed: number): Weakness {
	const networks = networksOf(topology);
	return weakness(
		topology,
		scenario,
		(selector, workload) => selects(selector, {workload, address: workload.addresses[0]!.address}, networks),
		seed,
	);
}
