// Which kinds of object are read, which are refused because leaving them out would change a verdict, and which are skipped.

export type Handling =
	| {readonly kind: 'namespace' | 'pod' | 'controller' | 'service' | 'network-policy' | 'skipped'}
	/** Leaving it out would change a verdict. */
	| {readonly kind: 'refused'; readonly mend: string};

const nextRelease = 'arrives with the next release; take it out or rehearse without it';
const onlyStandard = 'only NetworkPolicy networking.k8s.io/v1 is read; take it out or rehearse without it';

/** By kind: the API groups in which it has had this name, and what is done with it. */
const kinds: Readonly<Record<string, {readonly groups: readonly string[]; readonly handling: Handling}>> = {
	Namespace: {groups: [''], handling: {kind: 'namespace'}},
	Pod: {groups: [''], handling: {kind: 'pod'}},
	Service: {groups: [''], handling: {kind: 'service'}},
	ReplicationController: {groups: [''], handling: {kind: 'controller'}},
	Deployment: {groups: ['apps', 'extensions'], handling: {kind: 'controller'}},
	StatefulSet: {groups: ['apps'], handling: {kind: 'controller'}},
	DaemonSet: {groups: ['apps', 'extensions'], handling: {kind: 'controller'}},
	ReplicaSet: {groups: ['apps', 'extensions'], handling: {kind: 'controller'}},
	Job: {groups: ['batch'], handling: {kind: 'controller'}},
	CronJob: {groups: ['batch'], handling: {kind: 'controller'}},
	NetworkPolicy: {groups: ['networking.k8s.io'], handling: {kind: 'network-policy'}},
	AdminNetworkPolicy: {groups: ['policy.networking.k8s.io'], handling: {kind: 'refused', mend: nextRelease}},
	BaselineAdminNetworkPolicy: {groups: ['policy.networking.k8s.io'], handling: {kind: 'refused', mend: nextRelease}},
	ClusterNetworkPolicy: {groups: ['policy.networking.k8s.io'], handling: {kind: 'refused', mend: nextRelease}},
};

/**
 * Kinds of network plugins and meshes that decide about connections, whatever their group: Calico, Cilium, Antrea,
 * OpenShift, Multus, OVN-Kubernetes, Istio.
 */
const policyLike =
	/NetworkPolicy$|^(AuthorizationPolicy|PeerAuthentication|EgressFirewall|BGPFilter|CiliumLocalRedirectPolicy|CiliumEgressGatewayPolicy|(Cluster)?UserDefinedNetwork|NetworkAttachmentDefinition)$/;

/** What to do with an object of this kind; unknown kinds are skipped. */
export function handlingOf(apiVersion: string, kind: string): Handling {
	const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
	const known = Object.hasOwn(kinds, kind) ? kinds[kind]! : undefined;
	if (known?.groups.includes(group) === true)
		return kind === 'NetworkPolicy' && apiVersion !== 'networking.k8s.io/v1'
			? {kind: 'refused', mend: 'write apiVersion: networking.k8s.io/v1'}
			: known.handling;
	if (kind === 'NetworkPolicy' && group === 'extensions')
		return {kind: 'refused', mend: 'Kubernetes 1.16 removed it: write apiVersion: networking.k8s.io/v1'};
	return policyLike.test(kind) ? {kind: 'refused', mend: onlyStandard} : {kind: 'skipped'};
}

/** True for the kinds that this importer has an opinion on, in whatever group. */
export const isKnownKind = (kind: string): boolean => Object.hasOwn(kinds, kind) || policyLike.test(kind);
