// The enforcer that Firebreak measures with: real nftables in each workload's own namespace.
import type {Enforcer} from '../core/contracts/enforcer.ts';
import {FirebreakError} from '../core/model/failure.ts';
import {hostCompiler} from './compile/host.ts';

/**
 * nftables at placement `host`.
 *
 * @throws FirebreakError `placement-unavailable` for any other placement
 */
export const nftables: Enforcer = {
	name: 'nftables',
	compile({lab, topology, stack, placement}) {
		if (placement !== 'host')
			throw new FirebreakError(
				'placement-unavailable',
				`rules cannot be placed at ${placement} yet`,
				'use placement: host, or --model-only for the verdicts of the model',
				{placement},
			);
		const compile = hostCompiler({lab, topology, stack});
		return [...topology.workloads].sort((a, b) => (a.name < b.name ? -1 : 1)).map(compile);
	},
};
