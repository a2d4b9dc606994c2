// The cluster's nodes, as far as manifests know them: what `nodes` peers select.
import {z} from 'zod';
import type {Requirement} from '../model/policy.ts';
import type {Parsed, Problem} from '../model/problem.ts';
import type {Topology, Workload} from '../model/topology.ts';
import {canonicalAddress} from './cidr.ts';
import {validateManifest} from './field-problems.ts';
import {type LabelSelector, requirementsOf} from './label-selector.ts';
import type {Manifest} from './manifests.ts';
import {labels, list, metadata} from './object-schema.ts';
import type {PodTemplate} from './pods.ts';

/** A pod on its node's network. */
export interface HostPod {
	readonly workload: Workload;
	readonly template: PodTemplate;
	/** As its manifest has them; here only one pod has a node's own address, and others one beside it. */
	readonly written: readonly string[];
}

/** A node and the workloads on its network. */
export interface ClusterNode {
	readonly name: string;
	readonly labels: Readonly<Record<string, string>>;
	/** False where the node is not in the manifests: then it may have more labels than these. */
	readonly complete: boolean;
	/** Its own, and those of the workloads. */
	readonly addresses: readonly string[];
	readonly workloads: readonly string[];
}

const nodeSchema = z.object({
	metadata: metadata.extend({labels: labels.nullish()}),
	status: z.object({addresses: list(z.object({address: z.string()}))}).nullish(),
});

/** The Node objects. */
export function readNodes(manifests: readonly Manifest[]): Parsed<readonly ClusterNode[]> {
	const problems: Problem[] = [];
	const nodes = manifests.flatMap((manifest): readonly ClusterNode[] => {
		const parsed = validateManifest(manifest, nodeSchema);
		if (parsed.kind === 'wrong') {
			problems.push(...parsed.problems);
			return [];
		}
		const {metadata, status} = parsed.value;
		const addresses = (status?.addresses ?? []).flatMap(({address}) => canonicalAddress(address)?.address ?? []);
		return [{name: metadata.name, labels: metadata.labels ?? {}, complete: true, addresses, workloads: []}];
	});
	return problems.length > 0 ? {kind: 'wrong', problems} : {kind: 'ok', value: nodes, warnings: []};
}

/**
 * The nodes that are objects, and one more for each pod on a node that is not: of that one it is known that it runs Linux
 * (unless the pod says otherwise) and that it has what the pod's `nodeSelector` wants.
 */
export function withHostPods(nodes: readonly ClusterNode[], pods: readonly HostPod[]): readonly ClusterNode[] {
	const nodeOf = ({template, written}: HostPod): ClusterNode | undefined =>
		nodes.find(({name}) => name === template.spec.nodeName) ??
		nodes.find(node => written.some(address => node.addresses.includes(address)));
	const byNode = Map.groupBy(pods, nodeOf);
	const own = nodes.map(node => withPods(node, byNode.get(node) ?? []));
	const implied = (byNode.get(undefined) ?? []).map(pod => {
		const {spec} = pod.template;
		const labels = {'kubernetes.io/os': spec.os?.name ?? 'linux', ...spec.nodeSelector};
		return withPods({name: spec.nodeName ?? '', labels, complete: false, addresses: [], workloads: []}, [pod]);
	});
	return [...own, ...implied];
}

const withPods = (node: ClusterNode, pods: readonly HostPod[]): ClusterNode => ({
	...node,
	addresses: [...node.addresses, ...pods.flatMap(({workload}) => workload.addresses.map(one => one.address))],
	workloads: pods.map(({workload}) => workload.name),
});

/** What holds for every workload but those of `pods`; nothing is required where there are none. */
export function notOnNode(pods: readonly HostPod[], {workloads}: Topology): readonly Requirement[] {
	if (pods.length === 0) return [];
	const own = new Set(pods.map(({workload}) => workload));
	const names = [...own].map(({name}) => name);
	const others = workloads.filter(one => !own.has(one)).flatMap(({kind, base}) => [kind, base]);
	if (!names.some(name => others.includes(name))) return [{kind: 'workload', names, wanted: false}];
	const addresses = [...own].flatMap(workload => workload.addresses.map(one => one.address));
	return [{kind: 'cidr', cidrs: ['0.0.0.0/0', '::/0'], except: addresses}];
}

/** Whether the selector selects the node; `unknown` where that hangs on a label that an incomplete node may have. */
export function selectsNode(selector: LabelSelector, node: ClusterNode): 'yes' | 'no' | {readonly unknown: string} {
	const unknown: string[] = [];
	for (const {key, values, wanted} of requirementsOf(selector, 'label')) {
		const value = Object.hasOwn(node.labels, key) ? node.labels[key] : undefined;
		if (value === undefined && !node.complete) unknown.push(key);
		else if ((value !== undefined && (values === null || values.includes(value))) !== wanted) return 'no';
	}
	return unknown.length === 0 ? 'yes' : {unknown: unknown[0]!};
}
