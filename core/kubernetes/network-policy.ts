// NetworkPolicy v1 to the policies that evaluator and compiler read. One object is one policy that isolates: it speaks for
// the pods it selects, in the directions of its types, and its rules only ever allow.
import type {Direction, Match, Policy, PortMatch, Requirement, Rule, Selector, Term} from '../model/policy.ts';
import type {Place, Problem} from '../model/problem.ts';
import {parseCidr} from './cidr.ts';
import {fieldProblem} from './field-problems.ts';
import {requirementsOf} from './label-selector.ts';
import type {Manifest, Path} from './manifests.ts';
import type {NetworkPolicyObject, Peer, PolicyPort} from './network-policy-schema.ts';

export interface NetworkPolicyInput {
	readonly manifest: Manifest;
	readonly object: NetworkPolicyObject;
	/** Its place in the stack: the policy's id is `p<index>`. */
	readonly index: number;
	/** How reports name it: with its namespace where there are several. */
	readonly name: string;
}

/** The policy that `object` is. Rules of a direction that its `policyTypes` leave out have no effect and are left out. */
export function networkPolicy({manifest, object, index, name}: NetworkPolicyInput): Policy {
	const namespace = object.metadata.namespace || 'default';
	const spec = object.spec ?? {};
	const directions = directionsOf(spec);
	const id = `p${index}`;
	const sources = directions.flatMap(direction =>
		(spec[direction] ?? []).map((rule, at) => ({
			direction,
			at,
			ports: rule.ports,
			peers: 'from' in rule ? rule.from : 'to' in rule ? rule.to : undefined,
		})),
	);
	const rules = sources.map(({direction, at, peers, ports}, position): Rule => {
		const path: Path = ['spec', direction, at];
		const far = peersOf(peers, namespace, (inner: Path) => manifest.place([...path, ...inner]), direction);
		return {
			...matchOf(direction, far, ports, manifest.place(path)),
			id: `${id}.r${position + 1}`,
			name: `${name} ${direction} ${at + 1}`,
			action: 'allow',
			mode: 'enforce',
			direction,
			unless: [],
			note: null,
			where: manifest.place(path),
		};
	});
	const {where} = manifest;
	const inNamespace: Requirement = {kind: 'namespace', names: [namespace], wanted: true};
	const selected = requirementsOf(spec.podSelector, 'label');
	return {
		name,
		id,
		dialect: 'kubernetes',
		objectKind: 'NetworkPolicy',
		default: 'allow',
		mode: 'enforce',
		enforce: [{reach: 'workloads', requirements: [], where}],
		applies: [
			{reach: 'workloads', requirements: [inNamespace, ...selected], where: manifest.place(['spec', 'podSelector'])},
		],
		directions,
		established: 'keep',
		denied: 'drop',
		guardrails: [],
		rules,
		baseline: [],
		isolates: true,
		where,
	};
}

/** Rules that have no effect, for the policy's types leave their direction out. The API takes such a policy without a word. */
export function idleRules({object, manifest}: Pick<NetworkPolicyInput, 'object' | 'manifest'>): readonly Problem[] {
	const spec = object.spec ?? {};
	const idle = (['ingress', 'egress'] as const).filter(
		direction => (spec[direction]?.length ?? 0) > 0 && !directionsOf(spec).includes(direction),
	);
	return idle.map(direction => {
		const type = direction === 'ingress' ? 'Ingress' : 'Egress';
		return fieldProblem(manifest, ['spec', direction], 'has no effect', `policyTypes does not name ${type}`);
	});
}

/** Without types a policy is for ingress, and for egress too where it has an egress rule. Source: SetDefaults_NetworkPolicy. */
function directionsOf(spec: NonNullable<NetworkPolicyObject['spec']>): readonly Direction[] {
	const types = spec.policyTypes ?? [];
	const egress = types.length > 0 ? types.includes('Egress') : (spec.egress?.length ?? 0) > 0;
	const ingress = types.length > 0 ? types.includes('Ingress') : true;
	return [...(ingress ? (['ingress'] as const) : []), ...(egress ? (['egress'] as const) : [])];
}

/** The near end is whatever the policy speaks for, so that end of the rule matches anything. */
function matchOf(
	direction: Direction,
	far: Selector,
	ports: readonly PolicyPort[] | null | undefined,
	where: Place,
): Pick<Match, 'from' | 'to' | 'same' | 'differ' | 'on'> {
	const near: Selector = [{reach: 'anything', requirements: [], where}];
	const ends = direction === 'ingress' ? {from: far, to: near} : {from: near, to: far};
	return {...ends, same: [], differ: [], on: ports == null || ports.length === 0 ? null : ports.map(portOf)};
}

/** A missing or empty list of peers is everyone, the world beyond the cluster included. */
function peersOf(
	peers: readonly Peer[] | null | undefined,
	namespace: string,
	place: (path: Path) => Place,
	direction: Direction,
): Selector {
	if (peers == null || peers.length === 0) return [{reach: 'anything', requirements: [], where: place([])}];
	const field = direction === 'ingress' ? 'from' : 'to';
	return peers.map((peer, at) => peerOf(peer, namespace, place([field, at])));
}

function peerOf({podSelector, namespaceSelector, ipBlock}: Peer, namespace: string, where: Place): Term {
	if (ipBlock != null) {
		const except = (ipBlock.except ?? []).map(text => parseCidr(text)!.text);
		return {reach: 'anything', requirements: [{kind: 'cidr', cidrs: [parseCidr(ipBlock.cidr)!.text], except}], where};
	}
	const own: Requirement = {kind: 'namespace', names: [namespace], wanted: true};
	const namespaces = namespaceSelector == null ? [own] : requirementsOf(namespaceSelector, 'namespace-label');
	return {reach: 'workloads', requirements: [...namespaces, ...requirementsOf(podSelector, 'label')], where};
}

function portOf({protocol, port, endPort}: PolicyPort): PortMatch {
	const transport = (protocol ?? 'TCP').toLowerCase() as 'tcp' | 'udp' | 'sctp';
	if (port == null) return {kind: 'protocol', protocol: transport};
	if (typeof port === 'string') return {kind: 'service', name: port, protocol: transport};
	return {kind: 'range', protocol: transport, first: port, last: endPort ?? port};
}
