// Needs as NetworkPolicy objects: one for each group of pods, with what it needs in both directions and nothing else.
// Source: networking.k8s.io/v1; the forms are those of `kubectl advise-policy` (Inspektor Gadget) and np-guard's
// cluster-topology-analyzer.
import type {LabelMap} from '../model/topology.ts';

/** Pods by their labels; of one namespace (null: the one of whoever applies the file). No labels are all of them. */
export interface PolicyPods {
	readonly name: string;
	readonly namespace: string | null;
	readonly labels: LabelMap;
}

/** One end of a need: pods, all pods of the cluster, everyone, or addresses. */
export type PolicyEnd =
	| ({readonly kind: 'pods'} & PolicyPods)
	| {readonly kind: 'cluster'}
	| {readonly kind: 'world'}
	| {readonly kind: 'addresses'; readonly cidr: string};

export interface PolicyNeed {
	readonly from: PolicyEnd;
	readonly to: PolicyEnd;
	readonly protocol: 'tcp' | 'udp' | 'sctp';
	readonly port: number;
}

/** As the API has it. */
export interface NetworkPolicyObject {
	readonly apiVersion: 'networking.k8s.io/v1';
	readonly kind: 'NetworkPolicy';
	readonly metadata: {readonly name: string; readonly namespace?: string};
	readonly spec: {
		readonly podSelector: object;
		readonly ingress?: readonly object[];
		readonly egress?: readonly object[];
		readonly policyTypes: readonly string[];
	};
}

export interface KubernetesPolicyOptions {
	/** Pods that send anything may also ask for names, of whoever answers in the cluster. */
	readonly dns: boolean;
	/** `seen`: a direction in which pods need nothing is left as it was, which is open where no other policy speaks of it. */
	readonly isolate: 'both' | 'seen';
	/** A policy that denies the rest for each namespace, also for pods that come later. */
	readonly isolateNamespaces: boolean;
}

/** @param pods - those that get a policy of their own, each once */
export function kubernetesPolicies(
	pods: readonly PolicyPods[],
	needs: readonly PolicyNeed[],
	{dns, isolate, isolateNamespaces}: KubernetesPolicyOptions,
): readonly NetworkPolicyObject[] {
	const own = pods.flatMap(one => {
		const ingress = rulesOf(one, needs, 'ingress');
		const egress = rulesOf(one, needs, 'egress');
		const names = {ports: [{protocol: 'UDP', port: 53}], to: [{namespaceSelector: {}}]};
		const types = [
			...(isolate === 'both' || ingress.length > 0 ? ['Ingress'] : []),
			...(isolate === 'both' || egress.length > 0 ? ['Egress'] : []),
		];
		const rules = {
			...(ingress.length > 0 && {ingress}),
			...(egress.length > 0 && {egress: dns ? [...egress, names] : egress}),
		};
		// Without a direction it would be one of ingress: that is the default of the API.
		return types.length === 0 ? [] : [policyOf(one, `${one.name}-netpol`, rules, types)];
	});
	if (!isolateNamespaces) return own;
	const namespaces = [...new Set(pods.map(({namespace}) => namespace))].sort();
	return [
		...own,
		...namespaces.map(namespace =>
			policyOf(
				{name: '', namespace, labels: {}},
				`default-deny-in-namespace${namespace === null ? '' : `-${namespace}`}`,
				{},
			),
		),
	];
}

const policyOf = (
	{namespace, labels}: PolicyPods,
	name: string,
	rules: object,
	policyTypes: readonly string[] = ['Ingress', 'Egress'],
): NetworkPolicyObject => ({
	apiVersion: 'networking.k8s.io/v1',
	kind: 'NetworkPolicy',
	metadata: {name, ...(namespace !== null && {namespace})},
	spec: {podSelector: selectorOf(labels), ...rules, policyTypes},
});

const selectorOf = (labels: LabelMap): object =>
	Object.keys(labels).length === 0 ? {} : {matchLabels: Object.fromEntries(Object.entries(labels).sort())};

/** One rule for each far end, with all its ports; sorted, so that the same needs give the same text. */
function rulesOf(pods: PolicyPods, needs: readonly PolicyNeed[], direction: 'ingress' | 'egress'): readonly object[] {
	const [near, far] = direction === 'ingress' ? (['to', 'from'] as const) : (['from', 'to'] as const);
	const mine = needs.filter(need => {
		const end = need[near];
		return end.kind === 'pods' && podsKey(end) === podsKey(pods);
	});
	const byPeer = Map.groupBy(mine, need => JSON.stringify(peerOf(pods, need[far])));
	return [...byPeer.values()]
		.map(group => {
			const ports = [
				...new Set(group.map(({protocol, port}) => `${String(port).padStart(5, '0')} ${protocol}`)),
			].sort();
			const peer = peerOf(pods, group[0]![far]);
			return {
				ports: ports.map(text => ({protocol: text.slice(6).toUpperCase(), port: Number(text.slice(0, 5))})),
				...(peer !== null && {[far]: [peer]}),
			};
		})
		.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** Null: everyone. */
function peerOf({namespace}: PolicyPods, end: PolicyEnd): object | null {
	switch (end.kind) {
		case 'pods':
			return {
				...(end.namespace !== namespace &&
					end.namespace !== null && {
						namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': end.namespace}},
					}),
				podSelector: selectorOf(end.labels),
			};
		case 'cluster':
			return {namespaceSelector: {}};
		case 'world':
			return null;
		case 'addresses':
			return {ipBlock: {cidr: end.cidr}};
		default:
			return end satisfies never;
	}
}

export const podsKey = ({namespace, labels}: Pick<PolicyPods, 'namespace' | 'labels'>): string =>
	JSON.stringify([namespace, Object.entries(labels).sort()]);
