// Builders that read like manifests, and the importer's answer in one line each.
import {type Imported, type ImportOptions, importManifests} from '../../core/kubernetes/import.ts';
import type {Policy} from '../../core/model/policy.ts';
import {type Parsed, renderProblem} from '../../core/model/problem.ts';

/** A NetworkPolicy `p` in namespace `shop`; `spec` is YAML in flow style: `{podSelector: {}}`. */
export const networkPolicyText = (spec: string): string =>
	`apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\nspec: ${spec}\n`;

/** A Deployment; `container` and `labels` are YAML in flow style. */
export const deploymentText = (
	name: string,
	container = '{name: c}',
	labels = `{app: ${name}}`,
	namespace = 'shop',
): string =>
	[
		`apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, namespace: ${namespace}}`,
		`spec: {template: {metadata: {labels: ${labels}}, spec: {containers: [${container}]}}}`,
	].join('\n');

export const serviceText = (name: string, ports: string, selector = `{app: ${name}}`, namespace = 'shop'): string =>
	`apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {selector: ${selector}, ports: ${ports}}`;

export const importTexts = (texts: readonly string[], options: ImportOptions = {}): Parsed<Imported> =>
	importManifests([{path: 'a.yaml', text: texts.join('\n---\n')}], options);

/** @throws Error with the problems, where there are any */
export function imported(texts: readonly string[], options: ImportOptions = {}): Imported {
	const parsed = importTexts(texts, options);
	if (parsed.kind === 'wrong') throw new Error(parsed.problems.map(renderProblem).join('\n'));
	return parsed.value;
}

export const problemsOf = (texts: readonly string[]): readonly string[] => {
	const parsed = importTexts(texts);
	return parsed.kind === 'wrong' ? parsed.problems.map(renderProblem) : [];
};

export const warningsOf = (texts: readonly string[]): readonly string[] => {
	const parsed = importTexts(texts);
	return parsed.kind === 'ok' ? parsed.warnings.map(renderProblem) : [];
};

export const policyOf = (spec: string): Policy => imported([networkPolicyText(spec)]).stack[0]!;

/** A policy for the whole cluster, of its kind's own version; `spec` is YAML in flow style. */
export const clusterPolicyText = (kind: string, name: string, spec: string): string =>
	`apiVersion: policy.networking.k8s.io/${kind === 'ClusterNetworkPolicy' ? 'v1alpha2' : 'v1alpha1'}\nkind: ${kind}\nmetadata: {name: ${name}}\nspec: ${spec}\n`;
