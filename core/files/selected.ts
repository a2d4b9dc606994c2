// Which workloads a selector picks, told before anything runs: for messages, footholds and conflicts between policies.
import type {Selector} from '../model/policy.ts';
import type {Topology, Workload} from '../model/topology.ts';
import {alikeWorkloads} from '../policy/alike.ts';
import {looksAtAddresses, networksOf, selects} from '../policy/selector.ts';

/** Workloads that the selector can mean by one of their addresses, in the order of the topology. */
export function selectedWorkloads(selector: Selector, topology: Topology): readonly Workload[] {
	const picked = picks(selector, topology);
	if (!isOfKinds(selector)) return topology.workloads.filter(picked);
	const chosen = new Set(
		alikeWorkloads(topology)
			.filter(({members: [sample]}) => picked(sample!))
			.flatMap(({members}) => members),
	);
	return chosen.size === topology.workloads.length
		? topology.workloads
		: topology.workloads.filter(one => chosen.has(one));
}

/** Whether a workload that the selector picks has a service of that name. */
export function selectsService(selector: Selector, service: string, topology: Topology): boolean {
	const picked = picks(selector, topology);
	const has = (workload: Workload): boolean => workload.services.some(({name}) => name === service) && picked(workload);
	return isOfKinds(selector)
		? alikeWorkloads(topology).some(({members: [sample]}) => has(sample!))
		: topology.workloads.some(has);
}

/** Whether the answer for one replica is the answer for all: it looks at no address and at no name that one has alone. */
const isOfKinds = (selector: Selector): boolean =>
	!looksAtAddresses(selector) &&
	selector.every(({requirements}) =>
		requirements.every(({kind, ...rest}) =>
			kind === 'is' && 'selector' in rest ? isOfKinds(rest.selector) : kind !== 'workload',
		),
	);

function picks(selector: Selector, topology: Topology): (workload: Workload) => boolean {
	const networks = networksOf(topology);
	const at = (workload: Workload, address: string): boolean => selects(selector, {workload, address}, networks);
	return looksAtAddresses(selector)
		? workload => workload.addresses.some(({address}) => at(workload, address))
		: workload => at(workload, workload.addresses[0]?.address ?? '');
}
