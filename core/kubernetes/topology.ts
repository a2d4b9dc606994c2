// Groups of pods and Services to a resolved topology: names, addresses, listeners, dependencies, and what was assumed.
import type {Parsed, Place, Problem} from '../model/problem.ts';
import type {Dependency, Service, Topology, Workload} from '../model/topology.ts';
import {type Allotment, allotAddresses} from './addresses.ts';
import {type Cluster, clusterOf} from './cluster.ts';
import {type ClusterService, namesOf, selects} from './cluster-services.ts';
import type {ConfigMaps} from './config-maps.ts';
import {linkedKinds, type Named, namedDependencies} from './dependencies.ts';
import {titleOf} from './field-problems.ts';
import {kubeDnsNamespace, type NameServer, nameServer} from './kube-dns.ts';
import {listenersOf} from './listeners.ts';
import type {GroupNames} from './names.ts';
import type {PodGroup} from './pod-groups.ts';
import type {PodTemplate} from './pods.ts';
import {type Environments, nameServerInput, placeOf, workloadOf} from './workloads.ts';

export interface TopologyInput {
	readonly name: string;
	readonly environments: Environments;
	/** False leaves out kube-dns. */
	readonly assumed: boolean;
	readonly groups: readonly PodGroup[];
	/** Of the groups, in their order. */
	readonly names: readonly GroupNames[];
	readonly services: readonly ClusterService[];
	readonly configMaps: ConfigMaps;
	readonly policyFiles: readonly string[];
}

/** The topology, or the one problem that can still come up here: no room for so many addresses. */
export function buildTopology(input: TopologyInput): Parsed<Topology> {
	const {groups, names, services, configMaps} = input;
	const kinds = groups.map((group, at) => {
		const templates = [...new Set(group.pods.map(pod => pod.template))];
		return {name: names[at]!.kind, group, templates};
	});
	const cluster = clusterOf({kinds, services, configMaps, namespaces: input.environments.namespaces.keys()});
	const reaching = reachingByTemplate(cluster);
	const listeners = new Map([...reaching].map(([template, its]) => [template, listenersOf(template, its)]));
	const ofKind = new Map(kinds.map(({name, templates}) => [name, templates.flatMap(one => listeners.get(one)!)]));
	const servicesOf = (kind: string): readonly Service[] => ofKind.get(kind) ?? [];
	const named = namedDependencies(cluster, servicesOf);
	const dns = input.assumed ? nameServer(cluster, askersOf(named), servicesOf) : null;
	const added = dns?.added === true ? dns : null;
	const requests = groups.flatMap(({namespace, pods}) => pods.map(({addresses}) => ({namespace, fixed: addresses})));
	const allotted = allotAddresses([...requests, ...(added === null ? [] : [{namespace: kubeDnsNamespace, fixed: []}])]);
	if (allotted === undefined) return noRoom(groups[0]!.where);
	const pods = podWorkloads({
		cluster,
		names,
		listeners,
		aliases: aliasesByTemplate(reaching),
		named,
		dns,
		allotted,
		environments: input.environments,
	});
	const extra =
		added === null ? [] : [workloadOf(nameServerInput(added, allotted.addresses.at(-1)!), input.environments)];
	const workloads = [...pods, ...extra].sort((a, b) => (a.name < b.name ? -1 : 1));
	const value: Topology = {
		name: input.name,
		environments: [...new Set(workloads.flatMap(({environment}) => environment ?? []))].sort(),
		segments: allotted.segments,
		workloads,
		dependencies: tidy([...named.dependencies, ...(dns?.dependencies ?? [])]),
		secrets: [],
		assumptions: assumptionsOf(added),
		weakByDefault: 'all',
		files: input.policyFiles,
	};
	return {kind: 'ok', value, warnings: [...named.warnings, ...addressWarnings(groups, allotted)]};
}

const noRoom = (where: Place): Parsed<Topology> => ({
	kind: 'wrong',
	problems: [
		{
			where,
			what: 'the manifests have more namespaces and pods than 198.18.0.0/15 has addresses for',
			mend: 'rehearse fewer namespaces or replicas',
		},
	],
});

/** The Services behind which pods of a template stand. */
type Reaching = ReadonlyMap<PodTemplate, readonly ClusterService[]>;

