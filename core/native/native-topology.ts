// A resolved topology as a topology file: what an importer found, for people to go on with.
import type {Build, Secret, Service, Topology, Workload} from '../model/topology.ts';
import {fixedAddresses, type NativeKind, type NativeNames, plain} from './native-names.ts';
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
			...(topology.secrets.length > 0 && {secrets: writeSecrets(topology, names)}),
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
	const named = first.addresses.flatMap(({fixed, address}) => (fixed === true ? [address] : []));
	const addresses = names.pinned ? fixedAddresses(first) : named;
	const own = networks.filter(({members}) => members.has(first.name)).map(({name}) => name);
	const aliases = (first.aliases ?? []).filter(alias => alias !== kind.name);
	const needs = needsOf(kind, topology, names, 'other');
	const learned = needsOf(kind, topology, names, 'learned');
	return {
		...(first.outside && {outside: true}),
		...(!first.managed && !first.outside && {managed: false}),
		...(kind.members.length > 1 && {replicas: kind.members.length}),
		...(own.length === 1 && {network: own[0]}),
		...(own.length > 1 && {networks: first.segments.filter(name => own.includes(name))}),
		...(addresses.length > 0 && {addresses}),
		...(Object.keys(labels).length > 0 && {labels}),
		...(first.jewel && {jewel: true}),
		...(first.services.length > 0 && {
			services: Object.fromEntries(
				first.services.map(one => [names.service(one.name, one.protocol), writeService(one)]),
			),
		}),
		...(needs.length > 0 && {needs}),
		...(learned.length > 0 && {learned}),
		...(aliases.length > 0 && {aliases}),
		...(first.holds.length > 0 && {holds: first.holds.map(secretName)}),
		...(first.image !== null && {image: first.build === undefined ? first.image : writeBuild(first.build)}),
		...(first.command !== null && first.command.length > 0 && {command: [...first.command]}),
		...(Object.keys(first.variables).length > 0 && {environment: first.variables}),
		...(first.volumes !== undefined && {volumes: first.volumes.map(({source, target}) => `${source}:${target}`)}),
		...(first.healthCheck !== undefined && {healthcheck: first.healthCheck}),
	};
}

const writeBuild = ({context, dockerfile, args, target}: Build): object => ({
	build: context,
	...(dockerfile !== null && {dockerfile}),
	...(Object.keys(args).length > 0 && {args}),
	...(target !== null && {target}),
});

/** Ids of one environment have it behind an @; importers know no such. */
const secretName = (id: string): string => plain(id);

/** Each opens services of workloads by name. */
const writeSecrets = ({secrets, workloads}: Topology, names: NativeNames): object => {
	const byName = new Map(workloads.map(workload => [workload.name, workload]));
	const opening = ({workload, service}: Secret['opens'][number]): object => {
		const {kind, services} = byName.get(workload)!;
		const {protocol} = services.find(({name}) => name === service)!;
		const all = names.kindsOf(kind).map(({name}) => name);
		return {service: names.service(service, protocol), of: {workload: all.length === 1 ? all[0] : all}};
	};
	const written = secrets.map(({id, kind, user, opens}) => {
		const unique = new Map(opens.map(opening).map(one => [JSON.stringify(one), one]));
		return [secretName(id), {kind, user, opens: [...unique.values()]}];
	});
	return Object.fromEntries(written);
};

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
function needsOf(
	kind: NativeKind,
	topology: Topology,
	names: NativeNames,
	source: 'learned' | 'other',
): readonly string[] {
	return topology.dependencies
		.filter(one => one.from === kind.members[0]!.kind && !one.dangling)
		.filter(one => (one.source === 'learned') === (source === 'learned'))
		.flatMap(({to, protocol, port, service}) =>
			names
				.kindsOf(to)
				.filter(target => target !== kind)
				.map(({name}) => `${name}:${service === null ? `${port}/${protocol}` : names.service(service, protocol)}`),
		);
}
