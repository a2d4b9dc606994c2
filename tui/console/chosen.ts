// Who the keys are about.
import {kindsOf} from '../../core/measure/kinds.ts';
import type {Workload} from '../../core/model/topology.ts';
import type {ConsoleState} from './state.ts';
import {workloadsOf} from './world/workloads-of.ts';

/** The workload that is chosen: by its name, or as the only one of its kind; or what to say where it is none or several. */
export function chosenWorkload({chosen, world}: ConsoleState, word = chosen): Workload | string {
	const {topology} = world.rehearsal;
	if (word === null) return 'no workload is chosen: the arrows choose one on the map';
	const known = workloadsOf(topology).get(word);
	if (known !== undefined) return known;
	const some = kindsOf(topology).all.get(word)?.workloads ?? [];
	if (some.length === 1) return some[0]!;
	return some.length === 0 ? `there is no workload ${word}` : `${word} is ${some.length} workloads: choose one of them`;
}
