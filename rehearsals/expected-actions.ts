import type {InForce} from '../core/contracts/in-force.ts';
import type {Scenario} from '../core/model/scenario.ts';
import type {Topology} from '../core/model/topology.ts';
import {createModelRange} from './model-range.ts';

/** How many actions that attacker takes in the model, under what is in force: about as many as in a lab. */
export async function expectedActions(
	topology: Topology,
	{name, stack, placement, observed}: InForce,
	{scenario, foothold, seed}: {readonly scenario: Scenario; readonly foothold: string; readonly seed: number},
): Promise<number> {
	const model = createModelRange(topology, seed, () => 0);
	const nowhere = {file: '', line: 1, column: 1};
	await model.use({name, stack: observed ? [] : stack, placement, today: false, files: [], where: nowhere});
	return (await model.attack(scenario, foothold)).timeline.length;
}
