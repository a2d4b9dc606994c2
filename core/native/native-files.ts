// What an importer found as the files of a rehearsal that runs at once.
import {renderYaml} from '../files/render-yaml.ts';
import {parseTopology} from '../files/topology.ts';
import type {Stack} from '../model/policy.ts';
import {renderProblem} from '../model/problem.ts';
import type {Topology} from '../model/topology.ts';
import {firstPolicy} from './first-policy.ts';
import {intruder} from './intruder.ts';
import {nativeNames} from './native-names.ts';
import {nativePolicies} from './native-policy.ts';
import {selectorWriter} from './native-selector.ts';
import {nativeTopology} from './native-topology.ts';
import {topologyFiles} from './topology-files.ts';

export interface NativeFile {
	/** Relative to the folder of the rehearsal, with `/`. */
	readonly path: string;
	readonly text: string;
}

/** The content of a policy file, in names of the native topology. */
export type NativePolicyValue = Readonly<Record<string, unknown>>;

/**
 * A topology, a file for each policy and direction, a scenario and the rehearsal that names them all. They mean what
 * `topology` and `stack` mean: every flow between workloads has the same verdict. Where there is no policy, the
 * dependencies, if there are any, give a first one: the candidate `first`.
 *
 * @param today - what is in force at the source, where that is no policy of its own
 * @param name - of the rehearsal and the topology, as a native name
 * @param source - what was imported, for the heads of the files
 */
export function nativeFiles(
	{topology, stack, today}: {readonly topology: Topology; readonly stack: Stack; readonly today?: NativePolicyValue},
	{name, source}: {readonly name: string; readonly source: string},
): readonly NativeFile[] {
	const names = nativeNames(topology, stack);
	const selectors = selectorWriter(topology, names);
	const policies = nativePolicies({topology, stack, names, selectors}).map(({value, notes, ...policy}, at) => ({
		path: `policies/${String(at + 1).padStart(String(stack.length * 2).length, '0')}-${policy.name}.policy.yaml`,
		text: renderYaml(value, notes),
	}));
	const written = nativeTopology({...topology, name}, names, selectors.namespaceKeys);
	const described = topologyFiles(name, {...written, notes: [`imported from ${source}`, ...written.notes]});
	const first = policies.length === 0 ? firstFile(described, source) : [];
	const candidate = policies.length > 0 ? 'imported' : 'first';
	const files = [...policies, ...first].map(({path}) => path);
	const rehearsal = {
		rehearsal: name,
		topology: described.length === 1 ? described[0]!.path : described.map(({path}) => path),
		...(today !== undefined && {today: {policy: todayFile}}),
		candidates: files.length === 0 ? {} : {[candidate]: {policy: files.length === 1 ? files[0] : files}},
		scenarios: ['intruder.scenario.yaml'],
	};
	return [
		{path: 'rehearsal.yaml', text: renderYaml(rehearsal, rehearsalHead(source, files.length === 0 ? null : candidate))},
		...described,
		{path: 'intruder.scenario.yaml', text: intruder(topology, names)},
		...first,
		...(today === undefined ? [] : [{path: todayFile, text: renderYaml(today, [`what is in force in ${source}`])}]),
		...policies,
	];
}

const todayFile = 'today.policy.yaml';

/** The least policy that allows what the written topology needs; none where it needs nothing. What cannot be read again is a bug. */
function firstFile(described: readonly NativeFile[], source: string): readonly NativeFile[] {
	const native = parseTopology(described.map(({path, text}) => ({file: path, text})));
	if (native.kind === 'wrong')
		throw new Error(`what was written cannot be read: ${renderProblem(native.problems[0]!)}`);
	const first = firstPolicy(native.value, source);
	return first === undefined ? [] : [{path: 'first.policy.yaml', text: first}];
}

const rehearsalHead = (source: string, candidate: 'imported' | 'first' | null): readonly string[] => [
	candidate === 'imported'
		? `imported from ${source}; what is in force there is the candidate \`imported\``
		: candidate === 'first'
			? `imported from ${source}; the candidate \`first\` allows the dependencies found and nothing else`
			: `imported from ${source}`,
	'next: add a candidate of your own, and say what you expect, such as',
	`expect: { ${candidate ?? 'mine'}: { broken: 0 } }`,
];
