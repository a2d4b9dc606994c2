// Flows that were seen as dependencies and services of a topology, with a word on each flow that became none.
import {uniqueDependencies} from '../files/topology-dependencies.ts';
import {serves} from '../measure/kinds.ts';
import type {Problem} from '../model/problem.ts';
import type {Dependency, Topology, Workload} from '../model/topology.ts';
import {learnedServices} from './learned-services.ts';
import type {Aliases} from './resolve-end.ts';
import type {FlowLog} from './seen-flow.ts';
import {type SeenNeed, seenNeeds} from './seen-needs.ts';
import {worldName, worldWorkload} from './world.ts';

export interface Learned {
	/** With services at the destinations, dependencies marked `learned`, and an outside host where the world was seen. */
	readonly topology: Topology;
	/** What became no dependency, and what was guessed: those with most flows first. */
	readonly decisions: readonly Problem[];
}

/** Adds to `topology` what the logs show; what it had stays. */
export function learnFlows(topology: Topology, logs: readonly FlowLog[], aliases?: Aliases): Learned {
	const {needs, decisions} = seenNeeds(topology, logs, aliases);
	return {topology: withNeeds(topology, needs, worldName(topology)), decisions};
}

function withNeeds(topology: Topology, needs: readonly SeenNeed[], world: string): Topology {
	const used = Map.groupBy(needs, ({to}) => to);
	const seesWorld = needs.some(({from, to}) => from === world || to === world);
	const isNew = seesWorld && !topology.workloads.some(({kind}) => kind === world);
	const workloads = [...topology.workloads, ...(isNew ? [worldWorkload(world)] : [])]
		.map((one): Workload => ({...one, services: learnedServices(one.services, used.get(one.kind) ?? [])}))
		.sort((a, b) => (a.name < b.name ? -1 : 1));
	const byKind = new Map(workloads.map(one => [one.kind, one]));
	const learned = needs.map((need): Dependency => {
		const service = byKind.get(need.to)!.services.find(one => serves(one, need.protocol, need.port))!;
		return {...need, port: service.port, service: service.name};
	});
	return {...topology, workloads, dependencies: uniqueDependencies([...topology.dependencies, ...learned])};
}
