// What an image starts by itself, and the words by which the gate starts it.
import type Docker from 'dockerode';
import type {Workload} from '../../core/model/topology.ts';

export interface ImageProgram {
	readonly entrypoint: readonly string[];
	readonly command: readonly string[];
	/** The image's PATH. */
	readonly path: string;
}

/** Docker's, where an image says none. */
const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

type Inspected = Awaited<ReturnType<ReturnType<Docker['getImage']>['inspect']>>;

export function imageProgram({Config: config}: Inspected): ImageProgram {
	const path = (config?.Env ?? []).find(one => one.startsWith('PATH='))?.slice('PATH='.length);
	return {
		entrypoint: [config?.Entrypoint ?? []].flat(),
		command: [config?.Cmd ?? []].flat(),
		path: path ?? usualPath,
	};
}

/**
 * The gate's arguments: the files that may be the program, an empty one, and its argv. A name without a slash is looked for
 * in PATH (execvp(3)). Empty where nothing is to be started.
 */
export function gateWords(
	{entrypoint, command, path}: ImageProgram,
	workload: Pick<Workload, 'command' | 'variables'>,
): readonly string[] {
	const argv = [...entrypoint, ...(workload.command ?? command)];
	const [program] = argv;
	if (program === undefined || program === '') return [];
	const folders = (workload.variables.PATH ?? path).split(':').filter(Boolean);
	const files = program.includes('/') ? [program] : folders.map(folder => `${folder}/${program}`);
	return [...files, '', ...argv];
}
