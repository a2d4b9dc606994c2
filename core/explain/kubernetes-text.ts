// Proposed rules in the words of a manifest: NetworkPolicy networking.k8s.io/v1, AdminNetworkPolicy v1alpha1,
// ClusterNetworkPolicy v1alpha2. Plain values, which `renderYaml` makes text of.
import type {Direction, Policy, PortMatch, Rule, Term} from '../model/policy.ts';

/** An entry of `spec.ingress` or `spec.egress` of an object of that kind. */
export function manifestRule(kind: string, rule: Rule): object {
	const direction = rule.direction ?? 'ingress';
	const far = direction === 'ingress' ? rule.from : rule.to;
	const side = direction === 'ingress' ? 'from' : 'to';
	if (kind === 'NetworkPolicy') return {[side]: far.map(peer), ...(rule.on === null ? {} : {ports: rule.on.map(port)})};
	const cluster = kind === 'ClusterNetworkPolicy';
	const allow = cluster ? 'Accept' : 'Allow';
	const ports =
		rule.on === null ? {} : cluster ? {protocols: rule.on.map(clusterPort)} : {ports: rule.on.map(adminPort)};
	return {
		name: rule.name.slice(0, 100),
		action: rule.action === 'deny' ? 'Deny' : allow,
		[side]: far.map(adminPeer),
		...ports,
	};
}

/** A whole NetworkPolicy for the pods that its `applies` means. */
export function networkPolicyObject({name, applies, rules, directions}: Policy): object {
	const direction: Direction = directions[0] ?? 'ingress';
	const {pod, namespace} = labelsOf(applies[0]!);
	return {
		apiVersion: 'networking.k8s.io/v1',
		kind: 'NetworkPolicy',
		metadata: {name, ...(namespace[namespaceName] === undefined ? {} : {namespace: namespace[namespaceName]})},
		spec: {
			podSelector: selector(pod),
			policyTypes: [direction === 'ingress' ? 'Ingress' : 'Egress'],
			[direction]: rules.map(rule => manifestRule('NetworkPolicy', rule)),
		},
	};
}

/** A whole policy for the cluster, before all others; no other may have its priority. */
export function adminPolicyObject({name, objectKind, applies, guardrails, directions}: Policy): object {
	const direction: Direction = directions[0] ?? 'ingress';
	const kind = objectKind ?? 'AdminNetworkPolicy';
	const newer = kind === 'ClusterNetworkPolicy';
	return {
		apiVersion: `policy.networking.k8s.io/${newer ? 'v1alpha2' : 'v1alpha1'}`,
		kind,
		metadata: {name},
		spec: {
			...(newer ? {tier: 'Admin'} : {}),
			priority: 0,
			subject: adminPeer(applies[0]!),
			[direction]: guardrails.map(rule => manifestRule(kind, rule)),
		},
	};
}

const namespaceName = 'kubernetes.io/metadata.name';

/** The labels that a term asks for, of the pod and of its namespace. */
function labelsOf({requirements}: Term) {
	const of = (wanted: 'label' | 'namespace-label'): Record<string, string> =>
		Object.fromEntries(requirements.flatMap(one => (one.kind === wanted ? [[one.key, one.values?.[0] ?? '']] : [])));
	const named = requirements.flatMap(one => (one.kind === 'namespace' ? one.names : []));
	const namespace = {...of('namespace-label'), ...(named[0] === undefined ? {} : {[namespaceName]: named[0]})};
	return {pod: of('label'), namespace};
}

const selector = (labels: Record<string, string>): object =>
	Object.keys(labels).length === 0 ? {} : {matchLabels: labels};

const cidrOf = ({requirements}: Term): string | undefined =>
	requirements.flatMap(one => (one.kind === 'cidr' ? one.cidrs : []))[0];

function peer(term: Term): object {
	const cidr = cidrOf(term);
	if (cidr !== undefined) return {ipBlock: {cidr}};
	const {pod, namespace} = labelsOf(term);
	return {namespaceSelector: selector(namespace), podSelector: selector(pod)};
}

function adminPeer(term: Term): object {
	const cidr = cidrOf(term);
	if (cidr !== undefined) return {networks: [cidr]};
	const {pod, namespace} = labelsOf(term);
	return {pods: {namespaceSelector: selector(namespace), podSelector: selector(pod)}};
}

const transport = (match: PortMatch): string => ('protocol' in match ? (match.protocol ?? 'tcp') : 'tcp').toUpperCase();
const number = (match: PortMatch): number | string =>
	match.kind === 'range' ? match.first : match.kind === 'service' ? match.name : 0;

const port = (match: PortMatch): object => ({
	protocol: transport(match),
	...(match.kind === 'protocol' ? {} : {port: number(match)}),
});
const adminPort = (match: PortMatch): object => ({portNumber: {protocol: transport(match), port: number(match)}});
const clusterPort = (match: PortMatch): object => ({
	[transport(match).toLowerCase()]: {destinationPort: {number: number(match)}},
});
