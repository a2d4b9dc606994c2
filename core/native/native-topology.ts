// A resolved topology as a topology file: what an importer found, for people to go on with.
import type {Service, Topology, Workload} from '../model/topology.ts';
import {fixedAddresses, type NativeKind, type NativeNames} from './native-names.ts';
import {type NativeNetwork, nativeNetworks} from './native-networks.ts';

export interface NativeTopology {
	readonly value: Readonly<Record<string, unknown>>;
	/** Sentences for the head of the file. */
	readonly notes: readonly string[];
}

/**
 * The file's content. Replicas that are alike are one workload; namespaces become networks, and those of their labels
 * that policies look at labels. What dangles is told in the notes, for a native file names only what is there.
 */
export function nativeTopology(
	topology: Topology,
	names: NativeNames,
	namespaceKeys: ReadonlySet<string>,
): NativeTopology {
	const networks = nativeNetworks(topology, names);
	const byBase = Map.groupBy(names.kinds, ({base}) => base);
	const entries = [...byBase].map(([base, kinds]) => [
		base,
		writeWorkload(kinds, {topology, names, namespaceKeys, networks}),
	]);
	const dangling = topology.dependencies.filter(one => one.dangling);
	return {
		value: {
			topology: topology.name,
			...(topology.environments.length === 0 || names.pinned ? {} : {environments: [...topology.environments]}),
			networks: Object.fromEntries(networks.map(({name, cidr}) => [name, {cidr}])),
			workloads: Object.fromEntries(entries),
		},
		notes: [
			...topology.assumptions,
			...dangling.map(({from, to, port}) => `left out, for nobody here is ${to}: ${from} needs ${to}:${port}`),
		],
	};
}

interface Writing {
	readonly topology: Topology;
	readonly names: NativeNames;
	readonly namespaceKeys: ReadonlySet<string>;
	readonly networks: readonly NativeNetwork[];
}

function writeWorkload(kinds: readonly NativeKind[], writing: Writing): object {
	const written = kinds.map(kind => details(kind, writing));
	const [first] = kinds;
	if (first!.environment === null) return written[0]!;
	const alike = written.every(one => JSON.stringify(one) === JSON.stringify(written[0]));
	if (alike) return {in: kinds.map(({environment}) => environment), ...written[0]};
	return {in: Object.fromEntries(kinds.map(({environment}, at) => [environment, written[at]]))};
}

function details(kind: NativeKind, {topology, names, namespaceKeys, networks}: Writing): Record<string, unknown> {
	const [first] = kind.members as readonly [Workload, ...Workload[]];
	const labels = {
		...Object.fromEntries(
			Object.entries(first.labels)
				.map(([key, value]) => [names.label(key), value] as const)
				.filter(([key]) => key !== 'env' || kind.environment === null),
		),
		...Object.fromEntries(
			[...namespaceKeys]
				.filter(key => Object.hasOwn(first.namespaceLabels, key))
				.map(key => [names.namespaceLabel(key), first.namespaceLabels[key]]),
		),
	};
	const fixed = names.pinned ? fixedAddresses(first) : [];
	const network = networks.find(({members}) => members.has(first.name));
	const needs = needsOf(kind, topology, names);
	return {
		...(first.outside && {outside: true}),
		...(!first.managed && !first.outside && {managed: false}),
		...(kind.members.length > 1 && {replicas: kind.members.length}),
		...(network !== undefined && !first.outside && {network: network.name}),
		...(fixed.length > 0 && {addresses: fixed}),
		...(Object.keys(labels).length > 0 && {labels}),
		...(first.jewel && {jewel: true}),
		...(first.services.length > 0 && {
			services: Object.fromEntries(
				first.services.map(one => [names.service(one.name, one.protocol), writeService(one)]),
			),
		}),
		...(needs.length > 0 && {needs}),
	};
}

function writeService({protocol, port, lastPort, speaks, weak}: Service): object {
	const range = lastPort === port ? `${port}` : `${port}-${lastPort}`;
	const plainly = speaks === 'tcp' || speaks === 'udp';
	return {
		port: protocol === 'tcp' ? (lastPort === port ? port : range) : `${range}/${protocol}`,
		...(!plainly && {speaks}),
		...(weak.length > 0 && {weak}),
	};
}

/** One need for each dependency and each native kind of its far end. */
function needsOf(kind: NativeKind, topology: Topology, names: NativeNames): readonly string[] {
	return topology.dependencies
		.filter(({from, dangling}) => from === kind.members[0]!.kind && !dangling)
		.flatMap(({to, protocol, port, service}) =>
			names
				.kindsOf(to)
				.filter(target => target !== kind)
				.map(({name}) => `${name}:${service === null ? `${port}/${protocol}` : names.service(service, protocol)}`),
		);
}
