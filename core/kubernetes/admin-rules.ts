// The rules of AdminNetworkPolicies, BaselineAdminNetworkPolicies and ClusterNetworkPolicies in one form.
import type {Action, Direction, PortMatch} from '../model/policy.ts';
import type {AdminPeer} from './admin-peer-schema.ts';
import type {
	AdminNetworkPolicyObject,
	BaselineAdminNetworkPolicyObject,
	ClusterNetworkPolicyObject,
} from './admin-policy-schema.ts';
import type {AlphaPort, ClusterProtocol} from './admin-port-schema.ts';
import {isListenerNumber} from './listeners.ts';
import type {Path} from './manifests.ts';

export interface AdminRule {
	readonly direction: Direction;
	/** Its place in `ingress` or `egress`. */
	readonly at: number;
	readonly name: string | null;
	readonly action: Action;
	readonly peers: readonly AdminPeer[];
	readonly on: readonly PortMatch[] | null;
	/** Where it names a port as no port can be called. */
	readonly unnameable: readonly Path[];
}

const directions = ['ingress', 'egress'] as const;
const actions = {Allow: 'allow', Accept: 'allow', Deny: 'deny', Pass: 'pass'} as const;

/** Rules of v1alpha1, ingress first. */
export const alphaRules = ({spec}: AdminNetworkPolicyObject | BaselineAdminNetworkPolicyObject): readonly AdminRule[] =>
	directions.flatMap(direction =>
		(spec[direction] ?? []).map(
			(rule, at): AdminRule => ({
				direction,
				at,
				name: rule.name || null,
				action: actions[rule.action],
				peers: 'from' in rule ? rule.from : rule.to,
				...portsOf(rule.ports, alphaPort, 'ports'),
			}),
		),
	);

/**
 * Rules of v1alpha2, ingress first. A Pass of the Baseline tier leads to the next tier, which is the cluster's default and
 * allows: so it is an allow here.
 */
export const clusterRules = ({spec}: ClusterNetworkPolicyObject): readonly AdminRule[] =>
	directions.flatMap(direction =>
		(spec[direction] ?? []).map(
			(rule, at): AdminRule => ({
				direction,
				at,
				name: rule.name || null,
				action: spec.tier === 'Baseline' && rule.action === 'Pass' ? 'allow' : actions[rule.action],
				peers: 'from' in rule ? rule.from : rule.to,
				...portsOf(rule.protocols, clusterPort, 'protocols'),
			}),
		),
	);

/** The CRDs take any text for a name, also `80`: no port is called so, whatever ports without a name are called here. */
function portsOf<Port>(
	written: readonly Port[] | null | undefined,
	match: (port: Port) => PortMatch,
	field: string,
): Pick<AdminRule, 'on' | 'unnameable'> {
	const all = written?.map(match) ?? null;
	const isMeant = (one: PortMatch): boolean => one.kind !== 'service' || !isListenerNumber(one.name);
	return {
		on: all?.filter(isMeant) ?? null,
		unnameable: (all ?? []).flatMap((one, at): readonly Path[] => (isMeant(one) ? [] : [[field, at]])),
	};
}

type Transport = 'tcp' | 'udp' | 'sctp';
const transportOf = (protocol: string | null | undefined): Transport => (protocol || 'TCP').toLowerCase() as Transport;
const range = (protocol: Transport, first: number, last = first): PortMatch => ({kind: 'range', protocol, first, last});
/** A port's name says its protocol too. */
const named = (name: string): PortMatch => ({kind: 'service', name, protocol: null});

function alphaPort({portNumber, portRange, namedPort}: AlphaPort): PortMatch {
	if (portNumber != null) return range(transportOf(portNumber.protocol), portNumber.port);
	if (portRange != null) return range(transportOf(portRange.protocol), portRange.start, portRange.end);
	return named(namedPort!);
}

function clusterPort({tcp, udp, sctp, destinationNamedPort}: ClusterProtocol): PortMatch {
	if (destinationNamedPort != null) return named(destinationNamedPort);
	const protocol = tcp != null ? 'tcp' : udp != null ? 'udp' : 'sctp';
	const port = (tcp ?? udp ?? sctp)!.destinationPort!;
	return port.number == null ? range(protocol, port.range!.start, port.range!.end) : range(protocol, port.number);
}