const reachingByTemplate = (cluster: Cluster): Reaching =>
	new Map(
		cluster.kinds.flatMap(({group, templates}) =>
			templates.map(template => {
				const reaching = cluster.servicesOf(group.namespace).filter(service => selects(service, template));
				return [template, reaching] as const;
			}),
		),
	);

/** Of one template, so that replicas share them. */
const aliasesByTemplate = (reaching: Reaching): ReadonlyMap<PodTemplate, readonly string[]> =>
	new Map(
		[...reaching].map(([template, services]) => [
			template,
			[...new Set(services.flatMap(({name, namespace}) => namesOf(name, namespace)))].sort(),
		]),
	);

/** Kinds that name a Service, with the first place where they do. */
function askersOf({dependencies, names}: Named): ReadonlyMap<string, Place> {
	const places = new Map<string, Place>();
	for (const {from, where} of dependencies) if (names.has(from) && !places.has(from)) places.set(from, where);
	return places;
}

function podWorkloads(input: {
	readonly cluster: Cluster;
	readonly names: readonly GroupNames[];
	readonly listeners: ReadonlyMap<PodTemplate, readonly Service[]>;
	readonly aliases: ReadonlyMap<PodTemplate, readonly string[]>;
	readonly named: Named;
	readonly dns: NameServer | null;
	readonly allotted: Allotment;
	readonly environments: Environments;
}): readonly Workload[] {
	const {cluster, names, listeners, aliases, named, dns, allotted, environments} = input;
	const linked = new Map<string, readonly string[]>();
	let number = 0;
	return cluster.kinds.flatMap(({group, name: kind}, at) => {
		const {namespace} = group;
		if (!linked.has(namespace)) linked.set(namespace, linkedKinds(cluster, namespace));
		const always = [...(named.names.get(kind) ?? []), ...(dns === null ? [] : [dns.kind])];
		const known = (links: boolean): readonly string[] =>
			[...new Set([...always, ...(links ? linked.get(namespace)! : [])])].filter(one => one !== kind).sort();
		const knows = {with: known(true), without: known(false)};
		return group.pods.map((pod, index) => {
			const {template} = pod;
			return workloadOf(
				{
					name: names[at]!.workloads[index]!,
					kind,
					base: group.name,
					objectKind: group.objectKind,
					namespace,
					labels: template.labels,
					addresses: allotted.addresses[number++]!,
					services: listeners.get(template)!,
					knows: template.spec.enableServiceLinks === false ? knows.without : knows.with,
					aliases: aliases.get(template)!,
					assumed: false,
					where: placeOf(pod, group),
				},
				environments,
			);
		});
	});
}

/** Sorted, and one for each flow: what somebody named before what is assumed. */
function tidy(dependencies: readonly Dependency[]): readonly Dependency[] {
	const byFlow = new Map<string, Dependency>();
	for (const one of dependencies) {
		const key = JSON.stringify([one.from, one.to, one.protocol, one.port]);
		if (!byFlow.has(key)) byFlow.set(key, one);
	}
	const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
	return [...byFlow.values()].sort(
		(a, b) => compare(a.from, b.from) || compare(a.to, b.to) || a.port - b.port || compare(a.protocol, b.protocol),
	);
}

function addressWarnings(groups: readonly PodGroup[], {moved}: Allotment): readonly Problem[] {
	if (moved.length === 0) return [];
	const pods = groups.flatMap(group => group.pods);
	return moved.map(at => {
		const {manifest} = pods[at]!.template;
		const what = `${titleOf(manifest)} names an address that is none or that another pod has, and got one of its own`;
		return {where: manifest.place(['status', 'podIP']), what, mend: ''};
	});
}

function assumptionsOf(dns: NameServer | null): readonly string[] {
	return [
		'manifests declare no weaknesses: whatever answers is assumed to be exploitable',
		...(dns === null
			? []
			: [`${dns.kind} was added (53/udp, 53/tcp), needed by the ${dns.dependencies.length} kinds that name a Service`]),
		'dependencies are those that environment values, arguments, commands and config maps name; what is hard coded is not known',
		'a Service is its pods: ClusterIPs, node ports, load balancers and ingresses are not modelled',
		'IPv4 only, with addresses out of 198.18.0.0/15 where the manifests give none',
	];
}
