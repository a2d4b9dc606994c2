// A folder of Kubernetes manifests as a topology and a stack of policies. Each step is a file beside this one.
import type {Stack} from '../model/policy.ts';
import {type Parsed, type Problem, sortProblems} from '../model/problem.ts';
import type {Topology} from '../model/topology.ts';
import type {Surroundings} from './admin-policy.ts';
import {readServices} from './cluster-services.ts';
import {readConfigMaps} from './config-maps.ts';
import {editDependencies, isDependencyFile, readDependencyFiles} from './dependency-files.ts';
import {readEndpoints, withEndpoints} from './endpoints.ts';
import {validateManifest} from './field-problems.ts';
import {type Manifest, type ManifestFile, type Manifests, parseManifests} from './manifests.ts';
import {type GroupNames, nameGroups} from './names.ts';
import {type HostPod, notOnNode, readNodes, withHostPods} from './nodes.ts';
import {namespaceSchema} from './object-schema.ts';
import {groupPods, type PodGroup} from './pod-groups.ts';
import {policyStack, readPolicies} from './policies.ts';
import {sortManifests} from './sorted-manifests.ts';
import {nameStreamObjects} from './stream-problems.ts';
import {buildTopology} from './topology.ts';

export interface ImportOptions {
	/** Key of the label that holds a pod's or a namespace's environment; `env` if left out. */
	readonly envLabel?: string;
	/** False leaves out the assumed `kube-dns`. */
	readonly assumed?: boolean;
	/** Of the topology; `manifests` if left out. */
	readonly name?: string;
	/** Of the manifests that these policies are for, where there are no pods among them. */
	readonly surroundings?: Surroundings;
}

export interface Imported {
	readonly topology: Topology;
	/** One policy an object: guardrails by priority, NetworkPolicies in the order of the files, then the baseline. */
	readonly stack: Stack;
	/** For policies that stand elsewhere and are for these pods. */
	readonly surroundings: Surroundings;
}

/**
 * What the manifests describe, or everything that is wrong with them. Kinds that decide nothing are named in `warnings`;
 * kinds that would change a verdict and are not read are refused. Files called `firebreak.dependencies.yaml` add and
 * remove dependencies.
 *
 * Source: LANGUAGE "Kubernetes manifests are policies too"; NetworkPolicy networking.k8s.io/v1, AdminNetworkPolicy,
 * BaselineAdminNetworkPolicy policy.networking.k8s.io/v1alpha1, ClusterNetworkPolicy v1alpha2.
 */
export function importManifests(files: readonly ManifestFile[], options: ImportOptions = {}): Parsed<Imported> {
	const parsed = parseManifests(files.filter(file => !isDependencyFile(file.path)));
	const imported = importParsed(parsed, files, options);
	const named = (problems: readonly Problem[]): readonly Problem[] =>
		sortProblems(nameStreamObjects(problems, parsed.manifests, files));
	return imported.kind === 'wrong'
		? {kind: 'wrong', problems: named(imported.problems)}
		: {...imported, warnings: named(imported.warnings)};
}

function importParsed(parsed: Manifests, files: readonly ManifestFile[], options: ImportOptions): Parsed<Imported> {
	const sorted = sortManifests(parsed.manifests);
	const edits = readDependencyFiles(files.filter(file => isDependencyFile(file.path)));
	const services = readServices(sorted.of('service'));
	const endpoints = readEndpoints(sorted.of('endpoints'));
	const configMaps = readConfigMaps(sorted.of('config-map'));
	const nodes = readNodes(sorted.of('node'));
	const groups = groupPods(sorted.of('pod', 'controller'));
	const namespaces = readNamespaces(sorted.of('namespace'));
	const policies = readPolicies(sorted.of('policy'));
	const parts = [edits, services, endpoints, configMaps, nodes, groups, namespaces, policies];
	const problems = [
		...parsed.problems,
		...sorted.problems,
		...parts.flatMap(one => (one.kind === 'wrong' ? one.problems : [])),
	];
	if (edits.kind === 'wrong' || services.kind === 'wrong' || endpoints.kind === 'wrong') return wrong(problems);
	if (configMaps.kind === 'wrong' || nodes.kind === 'wrong' || groups.kind === 'wrong') return wrong(problems);
	if (namespaces.kind === 'wrong' || policies.kind === 'wrong' || problems.length > 0) return wrong(problems);
	const names = nameGroups(groups.value);
	const built = buildTopology({
		name: options.name ?? 'manifests',
		environments: {label: options.envLabel ?? 'env', namespaces: namespaces.value},
		assumed: options.assumed ?? true,
		groups: groups.value,
		names,
		services: withEndpoints(services.value, endpoints.value, groups.value),
		configMaps: configMaps.value,
		policyFiles: [...new Set(sorted.of('policy').map(one => one.where.file))].sort(),
	});
	if (built.kind === 'wrong') return built;
	const edited = editDependencies(built.value, edits.value);
	const onNodes = hostPods(groups.value, names, built.value);
	const own = {nodes: withHostPods(nodes.value, onNodes), notOnNode: notOnNode(onNodes, built.value)};
	const surroundings = groups.value.length === 0 ? (options.surroundings ?? own) : own;
	const stack = policyStack(policies.value, surroundings);
	if (edited.kind === 'wrong' || stack.kind === 'wrong')
		return wrong([edited, stack].flatMap(one => (one.kind === 'wrong' ? one.problems : [])));
	const warnings = [parsed, groups, policies, built, edited, stack].flatMap(one => one.warnings);
	return {
		kind: 'ok',
		value: {topology: edited.value, stack: stack.value, surroundings},
		warnings: [...warnings, ...sorted.warnings],
	};
}

/** The pods that share the network of their node. */
function hostPods(
	groups: readonly PodGroup[],
	names: readonly GroupNames[],
	{workloads}: Topology,
): readonly HostPod[] {
	const byName = new Map(workloads.map(workload => [workload.name, workload]));
	return groups.flatMap(({pods}, group) =>
		pods.flatMap(({template, addresses}, at) =>
			template.spec.hostNetwork === true
				? [{workload: byName.get(names[group]!.workloads[at]!)!, template, written: addresses}]
				: [],
		),
	);
}

const wrong = <T>(problems: readonly Problem[]): Parsed<T> => ({kind: 'wrong', problems});

/** Labels of each namespace that is an object, by its name. */
function readNamespaces(manifests: readonly Manifest[]): Parsed<ReadonlyMap<string, Readonly<Record<string, string>>>> {
	const parsed = manifests.map(manifest => validateManifest(manifest, namespaceSchema));
	const problems = parsed.flatMap(one => (one.kind === 'wrong' ? one.problems : []));
	if (problems.length > 0) return {kind: 'wrong', problems};
	const objects = parsed.flatMap(one => (one.kind === 'ok' ? [one.value.metadata] : []));
	return {kind: 'ok', value: new Map(objects.map(({name, labels}) => [name, labels ?? {}])), warnings: []};
}
