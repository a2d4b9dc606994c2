// Which runtime a lab has, and what follows for its topology: what the other one would start is said aloud, and what
// containers see of this machine is there before anything is booted.
import {existsSync, realpathSync, statSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
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
	const workloads = topology.workloads.map(workload => withPaths(workload, rehearsal.folder, problems));
	if (problems.length > 0) return {kind: 'wrong', problems};
	const assumptions = [...topology.assumptions, inContainers];
	return {
		kind: 'ok',
		value: {runtime, rehearsal: {...rehearsal, topology: {...topology, workloads, assumptions}}},
		warnings: commandsLeftOut(topology),
	};
}

const withPaths = (workload: Workload, folder: string, problems: Problem[]): Workload =>
	withBuild(withVolumes(workload, folder, problems), folder, problems);

/** What is built lies beside the file that says so, or below: a file from elsewhere hands nothing else of this machine to a build. */
function withBuild(workload: Workload, folder: string, problems: Problem[]): Workload {
	const {build} = workload;
	if (build === undefined) return workload;
	const {where} = build;
	const beside = resolve(folder, dirname(where.file));
	const context = resolve(beside, build.context);
	const wrong = (what: string, mend: string): Workload => {
		if (!problems.some(one => one.where.line === where.line && one.where.file === where.file))
			problems.push({where, what, mend});
		return workload;
	};
	const told = plainWord(build.context);
	if (statSync(context, {throwIfNoEntry: false})?.isDirectory() !== true)
		return wrong(`there is no folder ${told} to build`, `a path relative to ${plainWord(where.file)}`);
	if (!isBelow(realpathSync(beside), realpathSync(context)))
		return wrong(
			`${told} lies outside the folder of ${plainWord(where.file)}`,
			'build what is beside the file or below',
		);
	const dockerfile = build.dockerfile ?? 'Dockerfile';
	const file = resolve(context, dockerfile);
	if (!existsSync(file) || !isBelow(realpathSync(context), realpathSync(file)))
		return wrong(
			`there is no ${plainWord(dockerfile)} in ${told}`,
			'a path in that folder: dockerfile: build/Dockerfile',
		);
	return {...workload, build: {...build, context, dockerfile: build.dockerfile && relative(context, file)}};
}

const isBelow = (folder: string, path: string): boolean => path === folder || path.startsWith(join(folder, '/'));

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
	const left = workloads.filter(({image, run}) => run !== null && image === null);
	const [first] = left;
	if (first === undefined) return [];
	const what = `what run: says of ${first.base}${kinds(left) > 1 ? ` and ${kinds(left) - 1} more` : ''} is not started on docker`;
	return [
		{
			where: first.where,
			what,
			mend: "the lab's own listeners stand in; a container starts what image: and command: say",
		},
	];
}
