// A scenario for a lab that is up: one of its rehearsal, of the catalogue, or a file of the working directory.
import {resolve} from 'node:path';
import {readSalvaging} from '../core/files/document.ts';
import type {Parsed} from '../core/model/problem.ts';
import type {Rehearsal} from '../core/model/rehearsal.ts';
import type {Scenario} from '../core/model/scenario.ts';
import {footholdProblems, footholdsOf} from './footholds.ts';
import {inputFiles} from './input-files.ts';
import type {Loading, LoadOptions} from './load-options.ts';
import {loadScenarios} from './load-scenarios.ts';

export interface LabScenario {
	readonly scenario: Scenario;
	/** Names of workloads; each is an attacker of its own. */
	readonly footholds: readonly string[];
}

/** `foothold` (`--foothold`) goes before the scenario's own. */
export async function loadLabScenario(
	word: string,
	{topology, scenarios}: Rehearsal,
	foothold: string | null,
	options: LoadOptions,
): Promise<Parsed<LabScenario>> {
	const own = scenarios.find(({name}) => name === word);
	const loading: Loading = {
		files: inputFiles(resolve('.')),
		document: readSalvaging('scenario', '{}').document!,
		problems: [],
		warnings: [],
		options: {...options, scenarios: [word], foothold},
		salvaged: null,
	};
	const loaded = own === undefined ? await loadScenarios(loading, [], topology) : [own];
	const [scenario] = loaded ?? [];
	if (scenario === undefined) return {kind: 'wrong', problems: loading.problems};
	const problems = footholdProblems(topology, [scenario], foothold);
	if (problems.length > 0) return {kind: 'wrong', problems};
	return {
		kind: 'ok',
		value: {scenario, footholds: footholdsOf(topology, scenario, foothold)},
		warnings: loading.warnings,
	};
}
