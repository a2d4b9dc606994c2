// What a workload's cell on the map shows: the worst that is true of it.
import type {Workload} from '../../../core/model/topology.ts';
import type {CellState} from '../../glyphs.ts';
import {brokenKinds} from '../world/broken-kinds.ts';
import type {World} from '../world/world.ts';

export function cellState(world: World, workload: Workload): CellState {
	if (world.quarantined.has(workload.name)) return 'quarantined';
	const fate = world.fates.get(workload.name);
	if (fate !== undefined && fate.state !== 'tried') {
		if (workload.jewel && !fate.foothold) return 'lost-jewel';
		return fate.state;
	}
	if (workload.outside) return 'outside';
	if (brokenKinds(world).has(workload.kind)) return 'broken';
	if (fate !== undefined) return workload.jewel ? 'jewel' : 'tried';
	return workload.jewel ? 'jewel' : 'healthy';
}

/** From harmless to bad: a folded cell shows the worst of its workloads. */
export const severity: readonly CellState[] = [
	'outside',
	'healthy',
	'jewel',
	'tried',
	'broken',
	'quarantined',
	'compromised',
	'pivot',
	'lost-jewel',
];
