// The topology of a rehearsal: its files read together, or a folder of manifests.
import {report} from '../core/files/reading.ts';
import {readTopology} from '../core/files/topology.ts';
import type {Surroundings} from '../core/kubernetes/admin-policy.ts';
import type {Parsed} from '../core/model/problem.ts';
import type {Imported, Loading} from './load-options.ts';
import {hashFolder} from './manifest-files.ts';

/** What `topology:` names; undefined where it cannot be read, with the reasons in `loading.problems`. */
export async function loadTopology(
	loading: Loading,
	input: string | readonly string[],
): Promise<(Imported & {readonly manifests: boolean}) | undefined> {
	const written = [input].flat();
	const sources: {file: string; text: string}[] = [];
	for (const [index, path] of written.entries()) {
		const at = Array.isArray(input) ? ['topology', index] : ['topology'];
		const found = await loading.files.find(path);
		if (found.kind === 'file') sources.push(found);
		else if (found.kind === 'wrong') report(loading, {path: at}, found);
		else if (written.length === 1) return importFolder(loading, found.path, at);
		else
			report(
				loading,
				{path: at},
				{what: 'a folder stands in a list of files', mend: 'name a folder of manifests alone'},
			);
	}
	if (sources.length < written.length) {
		if (sources.length > 0) keep(loading, readTopology(sources).parsed);
		return undefined;
	}
	const {parsed, known} = readTopology(sources);
	const topology = keep(loading, parsed);
	loading.salvaged = known;
	return topology === undefined ? undefined : {topology, stack: [], manifests: false};
}

/** A folder of Kubernetes manifests by the importer that was given; `surroundings` are those of the topology, for a folder of policies. */
export async function importFolder(
	loading: Loading,
	folder: string,
	at: readonly (string | number)[],
	surroundings?: Surroundings,
): Promise<(Imported & {readonly manifests: boolean}) | undefined> {
	const {importManifests} = loading.options;
	if (importManifests === undefined) {
		report(
			loading,
			{path: at},
			{what: 'this is a folder', mend: 'name a file: folders of manifests are not read here'},
		);
		return undefined;
	}
	await hashFolder(loading.files, folder);
	const imported = keep(loading, await importManifests(folder, surroundings));
	return imported === undefined ? undefined : {...imported, manifests: true};
}

/** The value, with problems and warnings gathered. */
export function keep<T>(loading: Loading, parsed: Parsed<T>): T | undefined {
	if (parsed.kind === 'wrong') {
		loading.problems.push(...parsed.problems);
		return undefined;
	}
	loading.warnings.push(...parsed.warnings);
	return parsed.value;
}
