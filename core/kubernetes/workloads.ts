// Pods as workloads.
import type {Place} from '../model/problem.ts';
import type {Address, LabelMap, Service, Workload} from '../model/topology.ts';
import {namesOf} from './cluster-services.ts';
import {kubeDnsLabels, kubeDnsNamespace, kubeDnsServices, type NameServer} from './kube-dns.ts';
import type {Pod, PodGroup} from './pod-groups.ts';

/** What the workload of any pod has, whatever it is. */
export interface WorkloadInput {
	readonly name: string;
	readonly kind: string;
	readonly base: string;
	readonly objectKind?: string;
	readonly namespace: string;
	readonly labels: LabelMap;
	readonly addresses: readonly Address[];
	readonly services: readonly Service[];
	readonly knows: readonly string[];
	readonly aliases: readonly string[];
	readonly assumed: boolean;
	readonly where: Place;
}

/** Where the environments of pods come from. */
export interface Environments {
	readonly label: string;
	/** Labels of the namespaces that are objects. */
	readonly namespaces: ReadonlyMap<string, LabelMap>;
}

/**
 * The workload of one pod. Its labels are the pod's and nothing else, also where its environment is its namespace's: one
 * label more would change what selectors select.
 */
export function workloadOf(input: WorkloadInput, {label, namespaces}: Environments): Workload {
	const {aliases, ...rest} = input;
	const {labels, namespace, addresses} = input;
	// The API server sets this label, whatever the manifest says.
	const namespaceLabels = {...namespaces.get(namespace), 'kubernetes.io/metadata.name': namespace};
	return {
		...rest,
		...(aliases.length > 0 && {aliases}),
		environment: ownValue(labels, label) ?? ownValue(namespaceLabels, label) ?? null,
		namespaceLabels,
		segments: [...new Set(addresses.flatMap(({segment}) => segment ?? []))],
		holds: [],
		jewel: false,
		outside: false,
		managed: true,
		run: null,
		image: null,
		command: null,
		variables: {},
	};
}

const ownValue = (labels: LabelMap, key: string): string | undefined =>
	Object.hasOwn(labels, key) && labels[key] !== '' ? labels[key] : undefined;

/** The assumed name server as a workload's input. */
export const nameServerInput = ({kind, where}: NameServer, addresses: readonly Address[]): WorkloadInput => ({
	name: kind,
	kind,
	base: 'kube-dns',
	namespace: kubeDnsNamespace,
	labels: kubeDnsLabels,
	addresses,
	services: kubeDnsServices,
	knows: [],
	aliases: namesOf('kube-dns', kubeDnsNamespace),
	assumed: true,
	where,
});

/** Where a pod stands: its own object where it has one, else its controller's. */
export const placeOf = (pod: Pod, group: PodGroup): Place =>
	pod.name === null ? group.where : pod.template.manifest.where;
