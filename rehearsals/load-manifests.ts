// A folder or a stream of Kubernetes manifests as it is, as a rehearsal: no policy, and the policies that stand there.
import {createHash} from 'node:crypto';
import {basename, resolve} from 'node:path';
import {type Document, readDocument} from '../core/files/document.ts';
import {type Parsed, sortProblems} from '../core/model/problem.ts';
import type {Candidate, Rehearsal} from '../core/model/rehearsal.ts';
import {type InputFiles, inputFiles} from './input-files.ts';
import {manifestsCandidate} from './load-candidates.ts';
import type {Imported, Loading, LoadOptions} from './load-options.ts';
import {loadScenarios} from './load-scenarios.ts';
import {importFolder, keep} from './load-topology.ts';

/** Candidates `flat` and, where there are policies, `manifests`; scenarios are those of `options`. */
export async function loadManifests(folder: string, options: LoadOptions): Promise<Parsed<Rehearsal>> {
	const files = inputFiles(resolve(folder));
	const loading = loadingOf(folder, files, options);
	const imported = await importFolder(loading, files.folder, []);
	const named = {name: basename(files.folder), place: `${basename(files.folder)}/`};
	return asRehearsal(loading, imported, named, files.inputs);
}

/** The same of manifests on standard input, called `stdin`; what scenarios name is relative to the working directory. */
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
	return asRehearsal(loading, imported, {name: 'stdin', place: 'stdin'}, () => [
		{path: 'stdin', sha256},
		...loading.files.inputs(),
	]);
}

function loadingOf(name: string, files: InputFiles, options: LoadOptions): Loading {
	const empty = readDocument(name, '') as {readonly value: Document};
	return {files, document: empty.value, problems: [], warnings: [], salvaged: null, options};
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
