// A file of another tool as it is, as a rehearsal: the candidates and the attacker that `firebreak import` would write.
import {join, resolve} from 'node:path';
import type {FileKind} from '../core/files/file-kind.ts';
import {parsePolicies} from '../core/files/policy.ts';
import {renderYaml} from '../core/files/render-yaml.ts';
import {parseScenario} from '../core/files/scenario.ts';
import {type Parsed, type Problem, sortProblems} from '../core/model/problem.ts';
import type {Candidate, Rehearsal} from '../core/model/rehearsal.ts';
import type {Scenario} from '../core/model/scenario.ts';
import type {Topology} from '../core/model/topology.ts';
import {firstPolicy} from '../core/native/first-policy.ts';
import {intruder} from '../core/native/intruder.ts';
import type {NativePolicyValue} from '../core/native/native-files.ts';
import {nativeNames} from '../core/native/native-names.ts';
import {inputFiles} from './input-files.ts';
import type {Loading, LoadOptions} from './load-options.ts';
import {loadScenarios} from './load-scenarios.ts';
import {keep} from './load-topology.ts';
import {loadingOf} from './loading.ts';

/** What another tool's file says, without a policy of its own. */
export interface Foreign {
	readonly tool: ForeignTool;
	readonly topology: Topology;
	/** What that tool enforces itself; left out where that is nothing. */
	readonly today?: NativePolicyValue;
	/** The file, and those that were read with it; relative to the folder. */
	readonly files: readonly string[];
}

export type ForeignTool = Extract<FileKind, 'compose' | 'containerlab'>;

/** Where one is: the folder, and in it the file, or `.` where the tool finds it itself. */
export interface ForeignPlace {
	readonly tool: ForeignTool;
	readonly folder: string;
	readonly source: string;
}

/** Candidates `flat`, `today` where the tool enforces something, and `first` where dependencies are known. */
export async function loadForeign(place: ForeignPlace, options: LoadOptions): Promise<Parsed<Rehearsal>> {
	const {importForeign} = options;
	if (importForeign === undefined)
		return {
			kind: 'wrong',
			problems: [{where: {file: place.source, line: 1, column: 1}, what: 'such files are not read here', mend: ''}],
		};
	const imported = await importForeign(place);
	if (imported.kind === 'wrong') return imported;
	const files = inputFiles(resolve(place.folder));
	const loading = loadingOf(place.source, files, options);
	loading.warnings.push(...imported.warnings);
	for (const file of imported.value.files) await files.find(file);
	return foreignRehearsal(
		loading,
		{...imported.value, told: join(place.folder, imported.value.files[0]!)},
		files.inputs,
	);
}

/** @param foreign - `told` is how the words on the command line name it */
export async function foreignRehearsal(
	loading: Loading,
	foreign: Foreign & {readonly told: string},
	inputs: () => Rehearsal['inputs'],
): Promise<Parsed<Rehearsal>> {
	const {topology, today, files} = foreign;
	const where = {file: files[0]!, line: 1, column: 1};
	const candidate = (name: string, stack: Candidate['stack']): Candidate => ({
		name,
		stack,
		placement: 'host',
		today: name === 'today',
		files: [],
		where,
	});
	const written = (name: string, text: string): Candidate =>
		candidate(name, keep(loading, parsePolicies([{file: `${name}.policy.yaml`, text}], topology)) ?? []);
	const first = firstPolicy(topology, where.file);
	const candidates = [
		candidate('flat', []),
		...(today === undefined ? [] : [written('today', renderYaml(today))]),
		...(first === undefined ? [] : [written('first', first)]),
	];
	const scenarios = await scenariosOf(loading, topology);
	const {problems} = loading;
	if (scenarios === undefined || problems.length > 0) return {kind: 'wrong', problems: sortProblems(problems)};
	const warnings = sortProblems([...loading.warnings, {where, ...said(foreign, candidates)}]);
	const rehearsal: Rehearsal = {
		name: topology.name,
		folder: loading.files.folder,
		topology,
		candidates,
		scenarios,
		expectations: [],
		flows: [],
		accepted: [],
		inputs: inputs(),
	};
	return {kind: 'ok', value: rehearsal, warnings};
}

/** Those of the command line, else the attacker that an import writes. */
async function scenariosOf(loading: Loading, topology: Topology): Promise<readonly Scenario[] | undefined> {
	if ((loading.options.scenarios ?? []).length > 0) return loadScenarios(loading, [], topology);
	const text = intruder(topology, nativeNames(topology, []));
	const scenario = keep(loading, parseScenario({file: 'intruder.scenario.yaml', text}, topology, 'own'));
	return scenario === undefined ? undefined : [scenario];
}

function said(
	{tool, topology, told}: Foreign & {readonly told: string},
	candidates: readonly Candidate[],
): Omit<Problem, 'where'> {
	const needs = topology.dependencies.length;
	const words = candidates
		.slice(1)
		.map(({name}) =>
			name === 'today'
				? 'today is what Docker enforces between its networks'
				: `first is the least that allows the ${needs === 1 ? 'dependency' : `${needs} dependencies`} found`,
		);
	return {
		what: `no policy stands here: ${words.length === 0 ? 'and none follows from it, for it names no dependency' : words.join(', ')}`,
		mend: `firebreak import ${tool} ${told} --out DIR writes files to go on with`,
	};
}
