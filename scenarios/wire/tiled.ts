import type {Flow} from '../../core/model/flow.ts';

/** Workloads on a side of a tile: a batch of flows then meets few sockets at both ends, and each is asked for many answers. */
const side = 12;

/**
 * The order in which flows are sent: tiles of so many sources by so many destinations, each tile by source. Gives
 * indexes into `flows`.
 *
 * @param rank - a number of each workload, 0 and up
 */
export function tiled(flows: readonly Flow[], rank: (workload: string) => number): readonly number[] {
	const keys = flows.map(({source, destination}) => {
		const from = rank(source.workload ?? '');
		const to = rank(destination.workload ?? '');
		return (Math.floor(from / side) * 4096 + Math.floor(to / side)) * 4096 + from;
	});
	return flows.map((_, at) => at).sort((a, b) => keys[a]! - keys[b]! || a - b);
}
