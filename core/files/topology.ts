// Topology files, from text to the resolved topology. Each `topology-*.ts` resolves one section; this joins them.
import {type Parsed, type Problem, sortProblems} from '../model/problem.ts';
import type {Topology, Workload} from '../model/topology.ts';
import {allocateAddresses} from './topology-addresses.ts';
import {complain, type Draft, declare} from './topology-declarations.ts';
import {resolveDependencies, uniqueDependencies} from './topology-dependencies.ts';
import {type KindDraft, resolveKinds} from './topology-kinds.ts';
import {indexKinds, resolveNeeds} from './topology-needs.ts';
import {type Networks, resolveNetworks} from './topology-networks.ts';
import {resolveSecrets} from './topology-secrets.ts';
import {workloadsOf} from './topology-workloads.ts';
import {type Vocabulary, vocabularyOf} from './vocabulary.ts';

/**
 * The topology that the files describe together: every default filled in, every replica and address named. Or all that
 * is wrong with them. Never throws, whatever the texts are.
 *
 * @param sources - files in the order of the rehearsal; `file` is what problems call it
 */
export const parseTopology = (sources: readonly Source[]): Parsed<Topology> => readTopology(sources).parsed;

export interface Source {
	readonly file: string;
	readonly text: string;
}

export interface TopologyReading {
	readonly parsed: Parsed<Topology>;
	/**
	 * The words of the topology, also of one with problems, in which words of what is wrong count as known; null where too
	 * little can be read. What policies name can be checked against it all the same.
	 */
	readonly known: Vocabulary | null;
}

/** As `parseTopology`, with what can be known of a topology that has problems. */
export function readTopology(sources: readonly Source[]): TopologyReading {
	const problems: Problem[] = [];
	const declarations = declare(sources, problems);
	if (declarations === undefined) return {parsed: {kind: 'wrong', problems: sortProblems(problems)}, known: null};
	const draft: Draft = {...declarations, lost: new Set(declarations.lost), problems, warnings: [], told: new Set()};
	const resolved = resolve(draft);
	if (resolved === undefined || problems.length > 0)
		return {parsed: {kind: 'wrong', problems: sortProblems(problems)}, known: resolved?.known ?? null};
	const {topology: value, known} = resolved;
	return {parsed: {kind: 'ok', value, warnings: sortProblems(draft.warnings)}, known};
}

/** Most workloads, replicas counted one by one. */
const mostWorkloads = 100_000;

function resolve(draft: Draft): {readonly topology: Topology; readonly known: Vocabulary} | undefined {
	if (!draft.whole) return undefined;
	const kinds = resolveKinds(draft);
	if (!checkSize(draft, kinds)) return undefined;
	const networks = resolveNetworks(draft, kinds);
	const addresses = allocateAddresses(draft, kinds, networks);
	const needs = resolveNeeds(draft, kinds, indexKinds(kinds));
	// Selectors are judged on workloads that have everything but their secrets.
	const bare = assemble(draft, networks, workloadsOf(draft, {kinds, networks, addresses}));
	const known = excuse(vocabularyOf(bare), draft.lost);
	if (draft.lost.has('labels')) return undefined;
	const {secrets, heldBy, givenTo} = resolveSecrets(draft, kinds, known);
	const dependencies = uniqueDependencies([...needs, ...resolveDependencies(draft, known)]);
	const workloads = bare.workloads.map((workload): Workload => {
		const metadata = givenTo.get(workload.kind);
		return {...workload, holds: heldBy.get(workload.kind) ?? [], ...(metadata !== undefined && {metadata})};
	});
	return {topology: {...bare, workloads, dependencies, secrets}, known: excuse(known, draft.lost)};
}

function checkSize(draft: Draft, kinds: readonly KindDraft[]): boolean {
	const first = draft.files[0]!;
	const at = {document: {file: first, value: null, place: () => ({file: first, line: 1, column: 1})}, path: []};
	const workloads = kinds.reduce((sum, {replicas}) => sum + replicas, 0);
	if (kinds.length === 0 && draft.problems.length === 0)
		complain(draft, at, 'the topology has no workload', 'add one under workloads');
	if (workloads > mostWorkloads)
		complain(
			draft,
			at,
			`the topology has ${workloads} workloads, at most ${mostWorkloads} can be named`,
			'use fewer replicas',
		);
	return kinds.length > 0 && workloads <= mostWorkloads;
}

const assemble = (draft: Draft, networks: Networks, workloads: readonly Workload[]): Topology => ({
	name: draft.name,
	environments: draft.environments,
	segments: [...networks.segments.values()].map(({name, network, ipv4, ipv6}) => ({
		name,
		network,
		prefixes: [
			{family: 4, cidr: ipv4},
			{family: 6, cidr: ipv6},
		],
	})),
	workloads,
	dependencies: [],
	secrets: [],
	assumptions: [],
	weakByDefault: 'declared',
	...(draft.runtime !== undefined && {runtime: draft.runtime}),
	files: [],
});

/** Words of what did not fit the schema count as known, so that no problem follows from another; none is ever suggested. */
function excuse(known: Vocabulary, lost: ReadonlySet<string>): Vocabulary {
	if (lost.size === 0) return known;
	const also = (words: ReadonlySet<string>): ReadonlySet<string> =>
		Object.assign(new Set(words), {has: (word: string) => words.has(word) || lost.has(word)});
	// Of a label that was lost, any value may have been.
	const anything = Object.assign(new Set<string>(), {has: () => true});
	const labels = new Map([...known.labels].map(([key, values]) => [key, also(values)]));
	const {workloads} = known;
	return {
		...known,
		labels: Object.assign(new Map(labels), {get: (key: string) => (lost.has(key) ? anything : labels.get(key))}),
		workloads: Object.assign(new Map(workloads), {has: (name: string) => workloads.has(name) || lost.has(name)}),
		networks: also(known.networks),
		lost,
	};
}
