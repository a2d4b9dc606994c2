// Files and folders that a node sees of this machine: those beside the containerlab file or below, read-only.
import path from 'node:path';
import type {Place} from '../../core/model/problem.ts';
import type {Volume} from '../../core/model/topology.ts';

/** Whether a path is there; it begins as that of the containerlab file does. */
export type Has = (path: string) => boolean;

/** Those of `SOURCE:TARGET:MODE` that lie there. Source: containerlab.dev/manual/nodes, "binds". */
export const boundBeside = (binds: readonly string[], where: Place, has: Has): readonly Volume[] =>
	binds.flatMap((bind): readonly Volume[] => {
		const [written = '', target = ''] = bind.split(':');
		const source = path.posix.normalize(written);
		if (written === '' || !target.startsWith('/') || /^([~/]|\.\.(\/|$)|__)/.test(source)) return [];
		if (!has(path.posix.join(path.posix.dirname(where.file), source))) return [];
		return [{source: source.startsWith('.') ? source : `./${source}`, target, where}];
	});
