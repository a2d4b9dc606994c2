// Where the attackers of a simulation start: where the scenario says, where the command line says, or everywhere.
import type {Scenario} from '../../core/model/scenario.ts';
import type {Topology} from '../../core/model/topology.ts';
import {footholdsOf} from '../footholds.ts';

/** The word of `--foothold` that means every kind of workload. */
export const everywhere = 'every';

export interface Starts {
	readonly from: 'every' | 'scenario' | 'named';
	/** Names of workloads, sorted, one for each kind. */
	readonly workloads: readonly string[];
}

/** A scenario without a foothold starts everywhere. */
export function startsOf(topology: Topology, scenario: Scenario, asked: string | null): Starts {
	if (asked !== null && asked !== everywhere) return {from: 'named', workloads: footholdsOf(topology, scenario, asked)};
	const every = asked === everywhere || scenario.foothold === null;
	return {
		from: every ? 'every' : 'scenario',
		workloads: footholdsOf(topology, every ? {...scenario, foothold: null} : scenario, null),
	};
}
