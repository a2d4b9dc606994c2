// AdminNetworkPolicy, BaselineAdminNetworkPolicy and ClusterNetworkPolicy to the policies that evaluator and compiler
// read: guardrails, or the baseline, of the pods that are their subject.
import type {Policy, Requirement, Rule, Selector, Term} from '../model/policy.ts';
import type {Place, Problem} from '../model/problem.ts';
import type {AdminPeer, Subject} from './admin-peer-schema.ts';
import type {AdminRule} from './admin-rules.ts';
import {parseCidr} from './cidr.ts';
import {fieldProblem} from './field-problems.ts';
import {type LabelSelector, requirementsOf} from './label-selector.ts';
import type {Manifest, Path} from './manifests.ts';
import {type ClusterNode, selectsNode} from './nodes.ts';

/** What the meaning of a policy for the whole cluster hangs on besides its own text. */
export interface Surroundings {
	readonly nodes: readonly ClusterNode[];
	/** Holds for every pod but those on their node's network, which such policies never select; empty where there are none. */
	readonly notOnNode: readonly Requirement[];
}

export interface AdminPolicyInput {
	readonly manifest: Manifest;
	readonly subject: Subject;
	readonly rules: readonly AdminRule[];
	readonly tier: 'guardrails' | 'baseline';
	readonly name: string;
	/** `p<index>`. */
	readonly id: string;
}

export interface AdminPolicy {
	readonly policy: Policy;
	/** What cannot be enforced as it is written. */
	readonly problems: readonly Problem[];
	readonly warnings: readonly Problem[];
}

/** The policy of a validated object. It says nothing in a direction for which it has no rules, and isolates nobody. */
export function adminPolicy(input: AdminPolicyInput, surroundings: Surroundings): AdminPolicy {
	const {manifest, subject, rules, tier, name, id} = input;
	const {where} = manifest;
	const found: Found = {manifest, problems: [], warnings: [], ...surroundings};
	const written = rules.map((rule, position) => ruleOf(rule, {name, id: `${id}.${tier[0]}${position + 1}`}, found));
	const policy: Policy = {
		name,
		id,
		dialect: 'kubernetes',
		objectKind: manifest.kind,
		default: 'allow',
		mode: 'enforce',
		enforce: [{reach: 'workloads', requirements: [], where}],
		applies: [podTerm(subject, ['spec', 'subject'], found)],
		directions: (['ingress', 'egress'] as const).filter(direction => rules.some(rule => rule.direction === direction)),
		established: 'keep',
		denied: 'drop',
		guardrails: tier === 'guardrails' ? written : [],
		rules: [],
		baseline: tier === 'baseline' ? written : [],
		isolates: false,
		where,
	};
	return {policy, problems: found.problems, warnings: found.warnings};
}

interface Found extends Surroundings {
	readonly manifest: Manifest;
	readonly problems: Problem[];
	readonly warnings: Problem[];
}

function ruleOf(rule: AdminRule, named: {readonly name: string; readonly id: string}, found: Found): Rule {
	const {direction, at, action, peers, on, unnameable} = rule;
	const path: Path = ['spec', direction, at];
	const where = found.manifest.place(path);
	const near: Selector = [{reach: 'anything', requirements: [], where}];
	const field = direction === 'ingress' ? 'from' : 'to';
	const far = peers.flatMap((peer, index) => peerTerms(peer, [...path, field, index], found));
	if (on?.some(({kind}) => kind === 'service') === true)
		for (const [index, peer] of peers.entries())
			if (peer.networks != null || peer.nodes != null)
				found.warnings.push(
					fieldProblem(
						found.manifest,
						[...path, field, index],
						'a named port means nothing here but where a pod is',
						'newer clusters refuse such a rule',
					),
				);
	for (const inner of unnameable)
		found.warnings.push(
			fieldProblem(found.manifest, [...path, ...inner], 'matches nothing', 'no port has such a name: write its number'),
		);
	const ends = direction === 'ingress' ? {from: far, to: near} : {from: near, to: far};
	return {
		...ends,
		same: [],
		differ: [],
		on,
		id: named.id,
		name: rule.name ?? `${named.name} ${direction} ${at + 1}`,
		action,
		mode: 'enforce',
		direction,
		unless: [],
		note: null,
		where,
	};
}

/** Pods by their namespace's labels and their own; none that are on their node's network. */
function podTerm({namespaces, pods}: Pick<AdminPeer, 'namespaces' | 'pods'>, path: Path, found: Found): Term {
	for (const field of ['namespaceSelector', 'podSelector'] as const)
		if (pods != null && pods[field] == null)
			found.warnings.push(
				fieldProblem(found.manifest, [...path, 'pods', field], 'is missing, and read as {}, which selects all', ''),
			);
	const requirements = [
		...requirementsOf(namespaces ?? pods?.namespaceSelector, 'namespace-label'),
		...requirementsOf(pods?.podSelector, 'label'),
		...found.notOnNode,
	];
	return {reach: 'workloads', requirements, where: found.manifest.place(path)};
}

function peerTerms(peer: AdminPeer, path: Path, found: Found): readonly Term[] {
	const where = found.manifest.place(path);
	if (peer.networks != null) {
		const cidrs = [...new Set(peer.networks.map(text => parseCidr(text)!.text))];
		return [{reach: 'anything', requirements: [{kind: 'cidr', cidrs, except: []}], where}];
	}
	if (peer.nodes != null) return nodeTerms(peer.nodes, [...path, 'nodes'], found);
	if (peer.domainNames == null) return [podTerm(peer, path, found)];
	const mend = 'take the peer out, or write networks: manifests do not say which addresses a name has';
	found.problems.push(fieldProblem(found.manifest, [...path, 'domainNames'], 'cannot be enforced here', mend));
	return [];
}

/** The addresses of the nodes that are selected. */
function nodeTerms(selector: LabelSelector, path: Path, found: Found): readonly Term[] {
	const {manifest, nodes, problems, warnings} = found;
	const where: Place = manifest.place(path);
	const selected: ClusterNode[] = [];
	for (const node of nodes) {
		const answer = selectsNode(selector, node);
		if (answer === 'yes') selected.push(node);
		if (typeof answer === 'string') continue;
		const what = `whether the node of ${node.workloads.join(', ')} has the label ${answer.unknown} is not known`;
		problems.push(fieldProblem(manifest, path, what, `add the Node${node.name === '' ? '' : ` ${node.name}`}`));
	}
	if (selected.length === 0) {
		const why = nodes.length === 0 ? 'the manifests have no Node' : 'no Node here has these labels';
		warnings.push(fieldProblem(manifest, path, 'matches nothing', why));
	}
	const addresses = new Set(selected.flatMap(node => node.addresses));
	const cidrs = [...addresses].map(one => `${one}/${one.includes(':') ? 128 : 32}`);
	return cidrs.length === 0 ? [] : [{reach: 'anything', requirements: [{kind: 'cidr', cidrs, except: []}], where}];
}
