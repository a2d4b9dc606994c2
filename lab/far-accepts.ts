// What the rules in the fabric log of a flow that they let pass, so that a verdict waits for all of its witnesses.
import type {Ruleset} from '../core/contracts/enforcer.ts';
import type {Flow} from '../core/model/flow.ts';
import type {Topology} from '../core/model/topology.ts';
import {standsOf} from '../core/policy/placement.ts';
import type {End} from '../core/policy/selector.ts';

/** @param fabric - the rules in force in the fabric */
export function farAccepts(topology: Topology, fabric: Ruleset): (flow: Flow) => number {
	if (!fabric.judges) return () => 0;
	const workloads = new Map(topology.workloads.map(workload => [workload.name, workload]));
	const endOf = ({workload, address}: Flow['source']): End => ({
		workload: workload === null ? null : (workloads.get(workload) ?? null),
		address,
	});
	return ({source, destination}) =>
		standsOf(fabric.place, endOf(source), endOf(destination)).filter(({place}) => place !== 'host').length;
}
