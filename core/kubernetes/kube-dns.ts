// The cluster's name server: manifests hardly ever hold it, and nothing that names a Service works without it.
import type {Place} from '../model/problem.ts';
import type {Dependency, Service} from '../model/topology.ts';
import type {Cluster} from './cluster.ts';

export const kubeDnsLabels = {'k8s-app': 'kube-dns'} as const;
export const kubeDnsNamespace = 'kube-system';

/** As CoreDNS is deployed, without its metrics. */
export const kubeDnsServices: readonly Service[] = [
	{name: 'dns', protocol: 'udp', port: 53, lastPort: 53, speaks: 'dns', weak: []},
	{name: 'dns-tcp', protocol: 'tcp', port: 53, lastPort: 53, speaks: 'dns', weak: []},
];

export interface NameServer {
	/** Its kind. */
	readonly kind: string;
	/** False where the manifests have one themselves. */
	readonly added: boolean;
	/** One a kind that names a Service. */
	readonly dependencies: readonly Dependency[];
	readonly where: Place;
}

/**
 * The name server that `askers` need, or null where nobody names a Service. One of the manifests is known by the label
 * that policies select it with; a port of it that is not declared leaves the dependencies dangling.
 *
 * @param askers - the kinds that name a Service, with a place where they do
 */
export function nameServer(
	cluster: Cluster,
	askers: ReadonlyMap<string, Place>,
	listeners: (kind: string) => readonly Service[],
): NameServer | null {
	const [first] = askers.values();
	if (first === undefined) return null;
	const own = cluster.kinds.find(
		({group, templates}) =>
			group.namespace === kubeDnsNamespace &&
			templates.some(({labels}) => labels['k8s-app'] === kubeDnsLabels['k8s-app']),
	);
	const taken = new Set(cluster.kinds.map(kind => kind.name));
	const names = [...(cluster.several ? [] : ['kube-dns']), 'kube-dns.kube-system', 'kube-dns-assumed.kube-system'];
	const kind = own?.name ?? names.find(name => !taken.has(name))!;
	const services = own === undefined ? kubeDnsServices : listeners(own.name);
	const service = services.find(one => one.port === 53 && one.protocol === 'udp')?.name ?? null;
	const dependencies = [...askers].flatMap(([from, where]): readonly Dependency[] =>
		from === kind
			? []
			: [
					{
						from,
						to: kind,
						protocol: 'udp',
						port: 53,
						service,
						dangling: service === null,
						vital: false,
						source: 'assumed',
						where,
					},
				],
	);
	return {kind, added: own === undefined, dependencies, where: first};
}
