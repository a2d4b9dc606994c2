// The scenarios of a rehearsal: files beside it, ready ones by name, and those that the command line adds.
import {readdir} from 'node:fs/promises';
import {join, resolve} from 'node:path';
import {nearest} from '../core/files/nearest.ts';
import {plainWord} from '../core/files/plain-word.ts';
import {report} from '../core/files/reading.ts';
import {parseScenario} from '../core/files/scenario.ts';
import type {Problem} from '../core/model/problem.ts';
import type {Scenario} from '../core/model/scenario.ts';
import type {Topology} from '../core/model/topology.ts';
import type {Found} from './input-files.ts';
import type {Loading} from './load-options.ts';
import {keep} from './load-topology.ts';

const ending = '.scenario.yaml';

/** In the order of the file, then those of the command line, or the default where there are none; undefined where one cannot be read. */
export async function loadScenarios(
	loading: Loading,
	written: readonly string[],
	topology: Topology | null,
): Promise<readonly Scenario[] | undefined> {
	const scenarios: (Scenario | undefined)[] = [];
	const added = loading.options.scenarios ?? [];
	const byDefault = written.length + added.length === 0 ? loading.options.byDefault : undefined;
	for (const [index, text] of written.entries()) {
		const found = await findScenario(loading, text, text);
		if (found.kind !== 'file') report(loading, {path: ['scenarios', index]}, asProblem(found, text));
		const scenario =
			found.kind === 'file'
				? keep(loading, parseScenario(found, topology, footholdOf(loading, byDefault !== undefined)))
				: undefined;
		if (scenario !== undefined && scenarios.some(other => other?.name === scenario.name))
			report(
				loading,
				{path: ['scenarios', index]},
				{what: `the scenario ${scenario.name} stands twice`, mend: 'names differ'},
			);
		scenarios.push(scenario);
	}
	for (const text of byDefault === undefined ? added : [byDefault]) {
		if (written.includes(text) || scenarios.some(scenario => scenario?.name === text)) continue;
		const found = await findScenario(loading, text, resolve(text));
		if (found.kind !== 'file') loading.problems.push({where: commandLine, ...asProblem(found, text)});
		const scenario =
			found.kind === 'file'
				? keep(loading, parseScenario(found, topology, footholdOf(loading, byDefault !== undefined)))
				: undefined;
		if (scenarios.every(other => other === undefined || other.name !== scenario?.name)) scenarios.push(scenario);
	}
	return scenarios.every(scenario => scenario !== undefined) ? scenarios : undefined;
}

const footholdOf = ({options}: Loading, isDefault: boolean): 'own' | 'given' =>
	isDefault || options.foothold != null ? 'given' : 'own';

const commandLine = {file: '--scenario', line: 1, column: 1};

/** A word without a dot or slash is a name of the catalogue, everything else the file at `path`. */
async function findScenario({files, options}: Loading, text: string, path: string): Promise<Found> {
	if (/[./\\]/.test(text)) return files.find(path);
	const names: string[] = [];
	for (const folder of options.catalog.scenarios) {
		const entries = (await readdir(folder).catch(() => [])).filter(name => name.endsWith(ending)).sort();
		if (entries.includes(`${text}${ending}`))
			return files.find(join(folder, `${text}${ending}`), `catalog/${text}${ending}`);
		names.push(...entries.map(name => name.slice(0, -ending.length)));
	}
	const near = nearest(text, names);
	const known = names.length === 0 ? 'a file is written thief.scenario.yaml' : `known: ${names.join(', ')}`;
	const what = `the catalogue has no scenario ${plainWord(text)}`;
	return {kind: 'wrong', what, mend: near === undefined ? known : `did you mean ${near}?`};
}

const asProblem = (found: Exclude<Found, {kind: 'file'}>, text: string): Omit<Problem, 'where'> =>
	found.kind === 'wrong'
		? {what: found.what, mend: found.mend}
		: {what: `${plainWord(text)} is a folder`, mend: 'name a file'};
