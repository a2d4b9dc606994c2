// What an importer found as the files of a rehearsal that runs at once.
import {renderYaml} from '../files/render-yaml.ts';
import type {Stack} from '../model/policy.ts';
import type {Topology} from '../model/topology.ts';
import {nativeNames} from './native-names.ts';
import {nativePolicies} from './native-policy.ts';
import {selectorWriter} from './native-selector.ts';
import {nativeTopology} from './native-topology.ts';

export interface NativeFile {
	/** Relative to the folder of the rehearsal, with `/`. */
	readonly path: string;
	readonly text: string;
}

/**
 * A topology, a file for each policy and direction, a scenario and the rehearsal that names them all. They mean what
 * `topology` and `stack` mean: every flow between workloads has the same verdict.
 *
 * @param name - of the rehearsal and the topology, as a native name
 * @param source - what was imported, for the heads of the files
 */
export function nativeFiles(
	{topology, stack}: {readonly topology: Topology; readonly stack: Stack},
	{name, source}: {readonly name: string; readonly source: string},
): readonly NativeFile[] {
	const names = nativeNames(topology, stack);
	const selectors = selectorWriter(topology, names);
	const policies = nativePolicies({topology, stack, names, selectors}).map(({value, notes, ...policy}, at) => ({
		path: `policies/${String(at + 1).padStart(String(stack.length * 2).length, '0')}-${policy.name}.policy.yaml`,
		text: renderYaml(value, notes),
	}));
	const written = nativeTopology({...topology, name}, names, selectors.namespaceKeys);
	const rehearsal = {
		rehearsal: name,
		topology: `${name}.topology.yaml`,
		candidates: policies.length === 0 ? {} : {imported: {policy: policies.map(({path}) => path)}},
		scenarios: ['intruder.scenario.yaml'],
	};
	return [
		{path: 'rehearsal.yaml', text: renderYaml(rehearsal, rehearsalHead(source))},
		{path: `${name}.topology.yaml`, text: renderYaml(written.value, [`imported from ${source}`, ...written.notes])},
		{path: 'intruder.scenario.yaml', text: renderYaml(intruder(footholds(topology, names)), scenarioHead)},
		...policies,
	];
}

const rehearsalHead = (source: string): readonly string[] => [
	`imported from ${source}; what is in force there is the candidate \`imported\``,
	'next: add a candidate of your own beside it, and say what you expect, such as',
	'expect: { imported: { broken: 0 } }',
];

const scenarioHead = ['a worm that takes whatever answers: imported workloads declare no weaknesses'];

const intruder = (workloads: readonly string[]): object => ({
	scenario: 'intruder',
	foothold: {workload: workloads.length === 1 ? workloads[0] : workloads},
	strategy: 'worm',
	techniques: ['discover-hosts', 'discover-services', 'exploit-service', 'encrypt'],
	assume: {weak: 'all'},
});

/** Where an intruder would come in: what uses others and is used by none, at most three; else the first. */
function footholds({dependencies}: Topology, names: ReturnType<typeof nativeNames>): readonly string[] {
	const users = new Set(dependencies.map(({from}) => from));
	const used = new Set(dependencies.map(({to}) => to));
	const inside = names.kinds.filter(({members}) => !members[0]!.outside && !members[0]!.assumed);
	const fronts = inside.filter(({members}) => users.has(members[0]!.kind) && !used.has(members[0]!.kind));
	return (fronts.length === 0 ? inside.slice(0, 1) : fronts.slice(0, 3)).map(({name}) => name);
}
