// A folder of Kubernetes manifests as a topology and a stack of policies. Each step is a file beside this one.
import type {Policy, Stack} from '../model/policy.ts';
import {type Parsed, type Problem, sortProblems} from '../model/problem.ts';
import type {Topology} from '../model/topology.ts';
import {readServices} from './cluster-services.ts';
import {validateManifest} from './field-problems.ts';
import {type Manifest, type ManifestFile, parseManifests} from './manifests.ts';
import {idleRules, networkPolicy} from './network-policy.ts';
import {networkPolicySchema} from './network-policy-schema.ts';
import {namespaceSchema} from './object-schema.ts';
import {groupPods} from './pod-groups.ts';
import {sortManifests} from './sorted-manifests.ts';
import {buildTopology} from './topology.ts';

export interface ImportOptions {
	/** Key of the label that holds a pod's or a namespace's environment; `env` if left out. */
	readonly envLabel?: string;
	/** False leaves out the assumed `kube-dns`. */
	readonly assumed?: boolean;
	/** Of the topology; `manifests` if left out. */
	readonly name?: string;
}

export interface Imported {
	readonly topology: Topology;
	/** One policy a NetworkPolicy, in the order of the files. */
	readonly stack: Stack;
}

/**
 * What the manifests describe, or everything that is wrong with them. Kinds that decide nothing are named in `warnings`;
 * kinds that would change a verdict and are not read yet are refused.
 *
 * Source: LANGUAGE "Kubernetes manifests are policies too"; NetworkPolicy networking.k8s.io/v1.
 */
export function importManifests(files: readonly ManifestFile[], options: ImportOptions = {}): Parsed<Imported> {
	const parsed = parseManifests(files);
	const sorted = sortManifests(parsed.manifests);
	const services = readServices(sorted.of('service'));
	const groups = groupPods(sorted.of('pod', 'controller'));
	const namespaces = readNamespaces(sorted.of('namespace'));
	const stack = readPolicies(sorted.of('network-policy'));
	const problems = [
		...parsed.problems,
		...sorted.problems,
		...[services, groups, namespaces, stack].flatMap(one => (one.kind === 'wrong' ? one.problems : [])),
	];
	if (services.kind === 'wrong' || groups.kind === 'wrong') return wrong(problems);
	if (namespaces.kind === 'wrong' || stack.kind === 'wrong' || problems.length > 0) return wrong(problems);
	const built = buildTopology({
		name: options.name ?? 'manifests',
		environments: {label: options.envLabel ?? 'env', namespaces: namespaces.value},
		assumed: options.assumed ?? true,
		groups: groups.value,
		services: services.value,
		policyFiles: [...new Set(sorted.of('network-policy').map(one => one.where.file))].sort(),
	});
	if (built.kind === 'wrong') return built;
	const warnings = [parsed, groups, stack, built].flatMap(one => one.warnings);
	return {
		kind: 'ok',
		value: {topology: built.value, stack: stack.value},
		warnings: sortProblems([...warnings, ...sorted.warnings]),
	};
}

const wrong = <T>(problems: readonly Problem[]): Parsed<T> => ({kind: 'wrong', problems: sortProblems(problems)});

/** Labels of each namespace that is an object, by its name. */
function readNamespaces(manifests: readonly Manifest[]): Parsed<ReadonlyMap<string, Readonly<Record<string, string>>>> {
	const parsed = manifests.map(manifest => validateManifest(manifest, namespaceSchema));
	const problems = parsed.flatMap(one => (one.kind === 'wrong' ? one.problems : []));
	if (problems.length > 0) return {kind: 'wrong', problems};
	const objects = parsed.flatMap(one => (one.kind === 'ok' ? [one.value.metadata] : []));
	return {kind: 'ok', value: new Map(objects.map(({name, labels}) => [name, labels ?? {}])), warnings: []};
}

function readPolicies(manifests: readonly Manifest[]): Parsed<Stack> {
	const problems: Problem[] = [];
	const objects = manifests.flatMap(manifest => {
		const parsed = validateManifest(manifest, networkPolicySchema);
		if (parsed.kind === 'ok') return [{manifest, object: parsed.value}];
		problems.push(...parsed.problems);
		return [];
	});
	if (problems.length > 0) return {kind: 'wrong', problems};
	const several = new Set(objects.map(({object}) => object.metadata.namespace || 'default')).size > 1;
	const policies = objects.map(({manifest, object}, index): Policy => {
		const {name, namespace} = object.metadata;
		return networkPolicy({manifest, object, index, name: several ? `${name}.${namespace || 'default'}` : name});
	});
	return {kind: 'ok', value: policies, warnings: objects.flatMap(idleRules)};
}
