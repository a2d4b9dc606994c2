// Connections of an attacker's foothold that are older than the policy: those of a workload that has long been at work.
import {sourceAddress} from '../core/attack/source-address.ts';
import type {Flow} from '../core/model/flow.ts';
import type {Workload} from '../core/model/topology.ts';
import {none} from '../enforcers/none.ts';
import {type Established, openConnections} from '../scenarios/wire/established.ts';
import type {Parts} from './engine-lab.ts';
import {apply} from './put-in-force.ts';

/**
 * For a moment no policy is in force: the foothold connects to the far ends that its configuration names, and then what was
 * in force is loaded again. Programs of the user's are left out, since nothing is said to them but to connect.
 *
 * @throws FirebreakError where rules are refused
 */
export async function openBefore(parts: Parts, foothold: Workload, timeoutMs: number): Promise<Established> {
	const {rules, runtime, prober, speakers, request} = parts;
	const {topology, lab} = request;
	const foreign = new Set(runtime.sites.filter(({ownServices}) => ownServices).map(({workload}) => workload.name));
	const owners = new Map(
		topology.workloads.flatMap(({name, addresses}) => addresses.map(({address}) => [address, name] as const)),
	);
	const flows = speakers.view(foothold).peers.flatMap(({address, protocol, port}): readonly Flow[] => {
		const source = sourceAddress(foothold, topology.segments, address);
		const workload = owners.get(address) ?? null;
		if (source === undefined || protocol !== 'tcp' || workload === null || foreign.has(workload)) return [];
		const end = {workload: foothold.name, address: source.address};
		return [{source: end, destination: {workload, address}, family: source.family, protocol, port}];
	});
	const inForce = rules.inForce();
	await apply(parts, none.compile({lab, topology, stack: [], placement: 'host'}));
	try {
		return await openConnections(prober, flows, timeoutMs);
	} finally {
		await apply(parts, inForce);
	}
}
