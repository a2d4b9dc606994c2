// What an imported topology names of this machine's files, as a file in another folder must say it.
import {dirname, relative, resolve, sep} from 'node:path';
import type {Topology, Workload} from '../../core/model/topology.ts';

/**
 * Volumes relative to `folder`. A folder to build must lie below it: else its image is what the file names beside the
 * build, or none, and an assumption says so.
 */
export function movedPaths(topology: Topology, folder: string): Topology {
	const left = new Set<string>();
	const moved = (file: string, path: string): string => {
		const found = relative(folder, resolve(dirname(file), path))
			.split(sep)
			.join('/');
		return found.startsWith('.') ? found : `./${found}`;
	};
	const workloads = topology.workloads.map((workload): Workload => {
		const {build, volumes, ...rest} = workload;
		const bound = volumes?.map(volume => ({...volume, source: moved(volume.where.file, volume.source)}));
		const its = {...rest, ...(bound !== undefined && {volumes: bound})};
		if (build === undefined) return its;
		const context = moved(build.where.file, build.context);
		if (!context.startsWith('..')) return {...its, build: {...build, context}};
		left.add(workload.base);
		return {...its, image: workload.image === build.context ? null : workload.image};
	});
	if (left.size === 0) return {...topology, workloads};
	const said = `the image of ${[...left].join(', ')} is not built: its folder is not below this one; \`firebreak up\` of the imported file builds it, with --runtime docker`;
	return {...topology, workloads, assumptions: [...topology.assumptions, said]};
}
