// A folder of Kubernetes manifests as it is, as a rehearsal: no policy, and the policies that stand there.
import {basename, resolve} from 'node:path';
import {readDocument} from '../core/files/document.ts';
import {type Parsed, type Problem, sortProblems} from '../core/model/problem.ts';
import type {Candidate, Rehearsal} from '../core/model/rehearsal.ts';
import {inputFiles} from './input-files.ts';
import {manifestsCandidate} from './load-candidates.ts';
import type {LoadOptions} from './load-options.ts';
import {loadScenarios} from './load-scenarios.ts';
import {importFolder} from './load-topology.ts';

/** Candidates `flat` and, where there are policies, `manifests`; scenarios are those of `options`. */
export async function loadManifests(folder: string, options: LoadOptions): Promise<Parsed<Rehearsal>> {
	const files = inputFiles(resolve(folder));
	const problems: Problem[] = [];
	const warnings: Problem[] = [];
	const where = {file: `${basename(files.folder)}/`, line: 1, column: 1};
	const empty = readDocument(folder, '');
	if (empty.kind === 'wrong') return empty;
	const loading = {files, document: empty.value, problems, warnings, options};
	const imported = await importFolder(loading, files.folder, []);
	const scenarios = await loadScenarios(loading, [], imported?.topology ?? null);
	if (imported === undefined || scenarios === undefined || problems.length > 0)
		return {kind: 'wrong', problems: sortProblems(problems)};
	const flat: Candidate = {name: 'flat', stack: [], placement: 'host', today: false, files: [], where};
	const candidate = manifestsCandidate(imported, {name: 'manifests', today: false}, where);
	return {
		kind: 'ok',
		value: {
			name: basename(files.folder),
			folder: files.folder,
			topology: imported.topology,
			candidates: imported.stack.length === 0 ? [flat] : [flat, candidate],
			scenarios,
			expectations: [],
			flows: [],
			accepted: [],
			inputs: files.inputs(),
		},
		warnings: sortProblems(warnings),
	};
}
