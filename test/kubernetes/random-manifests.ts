// Manifests by chance: every feature of the policies, and every way to leave a field out.
import type {Chance} from '../builders/seeded.ts';
import type {Raw} from './direct-reading.ts';

const namespaces = ['default', 'shop', 'ops', 'bare'];
const keys = ['app', 'tier', 'constructor'];
const values = ['a', 'b', ''];
const portNames = ['http', 'dns', 'admin'];
const protocols = ['TCP', 'UDP', 'SCTP'];
export const portsAsked: readonly number[] = [1, 53, 79, 80, 81, 90, 8080, 65_535];
const cidrs: readonly (readonly [cidr: string, except: readonly string[]])[] = [
	['10.0.0.0/24', ['10.0.0.2/32', '10.0.0.0/30']],
	['10.0.0.3/29', ['10.0.0.4/30']],
	['0.0.0.0/0', ['10.0.0.0/8', '203.0.113.0/24', '10.0.0.0/28']],
	['203.0.113.0/25', ['203.0.113.64/26']],
	['::/0', ['fd00::/16', 'FD00:0::2/128']],
	['fd00::0/125', ['fd00::4/126']],
];

/** Missing, null, or what is given. */
const perhaps = (chance: Chance, key: string, make: () => Raw): Raw =>
	chance.often(0.3) ? (chance.often(0.5) ? {} : {[key]: null}) : {[key]: make()};
const many = <T>(chance: Chance, most: number, make: () => T): T[] =>
	Array.from({length: chance.below(most + 1)}, make);
const oneOrMore = <T>(chance: Chance, most: number, make: () => T): T[] => [make(), ...many(chance, most - 1, make)];

const labels = (chance: Chance): Raw =>
	Object.fromEntries(chance.some(keys, 0.5).map(key => [key, chance.pick(values)]));

function selector(chance: Chance): Raw {
	const expression = (): Raw => {
		const operator = chance.pick(['In', 'NotIn', 'Exists', 'DoesNotExist']);
		const key = chance.pick(keys);
		if (operator === 'In' || operator === 'NotIn')
			return {key, operator, values: oneOrMore(chance, 2, () => chance.pick(values))};
		return {key, operator, ...perhaps(chance, 'values', () => [])};
	};
	if (chance.often(0.25)) return {};
	return {
		...(chance.often(0.4) && perhaps(chance, 'matchLabels', () => labels(chance))),
		...(chance.often(0.6) && perhaps(chance, 'matchExpressions', () => many(chance, 2, expression))),
	};
}

const namespaceSelector = (chance: Chance): Raw =>
	chance.often(0.3) ? {matchLabels: {'kubernetes.io/metadata.name': chance.pick(namespaces)}} : selector(chance);

function peer(chance: Chance): Raw {
	if (chance.often(0.3)) {
		const [cidr, except] = chance.pick(cidrs);
		return {ipBlock: {cidr, ...perhaps(chance, 'except', () => chance.some(except, 0.5))}};
	}
	const [pods, spaces] = chance.pick([
		[true, false],
		[false, true],
		[true, true],
	] as const);
	return {
		...(pods ? {podSelector: selector(chance)} : perhaps(chance, 'ipBlock', () => null)),
		...(spaces && {namespaceSelector: namespaceSelector(chance)}),
	};
}

function port(chance: Chance): Raw {
	const protocol = perhaps(chance, 'protocol', () => chance.pick(protocols));
	if (chance.often(0.2)) return protocol;
	if (chance.often(0.4)) return {...protocol, port: chance.pick(portNames)};
	const first = chance.pick(portsAsked);
	return {...protocol, port: first, ...perhaps(chance, 'endPort', () => Math.min(65_535, first + chance.below(12)))};
}

/** A NetworkPolicy v1. */
export function randomNetworkPolicy(chance: Chance, name: string): Raw {
	const rule = (field: string) => (): Raw =>
		chance.often(0.08)
			? null
			: {
					...perhaps(chance, field, () => many(chance, 3, () => peer(chance))),
					...perhaps(chance, 'ports', () => many(chance, 2, () => (chance.often(0.05) ? null : port(chance)))),
				};
	const spec = {
		...perhaps(chance, 'podSelector', () => selector(chance)),
		...perhaps(chance, 'ingress', () => many(chance, 2, rule('from'))),
		...perhaps(chance, 'egress', () => many(chance, 2, rule('to'))),
		...perhaps(chance, 'policyTypes', () => chance.some(['Egress', 'Ingress'], 0.5)),
	};
	const namespace = perhaps(chance, 'namespace', () => chance.pick([...namespaces, 'nowhere', '']));
	const body = chance.often(0.04) ? {} : {spec};
	return {apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: {name, ...namespace}, ...body};
}

