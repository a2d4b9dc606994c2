// The standards read straight off the objects, with no importer, no tables and no classes between: what the importer and
// both evaluators are held against. Source: NetworkPolicy networking.k8s.io/v1; policy.networking.k8s.io v1alpha1, v1alpha2.
import ipaddr from 'ipaddr.js';

/** An object, or a part of one, as it stands in a manifest; all fields may be missing or null. */
// biome-ignore lint/suspicious/noExplicitAny: what is read here is not validated, which is the point
export type Raw = any;

/** One end of a connection: a pod of the manifests, or an address that no pod has. */
export interface RawEnd {
	readonly address: string;
	readonly pod: {
		readonly namespace: string;
		readonly namespaceLabels: Readonly<Record<string, string>>;
		readonly labels: Readonly<Record<string, string>>;
		readonly hostNetwork: boolean;
		readonly ports: readonly Raw[];
	} | null;
}

export interface RawFlow {
	readonly source: RawEnd;
	readonly destination: RawEnd;
	readonly protocol: 'TCP' | 'UDP' | 'SCTP';
	readonly port: number;
}

type Direction = 'ingress' | 'egress';
const listOf = (value: Raw): readonly Raw[] => value ?? [];

/** Both ends must allow; an end that is no pod has no policy. */
export const allowedByObjects = (objects: readonly Raw[], flow: RawFlow): boolean =>
	(['egress', 'ingress'] as const).every(direction => allowedAt(objects, flow, direction));

function allowedAt(objects: readonly Raw[], flow: RawFlow, direction: Direction): boolean {
	const own = direction === 'egress' ? flow.source : flow.destination;
	if (own.pod === null) return true;
	const admin = tierSays(objects.filter(inTier('Admin')), flow, direction);
	if (admin === 'Allow' || admin === 'Deny') return admin === 'Allow';
	const selecting = objects.filter(
		one => one.kind === 'NetworkPolicy' && typesOf(one.spec ?? {}).includes(direction) && speaksFor(one, own),
	);
	if (selecting.length > 0)
		return selecting.some(one => listOf(one.spec?.[direction]).some(rule => ruleAllows(one, rule, flow, direction)));
	return tierSays(objects.filter(inTier('Baseline')), flow, direction) !== 'Deny';
}

const inTier =
	(tier: 'Admin' | 'Baseline') =>
	({kind, spec}: Raw): boolean =>
		kind === 'ClusterNetworkPolicy'
			? spec.tier === tier
			: kind === (tier === 'Admin' ? 'AdminNetworkPolicy' : 'BaselineAdminNetworkPolicy');

/** The action of the first rule that matches, lowest priority first; undefined where none does. */
function tierSays(policies: readonly Raw[], flow: RawFlow, direction: Direction): string | undefined {
	const [own, far] = direction === 'egress' ? [flow.source, flow.destination] : [flow.destination, flow.source];
	for (const {spec} of policies.toSorted((a, b) => a.spec.priority - b.spec.priority)) {
		if (!adminPeerIs(spec.subject, own)) continue;
		for (const rule of listOf(spec[direction])) {
			const peers = listOf(direction === 'egress' ? rule.to : rule.from);
			const ports: Raw = rule.ports ?? rule.protocols;
			if (!peers.some(peer => adminPeerIs(peer, far))) continue;
			if (ports != null && !ports.some((port: Raw) => adminPortIs(port, flow))) continue;
			return rule.action === 'Accept' ? 'Allow' : rule.action;
		}
	}
	return undefined;
}

/** Pods on their node's network are neither subjects nor peers by selector. */
function adminPeerIs({namespaces, pods, networks}: Raw, {pod, address}: RawEnd): boolean {
	if (networks != null) return networks.some((cidr: string) => inCidr(cidr, address));
	if (pod === null || pod.hostNetwork) return false;
	if (namespaces != null) return selectorHolds(namespaces, pod.namespaceLabels);
	return selectorHolds(pods.namespaceSelector, pod.namespaceLabels) && selectorHolds(pods.podSelector, pod.labels);
}

