// What an importer found as the files of a rehearsal that runs at once.
import {renderYaml} from '../files/render-yaml.ts';
import {parseTopology} from '../files/topology.ts';
import {leastPolicy} from '../learn/least-policy.ts';
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
	const described = {
		path: `${name}.topology.yaml`,
		text: renderYaml(written.value, [`imported from ${source}`, ...written.notes]),
	};
	const first = policies.length === 0 ? firstPolicy(described, source) : [];
	const candidate = policies.length > 0 ? 'imported' : 'first';
	const files = [...policies, ...first].map(({path}) => path);
	const rehearsal = {
		rehearsal: name,
		topology: described.path,
		...(today !== undefined && {today: {policy: todayFile}}),
		candidates: files.length === 0 ? {} : {[candidate]: {policy: files.length === 1 ? files[0] : files}},
		scenarios: ['intruder.scenario.yaml'],
	};
	return [
		{path: 'rehearsal.yaml', text: renderYaml(rehearsal, rehearsalHead(source, files.length === 0 ? null : candidate))},
		described,
		{path: 'intruder.scenario.yaml', text: renderYaml(intruder(footholds(topology, names)), scenarioHead)},
		...first,
		...(today === undefined ? [] : [{path: todayFile, text: renderYaml(today, [`what is in force in ${source}`])}]),
		...policies,
	];
}

const todayFile = 'today.policy.yaml';

/** The least policy that allows what the written topology needs; none where it needs nothing. */
function firstPolicy({path, text}: NativeFile, source: string): readonly NativeFile[] {
	const native = parseTopology([{file: path, text}]);
	if (native.kind === 'wrong' || native.value.dependencies.length === 0) return [];
	const {value, notes} = leastPolicy(native.value, native.value.dependencies);
	const head = [
		`the least that allows the dependencies found in ${source}: a first candidate, to go on with`,
		...notes,
	];
	return [{path: 'first.policy.yaml', text: renderYaml(value, head)}];
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

const scenarioHead = ['a worm that takes whatever answers: imported workloads declare no weaknesses'];

const intruder = (workloads: readonly string[]): object => ({
	scenario: 'intruder',
	foothold: {workload: workloads.length === 1 ? workloads[0] : workloads},
	strategy: 'worm',
	techniques: ['discover-hosts', 'discover-services', 'exploit-service', 'encrypt'],
	assume: {weak: 'all'},
});

/**
 * Where an intruder would come in, at most three: what uses others and is used by none of them, else what outside hosts
 * use; else the first.
 */
function footholds({dependencies}: Topology, names: ReturnType<typeof nativeNames>): readonly string[] {
	const outside = new Set(names.kinds.flatMap(({members: [first]}) => (first!.outside ? [first!.kind] : [])));
	const among = dependencies.filter(({from}) => !outside.has(from));
	const users = new Set(among.map(({from}) => from));
	const used = new Set(among.map(({to}) => to));
	const entered = new Set(dependencies.flatMap(({from, to}) => (outside.has(from) ? [to] : [])));
	const inside = names.kinds.filter(({members}) => !members[0]!.outside && !members[0]!.assumed);
	const kindOf = ({members}: (typeof inside)[number]): string => members[0]!.kind;
	const fronts = inside.filter(one => users.has(kindOf(one)) && !used.has(kindOf(one)));
	const chosen = fronts.length > 0 ? fronts : inside.filter(one => entered.has(kindOf(one)));
	return (chosen.length === 0 ? inside.slice(0, 1) : chosen.slice(0, 3)).map(({name}) => name);
}
