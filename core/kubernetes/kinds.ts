// Which kinds of object are read, which are refused because leaving them out would change a verdict, and which are skipped.
import {nearest} from '../files/nearest.ts';

export type Handling =
	| {
			readonly kind:
				| 'namespace'
				| 'node'
				| 'pod'
				| 'controller'
				| 'service'
				| 'endpoints'
				| 'config-map'
				| 'policy'
				| 'skipped';
	  }
	/** Leaving it out would change a verdict. */
	| {readonly kind: 'refused'; readonly mend: string}
	/** Meant to be a kind that is read, and written as none. */
	| {readonly kind: 'miswritten'; readonly mend: string};

const onlyStandard =
	'read are NetworkPolicy, AdminNetworkPolicy, BaselineAdminNetworkPolicy and ClusterNetworkPolicy; take it out or rehearse without it';

interface Kind {
	/** API groups in which it has had this name. */
	readonly groups: readonly string[];
	readonly handling: Handling['kind'];
	/** The one version that is read, where others mean something else. */
	readonly version?: string;
	/** Has no namespace. */
	readonly clusterWide?: true;
}

const networkPolicyApi = {groups: ['policy.networking.k8s.io'], handling: 'policy', clusterWide: true} as const;

const kinds: Readonly<Record<string, Kind>> = {
	Namespace: {groups: [''], handling: 'namespace', clusterWide: true},
	Node: {groups: [''], handling: 'node', clusterWide: true},
	Pod: {groups: [''], handling: 'pod'},
	Service: {groups: [''], handling: 'service'},
	Endpoints: {groups: [''], handling: 'endpoints'},
	EndpointSlice: {groups: ['discovery.k8s.io'], handling: 'endpoints'},
	ConfigMap: {groups: [''], handling: 'config-map'},
	ReplicationController: {groups: [''], handling: 'controller'},
	Deployment: {groups: ['apps', 'extensions'], handling: 'controller'},
	StatefulSet: {groups: ['apps'], handling: 'controller'},
	DaemonSet: {groups: ['apps', 'extensions'], handling: 'controller'},
	ReplicaSet: {groups: ['apps', 'extensions'], handling: 'controller'},
	Job: {groups: ['batch'], handling: 'controller'},
	CronJob: {groups: ['batch'], handling: 'controller'},
	NetworkPolicy: {groups: ['networking.k8s.io'], handling: 'policy', version: 'v1'},
	AdminNetworkPolicy: {...networkPolicyApi, version: 'v1alpha1'},
	BaselineAdminNetworkPolicy: {...networkPolicyApi, version: 'v1alpha1'},
	ClusterNetworkPolicy: {...networkPolicyApi, version: 'v1alpha2'},
};

/**
 * Kinds of network plugins and meshes that decide about connections, whatever their group: Calico, Cilium, Antrea,
 * OpenShift, Multus, OVN-Kubernetes, Istio, Linkerd.
 */
const policyLike =
	/NetworkPolicy$|^(AuthorizationPolicy|PeerAuthentication|ServerAuthorization|EgressFirewall|BGPFilter|CiliumLocalRedirectPolicy|CiliumEgressGatewayPolicy|(Cluster)?UserDefinedNetwork|NetworkAttachmentDefinition)$/;

/** What to do with an object of this kind; unknown kinds are skipped, unless their group has one that is spelt nearly so. */
export function handlingOf(apiVersion: string, kind: string): Handling {
	const [group, version] = apiVersion.includes('/') ? apiVersion.split('/', 2) : ['', apiVersion];
	const known = Object.hasOwn(kinds, kind) ? kinds[kind]! : undefined;
	if (known?.groups.includes(group!) === true)
		return known.version === undefined || known.version === version
			? ({kind: known.handling} as Handling)
			: {kind: 'miswritten', mend: `${known.version} is read: write apiVersion: ${group}/${known.version}`};
	if (kind === 'NetworkPolicy' && group === 'extensions')
		return {kind: 'miswritten', mend: 'Kubernetes 1.16 removed it: write apiVersion: networking.k8s.io/v1'};
	const mend = known === undefined ? misspelt(group!, kind) : misplaced(group!, known);
	if (mend !== undefined) return {kind: 'miswritten', mend};
	return policyLike.test(kind) ? {kind: 'refused', mend: onlyStandard} : {kind: 'skipped'};
}

/** Groups of Kubernetes itself: in these nobody else has a kind. */
const ownGroups = new Set(Object.values(kinds).flatMap(({groups}) => groups));

function misspelt(group: string, kind: string): string | undefined {
	if (kind.endsWith('List') || !ownGroups.has(group)) return undefined;
	const near = nearest(
		kind,
		Object.keys(kinds).filter(name => kinds[name]!.groups.includes(group)),
	);
	return near === undefined ? undefined : `did you mean ${near}?`;
}

/** `v1` and `networking.k8s.io` (no version) are both in no group. */
function misplaced(group: string, {groups, version = 'v1'}: Kind): string | undefined {
	if (!ownGroups.has(group) && nearest(group, groups) === undefined) return undefined;
	return `write apiVersion: ${groups[0] === '' ? '' : `${groups[0]}/`}${version}`;
}

/** True for the kinds that this importer has an opinion on, in whatever group. */
export const isKnownKind = (kind: string): boolean => Object.hasOwn(kinds, kind) || policyLike.test(kind);

/** Whether objects of this kind are in a namespace; undefined where that is not known. */
export const isNamespaced = (kind: string): boolean | undefined =>
	Object.hasOwn(kinds, kind) ? kinds[kind]!.clusterWide !== true : undefined;
