// Which runtime a lab has, and what follows for its topology: what the other one would start is said aloud, and what
// containers see of this machine is there before anything is booted.
import {existsSync} from 'node:fs';
import {dirname, resolve} from 'node:path';
import {plainWord} from '../core/files/plain-word.ts';
import type {Parsed, Problem} from '../core/model/problem.ts';
import type {Rehearsal} from '../core/model/rehearsal.ts';
import type {Runtime, Topology, Workload} from '../core/model/topology.ts';

export interface ChosenRuntime {
	readonly runtime: Runtime;
	/** Volumes have absolute sources; assumptions say what containers are. */
	readonly rehearsal: Rehearsal;
}

/** For the report: what the same scenario on netns does otherwise. */
const inContainers = 'workloads are containers: their root has no NET_ADMIN, and cannot undo the rules of its own host';

/** @param asked - `--runtime`, which goes before what the topology's file says; netns where neither says anything */
export function chooseRuntime(rehearsal: Rehearsal, asked: Runtime | undefined): Parsed<ChosenRuntime> {
	const {topology} = rehearsal;
	const runtime = asked ?? topology.runtime ?? 'netns';
	if (runtime === 'netns') return {kind: 'ok', value: {runtime, rehearsal}, warnings: imagesLeftOut(topology)};
	const problems: Problem[] = [];
	const workloads = topology.workloads.map(workload => withVolumes(workload, rehearsal.folder, problems));
	if (problems.length > 0) return {kind: 'wrong', problems};
	const assumptions = [...topology.assumptions, inContainers];
	return {
		kind: 'ok',
		value: {runtime, rehearsal: {...rehearsal, topology: {...topology, workloads, assumptions}}},
		warnings: commandsLeftOut(topology),
	};
}

function withVolumes(workload: Workload, folder: string, problems: Problem[]): Workload {
	if (workload.volumes === undefined) return workload;
	const volumes = workload.volumes.map(volume => {
		const source = resolve(folder, dirname(volume.where.file), volume.source);
		const what = `the volume ${plainWord(volume.source)} is not there`;
		const known = problems.some(({where}) => where.line === volume.where.line && where.file === volume.where.file);
		if (!existsSync(source) && !known)
			problems.push({where: volume.where, what, mend: `a path relative to ${plainWord(volume.where.file)}`});
		return {...volume, source};
	});
	return {...workload, volumes};
}

const kinds = (workloads: readonly Workload[]): number => new Set(workloads.map(({base}) => base)).size;

function imagesLeftOut({workloads}: Topology): readonly Problem[] {
	const left = workloads.filter(({image, run}) => image !== null && run === null);
	const [first] = left;
	if (first === undefined) return [];
	const what =
		kinds(left) === 1
			? `the image of ${first.base} is not started on netns`
			: `the images of ${first.base} and ${kinds(left) - 1} more are not started on netns`;
	return [{where: first.where, what, mend: "the lab's own listeners stand in; --runtime docker starts them"}];
}

function commandsLeftOut({workloads}: Topology): readonly Problem[] {
	const left = workloads.filter(({run}) => run !== null);
	const [first] = left;
	if (first === undefined) return [];
	const what = `run of ${first.base}${kinds(left) > 1 ? ` and ${kinds(left) - 1} more` : ''} is not started on docker`;
	return [{where: first.where, what, mend: 'containers have image: and command:'}];
}
