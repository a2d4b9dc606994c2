// Which workloads a selector picks, told before anything runs: for messages, footholds and conflicts between policies.
import type {Selector} from '../model/policy.ts';
import type {Topology, Workload} from '../model/topology.ts';
import {looksAtAddresses, networksOf, selects} from '../policy/selector.ts';

/** Workloads that the selector can mean by one of their addresses, in the order of the topology. */
export function selectedWorkloads(selector: Selector, topology: Topology): readonly Workload[] {
	const networks = networksOf(topology);
	const byAddress = looksAtAddresses(selector);
	return topology.workloads.filter(workload =>
		(byAddress ? workload.addresses : workload.addresses.slice(0, 1)).some(({address}) =>
			selects(selector, {workload, address}, networks),
		),
	);
}
