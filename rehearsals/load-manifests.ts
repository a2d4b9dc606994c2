// A folder or a stream of Kubernetes manifests as it is, as a rehearsal: no policy, and the policies that stand there.
import {createHash} from 'node:crypto';
import {statSync} from 'node:fs';
import {basename, dirname, resolve} from 'node:path';
import {type Parsed, sortProblems} from '../core/model/problem.ts';
import type {Candidate, Rehearsal} from '../core/model/rehearsal.ts';
import {inputFiles} from './input-files.ts';
import {manifestsCandidate} from './load-candidates.ts';
import {foreignRehearsal} from './load-foreign.ts';
import type {Imported, Loading, LoadOptions} from './load-options.ts';
import {loadScenarios} from './load-scenarios.ts';
import {importFolder, keep} from './load-topology.ts';
import {loadingOf} from './loading.ts';

/** Candidates `flat` and, where there are policies, `manifests`; scenarios are those of `options`. */
export async function loadManifests(source: string, options: LoadOptions): Promise<Parsed<Rehearsal>> {
	const [path, isFile] = [resolve(source), statSync(source).isFile()];
	const files = inputFiles(isFile ? dirname(path) : path);
	const loading = loadingOf(source, files, options);
	if (isFile) await files.find(basename(path));
	const imported = await importFolder(loading, path, []);
	const name = basename(path);
	const named = isFile ? {name: name.replace(/\..*$/, ''), place: name} : {name, place: `${name}/`};
	return asRehearsal(loading, imported, named, files.inputs);
}

/**
 * The same of what comes in on standard input, called `stdin`, or another tool's file there; what scenarios name is
 * relative to the working directory.
 */
export async function loadStream(options: LoadOptions): Promise<Parsed<Rehearsal>> {
	const loading = loadingOf('stdin', inputFiles(resolve('.')), options);
	const {importStream} = options;
	if (importStream === undefined) {
		const where = {file: '-', line: 1, column: 1};
		return {kind: 'wrong', problems: [{where, what: 'standard input is not read here', mend: 'name a folder'}]};
	}
	const imported = keep(loading, await importStream());
	const sha256 = createHash('sha256')
		.update(imported?.text ?? '')
		.digest('hex');
	const inputs = (): Rehearsal['inputs'] => [{path: 'stdin', sha256}, ...loading.files.inputs()];
	return imported !== undefined && 'tool' in imported
		? foreignRehearsal(loading, {...imported, told: '-'}, inputs)
		: asRehearsal(loading, imported, {name: 'stdin', place: 'stdin'}, inputs);
}

async function asRehearsal(
	loading: Loading,
	imported: Imported | undefined,
	{name, place}: {readonly name: string; readonly place: string},
	inputs: () => Rehearsal['inputs'],
): Promise<Parsed<Rehearsal>> {
	const {files, problems, warnings} = loading;
	const scenarios = await loadScenarios(loading, [], imported?.topology ?? null);
	if (imported === undefined || scenarios === undefined || problems.length > 0)
		return {kind: 'wrong', problems: sortProblems(problems)};
	const where = {file: place, line: 1, column: 1};
	const flat: Candidate = {name: 'flat', stack: [], placement: 'host', today: false, files: [], where};
	const candidate = manifestsCandidate(imported, {name: 'manifests', today: false}, where);
	return {
		kind: 'ok',
		value: {
			name,
			folder: files.folder,
			topology: imported.topology,
			candidates: imported.stack.length === 0 ? [flat] : [flat, candidate],
			scenarios,
			expectations: [],
			flows: [],
			accepted: [],
			inputs: inputs(),
		},
		warnings: sortProblems(warnings),
	};
}
