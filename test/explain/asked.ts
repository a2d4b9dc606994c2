import type {Asked} from '../../core/explain/match-reasons.ts';
import type {Endpoint, Flow} from '../../core/model/flow.ts';
import type {Topology} from '../../core/model/topology.ts';
import {type End, networksOf} from '../../core/policy/selector.ts';
import {flow as flowOf} from '../builders/flow.ts';

/** A flow with its ends looked up; null: only the networks matter. */
export function askedOf(topology: Topology, flow: Flow | null): Asked {
	const asked = flow ?? flowOf('a', 'b:1');
	const end = ({workload: name, address}: Endpoint): End => ({
		workload: topology.workloads.find(workload => workload.name === name) ?? null,
		address,
	});
	return {flow: asked, source: end(asked.source), destination: end(asked.destination), networks: networksOf(topology)};
}
