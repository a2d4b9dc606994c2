// `firebreak.dependencies.yaml` beside the manifests: dependencies that no manifest names, and named ones that are none.
import {dependenciesSchema} from '../files/dependencies-schema.ts';
import {readDocument} from '../files/document.ts';
import {parseFlowText} from '../files/flow-text.ts';
import {didYouMean} from '../files/nearest.ts';
import {plainWord} from '../files/plain-word.ts';
import {validate} from '../files/validate.ts';
import {type Vocabulary, vocabularyOf} from '../files/vocabulary.ts';
import {quote} from '../files/wording.ts';
import type {Parsed, Place, Problem} from '../model/problem.ts';
import type {Dependency, Topology} from '../model/topology.ts';
import type {ManifestFile} from './manifests.ts';

/** Whether a file of this path holds dependencies and no manifests. */
export const isDependencyFile = (path: string): boolean => /(^|\/)firebreak\.dependencies\.(ya?ml|json)$/i.test(path);

interface WrittenFlow {
	readonly text: string;
	readonly where: Place;
}

/** What the files say, not yet compared with a topology. */
export interface DependencyEdits {
	/** `web -> api:8080/tcp`, as written. */
	readonly needs: readonly WrittenFlow[];
	readonly without: readonly WrittenFlow[];
}

/** What all of the files say together. */
export function readDependencyFiles(files: readonly ManifestFile[]): Parsed<DependencyEdits> {
	const problems: Problem[] = [];
	const needs: WrittenFlow[] = [];
	const without: WrittenFlow[] = [];
	for (const {path, text} of files) {
		const document = readDocument(path, text);
		if (document.kind === 'wrong') {
			problems.push(...document.problems);
			continue;
		}
		if (document.value.value === null) continue;
		const parsed = validate(document.value, dependenciesSchema);
		if (parsed.kind === 'wrong') {
			problems.push(...parsed.problems);
			continue;
		}
		const {place} = document.value;
		const placed = (key: 'needs' | 'without'): readonly WrittenFlow[] =>
			(parsed.value[key] ?? []).map((text, at) => ({text, where: place([key, at])}));
		needs.push(...placed('needs'));
		without.push(...placed('without'));
	}
	return problems.length > 0 ? {kind: 'wrong', problems} : {kind: 'ok', value: {needs, without}, warnings: []};
}

/** The topology with the dependencies that are added and without those that are taken out; or what names nothing. */
export function editDependencies(topology: Topology, {needs, without}: DependencyEdits): Parsed<Topology> {
	if (needs.length + without.length === 0) return {kind: 'ok', value: topology, warnings: []};
	const problems: Problem[] = [];
	const warnings: Problem[] = [];
	const kept = without.reduce<readonly Dependency[]>(
		(all, flow) => takeOut(all, topology.dependencies, flow, problems),
		topology.dependencies,
	);
	const known = fewOfEachKind(topology);
	const added = needs.flatMap(flow => toDependencies(flow, known, problems));
	if (problems.length > 0) return {kind: 'wrong', problems};
	const declared = new Map(added.map(one => [keyOf(one), one]));
	for (const {to, port, protocol, dangling, where} of declared.values())
		if (dangling)
			warnings.push({where, what: `${to} declares no port ${port}/${protocol}: nothing answers there`, mend: ''});
	const all = [...kept.filter(one => !declared.has(keyOf(one))), ...declared.values()];
	return {kind: 'ok', value: withKnowledge({...topology, dependencies: all.sort(inOrder)}, added), warnings};
}

/** Replicas need alike: two of each kind say all that a flow between kinds can mean. */
function fewOfEachKind(topology: Topology): Vocabulary {
	const counts = new Map<string, number>();
	const workloads = topology.workloads.filter(({kind}) => {
		const count = (counts.get(kind) ?? 0) + 1;
		counts.set(kind, count);
		return count <= 2;
	});
	return vocabularyOf({...topology, workloads});
}

function toDependencies({text, where}: WrittenFlow, known: Vocabulary, problems: Problem[]): readonly Dependency[] {
	const complain = (what: string, mend: string): readonly Dependency[] => {
		problems.push({where, what, mend});
		return [];
	};
	const parsed = parseFlowText(text, known);
	if (parsed.kind === 'wrong') return complain(parsed.what, parsed.mend);
	for (const ends of [parsed.sources, parsed.destinations]) {
		const kinds = [...new Set(ends.map(({kind}) => kind))];
		if (kinds.length > 1)
			return complain(`${plainWord(ends[0]!.base)} is several: ${kinds.join(', ')}`, `say which, such as ${kinds[0]}`);
	}
	const [from, to] = [parsed.sources[0]!.kind, parsed.destinations[0]!.kind];
	const ports = new Map(parsed.flows.map(({protocol, port}) => [`${port}/${protocol}`, {protocol, port}]));
	return [...ports.values()].flatMap(({protocol, port}): readonly Dependency[] => {
		if (protocol === 'icmp')
			return complain(`${quote(text)} names no port`, 'a dependency is on a service: api:8080/tcp');
		const fits = parsed.destinations.flatMap(one => one.services);
		const service =
			fits.find(one => one.protocol === protocol && one.port <= port && port <= one.lastPort)?.name ?? null;
		const dangling = service === null;
		return [{from, to, protocol, port, service, dangling, vital: false, source: 'declared', where}];
	});
}

const arrow = /\s*(?:->|→|▸)\s*/;

function takeOut(
	left: readonly Dependency[],
	all: readonly Dependency[],
	{text, where}: WrittenFlow,
	problems: Problem[],
): readonly Dependency[] {
	const wanted = text.trim().split(arrow).join(' -> ');
	const meant = all.filter(one => namesOf(one).includes(wanted));
	if (meant.length > 0) return left.filter(one => !meant.includes(one));
	const mend = didYouMean(
		wanted,
		all.map(one => namesOf(one)[0]!),
	);
	problems.push({where, what: `there is no dependency ${quote(wanted)}`, mend});
	return left;
}

/** How a dependency may be written: with its protocol, its service's name, and for TCP with the number alone. */
const namesOf = ({from, to, port, protocol, service}: Dependency): readonly string[] => [
	`${from} -> ${to}:${port}/${protocol}`,
	...(service === null ? [] : [`${from} -> ${to}:${service}`]),
	...(protocol === 'tcp' ? [`${from} -> ${to}:${port}`] : []),
];

const keyOf = ({from, to, protocol, port}: Dependency): string => JSON.stringify([from, to, protocol, port]);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The order that a topology promises. */
const inOrder = (a: Dependency, b: Dependency): number =>
	compare(a.from, b.from) || compare(a.to, b.to) || a.port - b.port || compare(a.protocol, b.protocol);

/** Whoever needs another kind knows it. */
function withKnowledge(topology: Topology, added: readonly Dependency[]): Topology {
	const needed = Map.groupBy(added, ({from}) => from);
	const workloads = topology.workloads.map(workload => {
		const own = (needed.get(workload.kind) ?? []).map(({to}) => to).filter(to => to !== workload.kind);
		return own.length === 0 ? workload : {...workload, knows: [...new Set([...workload.knows, ...own])].sort()};
	});
	return {...topology, workloads};
}
