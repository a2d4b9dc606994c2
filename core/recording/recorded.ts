// What stands in a recording of a rehearsal and of its policies' files: what is shown, and nothing that is to be kept.
import type {Rehearsal} from '../model/rehearsal.ts';
import type {Workload} from '../model/topology.ts';

/**
 * Without what workloads run and with which variables, where passwords stand, and without what nobody shows who plays a
 * recording. Secrets of a topology are names, and stay.
 */
export const recordedRehearsal = (rehearsal: Rehearsal): Rehearsal => ({
	...rehearsal,
	topology: {...rehearsal.topology, workloads: rehearsal.topology.workloads.map(recordedWorkload)},
	expectations: [],
	flows: [],
	accepted: [],
});

const recordedWorkload = ({build, healthCheck, volumes, ...workload}: Workload): Workload => ({
	...workload,
	run: null,
	command: null,
	variables: {},
});

/**
 * The policies in a file, each on the line on which it stands; what else stands there (a Secret beside a NetworkPolicy) is
 * blank. Null where there are none.
 */
export function recordedSource(text: string): string | null {
	let kept = false;
	const parts = text.split(/^(?=---)/m).map(part => {
		if (isPolicy(part)) {
			kept = true;
			return part;
		}
		return part.replaceAll(/[^\n]+/g, '');
	});
	return kept ? parts.join('') : null;
}

/** By its own first level: a list of objects is none, since other objects may stand in it. */
const isPolicy = (part: string): boolean =>
	/^["']?policy["']?[ \t]*:/m.test(part) || /^["']?kind["']?[ \t]*:[ \t]*["']?\w*NetworkPolicy\b/m.test(part);