function adminPortIs(written: Raw, {protocol, port, destination}: RawFlow): boolean {
	const {portNumber, portRange, namedPort, destinationNamedPort, tcp, udp, sctp} = written;
	const named: string | null | undefined = namedPort ?? destinationNamedPort;
	if (named != null)
		return listOf(destination.pod?.ports).some(one => isPort(one, protocol, port) && one.name === named);
	if (portNumber != null) return (portNumber.protocol || 'TCP') === protocol && portNumber.port === port;
	if (portRange != null)
		return (portRange.protocol || 'TCP') === protocol && portRange.start <= port && port <= portRange.end;
	const own: Raw = {TCP: tcp, UDP: udp, SCTP: sctp}[protocol];
	if (own == null) return false;
	const {number, range} = own.destinationPort;
	return number == null ? range.start <= port && port <= range.end : number === port;
}

/** SetDefaults_NetworkPolicy. */
function typesOf({policyTypes, egress}: Raw): readonly Direction[] {
	if (listOf(policyTypes).length > 0) return policyTypes.map((type: string) => type.toLowerCase());
	return listOf(egress).length > 0 ? ['ingress', 'egress'] : ['ingress'];
}

const speaksFor = ({metadata, spec}: Raw, {pod}: RawEnd): boolean =>
	pod!.namespace === (metadata.namespace || 'default') && selectorHolds(spec?.podSelector, pod!.labels);

function ruleAllows({metadata}: Raw, written: Raw, flow: RawFlow, direction: Direction): boolean {
	const rule: Raw = written ?? {};
	const far = direction === 'egress' ? flow.destination : flow.source;
	const peers = listOf(direction === 'egress' ? rule.to : rule.from);
	const ports = listOf(rule.ports);
	return (
		(peers.length === 0 || peers.some(peer => peerIs(peer, far, metadata.namespace || 'default'))) &&
		(ports.length === 0 || ports.some(one => portIs(one ?? {}, flow)))
	);
}

function peerIs({podSelector, namespaceSelector, ipBlock}: Raw, {pod, address}: RawEnd, namespace: string): boolean {
	if (ipBlock != null)
		return inCidr(ipBlock.cidr, address) && !listOf(ipBlock.except).some((cidr: string) => inCidr(cidr, address));
	if (pod === null) return false;
	const there =
		namespaceSelector == null ? pod.namespace === namespace : selectorHolds(namespaceSelector, pod.namespaceLabels);
	return there && selectorHolds(podSelector, pod.labels);
}

function portIs({protocol: written, port: wanted, endPort}: Raw, {protocol, port, destination}: RawFlow): boolean {
	if ((written ?? 'TCP') !== protocol) return false;
	if (wanted == null) return true;
	if (typeof wanted === 'string')
		return listOf(destination.pod?.ports).some(one => isPort(one, protocol, port) && one.name === wanted);
	return wanted <= port && port <= (endPort ?? wanted);
}

const isPort = ({containerPort, protocol: written}: Raw, protocol: string, port: number): boolean =>
	containerPort === port && (written ?? 'TCP') === protocol;

function selectorHolds(selector: Raw, labels: Readonly<Record<string, string>>): boolean {
	const value = (key: string): string | undefined => (Object.hasOwn(labels, key) ? labels[key] : undefined);
	return (
		Object.entries(selector?.matchLabels ?? {}).every(([key, wanted]) => value(key) === (wanted ?? '')) &&
		listOf(selector?.matchExpressions).every(({key, operator, values}) => {
			const own = value(key);
			if (operator === 'Exists') return own !== undefined;
			if (operator === 'DoesNotExist') return own === undefined;
			const listed = own !== undefined && values.includes(own);
			return operator === 'In' ? listed : !listed;
		})
	);
}

function inCidr(cidr: string, address: string): boolean {
	const [range, length] = ipaddr.parseCIDR(cidr);
	const own = ipaddr.parse(address);
	return own.kind() === range.kind() && own.match(range as ipaddr.IPv4 & ipaddr.IPv6, length);
}
