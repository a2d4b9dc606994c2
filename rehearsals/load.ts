// A rehearsal with every file it names, from a folder to one value. Nothing is booted before there is one.
import {basename, dirname, resolve} from 'node:path';
import {readSalvaging} from '../core/files/document.ts';
import {type RehearsalReading, readExpectations} from '../core/files/expectations.ts';
import {readRehearsalFile} from '../core/files/rehearsal.ts';
import {readAccepted, readFlowTests} from '../core/files/rehearsal-flows.ts';
import {vocabularyOf} from '../core/files/vocabulary.ts';
import {type Parsed, type Problem, renderProblem, sortProblems} from '../core/model/problem.ts';
import type {Rehearsal} from '../core/model/rehearsal.ts';
import {findRehearsal} from './find-rehearsal.ts';
import {type InputFiles, inputFiles} from './input-files.ts';
import {loadCandidates} from './load-candidates.ts';
import {loadForeign} from './load-foreign.ts';
import {loadManifests, loadStream} from './load-manifests.ts';
import type {Loading, LoadOptions} from './load-options.ts';
import {loadScenarios} from './load-scenarios.ts';
import {loadTopology} from './load-topology.ts';

/**
 * The rehearsal in `folderOrFile`: a folder with a rehearsal.yaml, such a file, the name of one in the catalogue, a
 * folder of Kubernetes manifests or one of them, a Compose or containerlab file or the folder of one, or `-` for any of
 * these on standard input. Or every problem of all of its files at once,
 * sorted, with paths relative to it.
 */
export async function loadRehearsal(folderOrFile: string, options: LoadOptions): Promise<Parsed<Rehearsal>> {
	const found = await findRehearsal(folderOrFile, options);
	switch (found.kind) {
		case 'wrong':
			return found;
		case 'manifests':
			return loadManifests(found.source, options);
		case 'foreign':
			return loadForeign(found.place, options);
		case 'stream':
			return loadStream(options);
		case 'rehearsal': {
			const files = inputFiles(dirname(resolve(found.file)));
			return loadFile(files, basename(found.file), options);
		}
		default:
			return found satisfies never;
	}
}

async function loadFile(files: InputFiles, file: string, options: LoadOptions): Promise<Parsed<Rehearsal>> {
	const source = await files.find(file);
	const start = {file, line: 1, column: 1};
	if (source.kind === 'wrong') return {kind: 'wrong', problems: [{...source, where: start}].map(toProblem)};
	if (source.kind === 'folder')
		return {kind: 'wrong', problems: [{where: start, what: 'this is a folder, not a file', mend: ''}]};
	const {document, problems: syntax} = readSalvaging(source.file, source.text);
	if (document === null) return {kind: 'wrong', problems: syntax};
	const rehearsal = readRehearsalFile(document);
	const {input} = rehearsal;
	const problems: Problem[] = [...syntax, ...rehearsal.problems];
	if (input === undefined) return {kind: 'wrong', problems: unique(problems)};
	const loading: Loading = {files, document, problems, options, warnings: [], salvaged: null};
	const imported = await loadTopology(loading, input.topology);
	const topology = imported?.topology ?? null;
	const candidates = await loadCandidates(loading, rehearsal.candidates, imported);
	const scenarios = await loadScenarios(loading, input.scenarios, topology);
	const reading: RehearsalReading = {
		document,
		problems,
		known: topology === null ? null : vocabularyOf(topology),
		candidates: rehearsal.names,
		scenarios: scenarios === undefined ? null : scenarios.map(({name}) => name),
	};
	const expectations = readExpectations(reading, input.expect);
	const flows = readFlowTests(reading, input.flows);
	const accepted = readAccepted(reading, input.accepted);
	if (problems.length > 0 || topology === null || scenarios === undefined)
		return {kind: 'wrong', problems: unique(problems)};
	return {
		kind: 'ok',
		value: {
			name: input.rehearsal,
			folder: files.folder,
			topology,
			candidates,
			scenarios,
			expectations,
			flows,
			accepted,
			inputs: files.inputs(),
		},
		warnings: unique(loading.warnings),
	};
}

const toProblem = ({where, what, mend}: Problem): Problem => ({where, what, mend});

/** Sorted, each once: a file in several candidates is read with each of them. */
const unique = (problems: readonly Problem[]): readonly Problem[] =>
	sortProblems([...new Map(problems.map(problem => [renderProblem(problem), problem])).values()]);
