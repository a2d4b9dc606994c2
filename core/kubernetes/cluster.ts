// The cluster as names see it: groups of pods with their kind names, Services, and who stands behind which.
import {type ClusterService, selects} from './cluster-services.ts';
import type {ConfigMap, ConfigMaps} from './config-maps.ts';
import type {PodGroup} from './pod-groups.ts';
import type {PodTemplate} from './pods.ts';

/** One kind of workload. */
export interface ClusterKind {
	readonly name: string;
	readonly group: PodGroup;
	/** The templates of its pods; more than one only where real pods of one owner differ. */
	readonly templates: readonly PodTemplate[];
}

export interface Cluster {
	readonly kinds: readonly ClusterKind[];
	readonly services: readonly ClusterService[];
	/** Names of namespaces that hold an object or are objects. */
	readonly namespaces: ReadonlySet<string>;
	/** True where pods are in several namespaces, so that kinds carry theirs in their name. */
	readonly several: boolean;
	serviceNamed(name: string, namespace: string): ClusterService | undefined;
	/** The kinds with a pod that the Service selects. */
	behind(service: ClusterService): readonly ClusterKind[];
	servicesOf(namespace: string): readonly ClusterService[];
	configMap(name: string, namespace: string): ConfigMap | undefined;
}

export interface ClusterParts {
	readonly kinds: readonly ClusterKind[];
	readonly services: readonly ClusterService[];
	readonly configMaps: ConfigMaps;
	/** Names of namespaces that are objects. */
	readonly namespaces: Iterable<string>;
}

/** Indexed by namespace, since neither names nor selectors of Services leave theirs. */
export function clusterOf({kinds, services, configMaps, namespaces}: ClusterParts): Cluster {
	const kindsIn = Map.groupBy(kinds, kind => kind.group.namespace);
	const servicesIn = Map.groupBy(services, service => service.namespace);
	const byName = new Map(services.map(service => [`${service.namespace}/${service.name}`, service]));
	const found = new Map<ClusterService, readonly ClusterKind[]>();
	const search = (service: ClusterService): readonly ClusterKind[] =>
		(service.endpoints === null ? (kindsIn.get(service.namespace) ?? []) : kinds).filter(({templates}) =>
			templates.some(one => selects(service, one)),
		);
	return {
		kinds,
		services,
		namespaces: new Set([...namespaces, ...kindsIn.keys(), ...servicesIn.keys()]),
		several: kindsIn.size > 1,
		serviceNamed: (name, namespace) => byName.get(`${namespace}/${name}`),
		configMap: (name, namespace) => configMaps.get(`${namespace}/${name}`),
		servicesOf: namespace => servicesIn.get(namespace) ?? [],
		behind(service) {
			const before = found.get(service) ?? search(service);
			found.set(service, before);
			return before;
		},
	};
}

/** What a host name means inside the cluster, seen from a pod in `namespace`. */
export type Resolved =
	| {readonly kind: 'service'; readonly service: ClusterService}
	/** A name of the cluster that nothing in the manifests has; `name` is `db`, or `db.shop` from elsewhere. */
	| {readonly kind: 'missing'; readonly name: string}
	/** A name of the world beyond, of the API server, or none at all. */
	| {readonly kind: 'beyond'};

/**
 * Source: Kubernetes' DNS specification: `name`, `name.namespace`, `name.namespace.svc`, with the cluster's domain after
 * it, and `pod.name…` for the pods of a headless Service.
 */
export function resolve(cluster: Cluster, host: string, namespace: string): Resolved {
	const labels = host.split('.');
	const mark = labels.indexOf('svc');
	const short = mark > 0 ? labels.slice(0, mark) : labels;
	if (mark > 0 && short.length < 2) return {kind: 'beyond'};
	const readings = [
		{name: short[0]!, namespace: short[1] ?? namespace, fits: short.length <= 2},
		{
			name: short[1] ?? '',
			namespace: short[2] ?? namespace,
			fits: short.length === 3 || (short.length === 2 && mark < 0),
		},
	];
	for (const {name, namespace: of, fits} of readings) {
		const service = fits ? cluster.serviceNamed(name, of) : undefined;
		if (service !== undefined) return {kind: 'service', service};
	}
	if (short[0] === 'kubernetes' && (short[1] ?? namespace) === 'default') return {kind: 'beyond'};
	const certain = mark > 0 || short.length === 1 || (short.length === 2 && cluster.namespaces.has(short[1]!));
	if (!certain) return {kind: 'beyond'};
	const [name, of] = short.length === 3 ? [short[1]!, short[2]!] : [short[0]!, short[1] ?? namespace];
	return {kind: 'missing', name: cluster.several || of !== namespace ? `${name}.${of}` : name};
}
