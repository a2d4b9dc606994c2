// Which workloads a selector picks, told before anything runs: for messages, footholds and conflicts between policies.
import type {Selector} from '../model/policy.ts';
import type {Topology, Workload} from '../model/topology.ts';
import {looksAtAddresses, networksOf, selects} from '../policy/selector.ts';

/** Workloads that the selector can mean by one of their addresses, in the order of the topology. */
export const selectedWorkloads = (selector: Selector, topology: Topology): readonly Workload[] =>
	topology.workloads.filter(picks(selector, topology));

/** Whether a workload that the selector picks has a service of that name. */
export function selectsService(selector: Selector, service: string, topology: Topology): boolean {
	const picked = picks(selector, topology);
	return topology.workloads.some(workload => workload.services.some(({name}) => name === service) && picked(workload));
}

function picks(selector: Selector, topology: Topology): (workload: Workload) => boolean {
	const networks = networksOf(topology);
	const at = (workload: Workload, address: string): boolean => selects(selector, {workload, address}, networks);
	return looksAtAddresses(selector)
		? workload => workload.addresses.some(({address}) => at(workload, address))
		: workload => at(workload, workload.addresses[0]?.address ?? '');
}