const pods = (chance: Chance): Raw =>
	chance.often(0.5)
		? {namespaces: namespaceSelector(chance)}
		: {pods: {namespaceSelector: namespaceSelector(chance), podSelector: selector(chance)}};

/** A policy for the whole cluster, of the older API where `newer` is false. */
export function randomClusterPolicy(
	chance: Chance,
	{newer, tier, priority}: {newer: boolean; tier: string; priority: number},
): Raw {
	const admin = tier === 'Admin';
	const to = (): Raw =>
		chance.often(0.3) ? {networks: [...new Set(oneOrMore(chance, 2, () => chance.pick(cidrs)[0]))]} : pods(chance);
	const range = (): Raw => {
		const start = chance.pick([53, 79, 80]);
		return {start, end: start + 1 + chance.below(9)};
	};
	const match = (): Raw => {
		const protocol = chance.pick(protocols);
		if (chance.often(0.3))
			return {[newer ? 'destinationNamedPort' : 'namedPort']: chance.pick([...portNames, '80', '53_udp'])};
		const single = chance.often(0.5);
		if (newer)
			return {
				[protocol.toLowerCase()]: {destinationPort: single ? {number: chance.pick(portsAsked)} : {range: range()}},
			};
		const own = perhaps(chance, 'protocol', () => protocol);
		return single ? {portNumber: {...own, port: chance.pick(portsAsked)}} : {portRange: {...own, ...range()}};
	};
	const actions = [newer ? 'Accept' : 'Allow', 'Deny', ...(newer || admin ? ['Pass'] : [])];
	const rule = (field: string, make: () => Raw) => (): Raw => ({
		action: chance.pick(actions),
		[field]: oneOrMore(chance, 2, make),
		...perhaps(chance, newer ? 'protocols' : 'ports', () => oneOrMore(chance, 2, match)),
	});
	return {
		apiVersion: `policy.networking.k8s.io/${newer ? 'v1alpha2' : 'v1alpha1'}`,
		kind: newer ? 'ClusterNetworkPolicy' : admin ? 'AdminNetworkPolicy' : 'BaselineAdminNetworkPolicy',
		metadata: {name: newer || admin ? `${tier.toLowerCase()}-${priority}` : 'default'},
		spec: {
			...(newer && {tier}),
			...((newer || admin) && {priority}),
			subject: pods(chance),
			...perhaps(chance, 'ingress', () =>
				many(
					chance,
					3,
					rule('from', () => pods(chance)),
				),
			),
			...perhaps(chance, 'egress', () => many(chance, 3, rule('to', to))),
		},
	};
}

/** A pod with addresses of one or both families. */
export function randomPod(chance: Chance, number: number): Raw {
	const container = (): Raw => ({
		name: 'c',
		...perhaps(chance, 'ports', () =>
			many(chance, 4, () => ({
				...perhaps(chance, 'name', () => chance.pick(portNames)),
				containerPort: chance.pick([53, 80, 81]),
				...perhaps(chance, 'protocol', () => chance.pick(protocols)),
			})),
		),
	});
	const own = [`10.0.0.${number}`, ...(chance.often(0.7) ? [`fd00::${number.toString(16)}`] : [])];
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			name: `pod${number}`,
			...perhaps(chance, 'namespace', () => chance.pick(namespaces)),
			...perhaps(chance, 'labels', () => labels(chance)),
		},
		spec: {
			...perhaps(chance, 'hostNetwork', () => chance.often(0.2)),
			containers: oneOrMore(chance, 2, container),
		},
		status: chance.often(0.5) ? {podIP: own[0], podIPs: own.map(ip => ({ip}))} : {podIPs: own.map(ip => ({ip}))},
	};
}

/** Some of the namespaces as objects; pods of the others have the label that the API server gives, and no more. */
export const randomNamespaces = (chance: Chance): Raw[] =>
	chance.some(namespaces, 0.7).map(name => ({
		apiVersion: 'v1',
		kind: 'Namespace',
		metadata: {name, ...perhaps(chance, 'labels', () => labels(chance))},
	}));
