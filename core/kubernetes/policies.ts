// The policies among the manifests as one stack: guardrails by priority, NetworkPolicies in the order of the files, then
// what is for the baseline. First all are validated; what they mean hangs on the topology.
import type {ZodType} from 'zod';
import type {Policy, Stack} from '../model/policy.ts';
import type {Parsed, Problem} from '../model/problem.ts';
import {type AdminPolicyInput, adminPolicy, type Surroundings} from './admin-policy.ts';
import {
	adminNetworkPolicySchema,
	baselineAdminNetworkPolicySchema,
	clusterNetworkPolicySchema,
} from './admin-policy-schema.ts';
import {alphaRules, clusterRules} from './admin-rules.ts';
import {fieldProblem, titleOf, validateManifest} from './field-problems.ts';
import type {Manifest} from './manifests.ts';
import {idleRules, networkPolicy} from './network-policy.ts';
import {type NetworkPolicyObject, networkPolicySchema} from './network-policy-schema.ts';

interface Namespaced {
	readonly manifest: Manifest;
	readonly object: NetworkPolicyObject;
}

/** A validated policy for the whole cluster; its priority is 0 where it is the only one that there can be. */
interface ClusterWide extends Omit<AdminPolicyInput, 'id'> {
	readonly priority: number;
}

export interface ReadPolicies {
	readonly clusterWide: readonly ClusterWide[];
	readonly namespaced: readonly Namespaced[];
}

/** The policies as they are written, or everything that is wrong with them, equal priorities included. */
export function readPolicies(manifests: readonly Manifest[]): Parsed<ReadPolicies> {
	const problems: Problem[] = [];
	const valid = <T>(manifest: Manifest, schema: ZodType<T>): readonly T[] => {
		const parsed = validateManifest(manifest, schema);
		if (parsed.kind === 'ok') return [parsed.value];
		problems.push(...parsed.problems);
		return [];
	};
	const namespaced: Namespaced[] = [];
	const clusterWide: ClusterWide[] = [];
	for (const manifest of manifests)
		if (manifest.kind === 'NetworkPolicy')
			for (const object of valid(manifest, networkPolicySchema)) namespaced.push({manifest, object});
		else clusterWide.push(...readClusterWide(manifest, valid));
	problems.push(...mixture(manifests), ...equalPriorities(clusterWide));
	if (problems.length > 0) return {kind: 'wrong', problems};
	return {kind: 'ok', value: {clusterWide, namespaced}, warnings: namespaced.flatMap(idleRules)};
}

function readClusterWide(
	manifest: Manifest,
	valid: <T>(manifest: Manifest, schema: ZodType<T>) => readonly T[],
): readonly ClusterWide[] {
	switch (manifest.kind) {
		case 'AdminNetworkPolicy':
			return valid(manifest, adminNetworkPolicySchema).map(object => {
				const {priority, subject} = object.spec;
				const {name} = object.metadata;
				return {manifest, subject, rules: alphaRules(object), tier: 'guardrails', name, priority};
			});
		case 'BaselineAdminNetworkPolicy':
			return valid(manifest, baselineAdminNetworkPolicySchema).map(object => {
				const {subject} = object.spec;
				// Its only name is `default`, which says nothing among others.
				return {manifest, subject, rules: alphaRules(object), tier: 'baseline', name: 'baseline', priority: 0};
			});
		default:
			return valid(manifest, clusterNetworkPolicySchema).map(object => {
				const {priority, subject, tier} = object.spec;
				const {name} = object.metadata;
				const rules = clusterRules(object);
				return {manifest, subject, rules, tier: tier === 'Admin' ? 'guardrails' : 'baseline', name, priority};
			});
	}
}

/**
 * Of policies with one priority in one tier a cluster may apply either. Source: `priority` in both versions of the API.
 */
function equalPriorities(all: readonly ClusterWide[]): readonly Problem[] {
	const first = new Map<string, ClusterWide>();
	return all.flatMap((one): readonly Problem[] => {
		const key = `${one.tier} ${one.priority}`;
		const before = first.get(key);
		if (before === undefined) first.set(key, one);
		if (before === undefined || before.manifest.kind !== one.manifest.kind) return [];
		if (one.manifest.kind === 'BaselineAdminNetworkPolicy') return [];
		const {where} = before.manifest;
		const what = `${one.priority} is also the priority of ${titleOf(before.manifest)} at ${where.file}:${where.line}`;
		const mend = 'a cluster may apply either first: give each its own';
		return [fieldProblem(one.manifest, ['spec', 'priority'], what, mend)];
	});
}

/** No standard orders the policies of the one API among those of the other. */
function mixture(manifests: readonly Manifest[]): readonly Problem[] {
	const newer = manifests.find(({kind}) => kind === 'ClusterNetworkPolicy');
	const older = manifests.find(({kind}) => kind === 'AdminNetworkPolicy' || kind === 'BaselineAdminNetworkPolicy');
	if (newer === undefined || older === undefined) return [];
	const what = `${titleOf(older)} stands beside ${titleOf(newer)} (${newer.where.file}:${newer.where.line})`;
	const mend = 'no standard says which of the two kinds goes first: write all of them as ClusterNetworkPolicy v1alpha2';
	return [{where: older.where, what, mend}];
}

/** The stack, ids `p0`, `p1` … in its order; or what cannot be enforced as it is written. */
export function policyStack({clusterWide, namespaced}: ReadPolicies, surroundings: Surroundings): Parsed<Stack> {
	const problems: Problem[] = [];
	const warnings: Problem[] = [];
	const stack: Policy[] = [];
	const names = namesOf(clusterWide, namespaced);
	const add = (tier: ClusterWide['tier']): void => {
		for (const one of clusterWide.filter(other => other.tier === tier).sort((a, b) => a.priority - b.priority)) {
			const input = {...one, name: names.get(one)!, id: `p${stack.length}`};
			const made = adminPolicy(input, surroundings);
			problems.push(...made.problems);
			warnings.push(...made.warnings);
			stack.push(made.policy);
		}
	};
	add('guardrails');
	for (const one of namespaced) stack.push(networkPolicy({...one, name: names.get(one)!, index: stack.length}));
	add('baseline');
	return problems.length > 0 ? {kind: 'wrong', problems} : {kind: 'ok', value: stack, warnings};
}

/** Names of their objects, with the namespace where there are several, and with the kind where two would be called alike. */
function namesOf(
	clusterWide: readonly ClusterWide[],
	namespaced: readonly Namespaced[],
): ReadonlyMap<ClusterWide | Namespaced, string> {
	const several = new Set(namespaced.map(({object}) => object.metadata.namespace || 'default')).size > 1;
	const names = new Map<ClusterWide | Namespaced, string>();
	const taken = new Set<string>();
	for (const one of namespaced) {
		const {name, namespace} = one.object.metadata;
		names.set(one, several ? `${name}.${namespace || 'default'}` : name);
		taken.add(names.get(one)!);
	}
	for (const one of clusterWide) {
		const plain = one.name;
		const name = taken.has(plain) ? `${plain}-${one.manifest.kind.toLowerCase()}` : plain;
		names.set(one, name);
		taken.add(name);
	}
	return names;
}
