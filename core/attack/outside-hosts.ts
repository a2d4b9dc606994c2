import type {OutsideHost} from '../contracts/technique.ts';
import type {Topology} from '../model/topology.ts';

/** The machines that an attacker has beyond the network: every address of the topology's `outside` hosts, in its order. */
export const outsideHosts = ({workloads}: Topology): readonly OutsideHost[] =>
	workloads
		.filter(({outside}) => outside)
		.flatMap(({name, addresses}) => addresses.map(({address}) => ({name, address})));
