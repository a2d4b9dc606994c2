// Parts to a resolved topology, without environments: what importers of Compose and containerlab files end with.
import {aliasesOf, reservedLabels} from '../files/name.ts';
import {overlap} from '../model/addresses.ts';
import {type Parsed, type Problem, sortProblems} from '../model/problem.ts';
import type {Dependency, LabelMap, Secret, Segment, Service, Topology, Workload} from '../model/topology.ts';
import {allotHosts} from './allot-hosts.ts';
import {allotNetworks, beyond, ipv6Of} from './allot-networks.ts';
import {nameListeners} from './name-listeners.ts';
import type {MachinePart, Need, NetworkPart, Parts} from './parts.ts';

const mostWorkloads = 100_000;

/** The topology, in which everybody who shares a network knows of the other; or what is wrong with addresses and counts. */
export function assemble(given: Parts): Parsed<Topology> {
	const parts = placeOutside({...given, machines: [...given.machines].sort(byFirstReplica)});
	const count = parts.machines.reduce((sum, {replicas}) => sum + replicas, 0);
	if (parts.machines.every(({outside}) => outside))
		return wrong(parts, 'there is nothing in it that can be compromised');
	if (count > mostWorkloads) return wrong(parts, `it has ${count} workloads, at most ${mostWorkloads} can be named`);
	const {ranges, problems} = allotNetworks(parts);
	if (problems.length > 0) return {kind: 'wrong', problems: sortProblems(problems)};
	const hosts = allotHosts(parts.machines, ranges);
	if (hosts.problems.length > 0) return {kind: 'wrong', problems: sortProblems(hosts.problems)};
	const services = new Map(parts.machines.map(({name, listeners}) => [name, nameListeners(listeners)]));
	const names = replicaNames(parts.machines);
	const workloads = parts.machines.flatMap(machine =>
		hosts.addresses.get(machine)!.map(
			(addresses, at): Workload => ({
				...shared(machine, parts, services.get(machine.name)!),
				name: names.get(machine)![at]!,
				addresses,
			}),
		),
	);
	const value: Topology = {
		name: parts.name,
		environments: [],
		segments: [...ranges].map(([name, cidr]) => segment(name, cidr)),
		workloads: workloads.sort((a, b) => (a.name < b.name ? -1 : 1)),
		dependencies: tidy(parts.needs, services),
		secrets: secretsOf(parts, services, names),
		assumptions: parts.assumptions,
		weakByDefault: 'all',
		files: [],
	};
	return {kind: 'ok', value, warnings: []};
}

const wrong = ({where}: Parts, what: string): Parsed<Topology> => ({
	kind: 'wrong',
	problems: [{where, what, mend: ''}] satisfies Problem[],
});

/** Topology files give addresses in this order too, so that those written from this have the same. */
const byFirstReplica = (a: MachinePart, b: MachinePart): number => (firstName(a) < firstName(b) ? -1 : 1);
const firstName = ({name, replicas}: MachinePart): string => (replicas === 1 ? name : `${name}-1`);

/** Outside hosts without a network in the documentation range, or in one of their own where somebody else is there. */
function placeOutside(parts: Parts): Parts {
	const free = !parts.networks.some(({cidr}) => cidr !== null && overlap(cidr, beyond.ipv4));
	const names = new Set(parts.networks.map(({name}) => name));
	const name = free ? beyond.name : names.has('world') ? 'world-outside' : 'world';
	const homeless = parts.machines.filter(({outside, attachments}) => outside && attachments.length === 0);
	if (homeless.length === 0) return parts;
	const network: NetworkPart = {name, cidr: free ? beyond.ipv4 : null, where: parts.where};
	const attachment = {network: name, address: null, where: parts.where};
	const placed = (one: MachinePart): MachinePart =>
		homeless.includes(one) ? {...one, attachments: [attachment]} : one;
	return {...parts, networks: [...parts.networks, network], machines: parts.machines.map(placed)};
}

const segment = (name: string, cidr: string): Segment => ({
	name,
	network: name,
	prefixes: [
		{family: 4, cidr},
		{family: 6, cidr: ipv6Of(name, cidr)},
	],
});

/** `web-1`, `web-2`; numbers that other machines have for a name are passed over. */
function replicaNames(machines: readonly MachinePart[]): ReadonlyMap<MachinePart, readonly string[]> {
	const taken = new Set(machines.map(({name}) => name));
	return new Map(
		machines.map(machine => {
			if (machine.replicas === 1) return [machine, [machine.name]];
			const names: string[] = [];
			for (let number = 1; names.length < machine.replicas; number++) {
				const name = `${machine.name}-${number}`;
				if (!taken.has(name)) names.push(name);
			}
			for (const name of names) taken.add(name);
			return [machine, names];
		}),
	);
}

function shared(
	machine: MachinePart,
	{machines}: Parts,
	services: readonly Service[],
): Omit<Workload, 'name' | 'addresses'> {
	const networks = machine.attachments.map(({network}) => network);
	const near = machines.filter(
		one => one !== machine && !one.outside && one.attachments.some(({network}) => networks.includes(network)),
	);
	const aliases = aliasesOf(machine.aliases, [machine.name]);
	return {
		kind: machine.name,
		base: machine.name,
		environment: null,
		labels: nativeLabels(machine.labels),
		namespace: null,
		namespaceLabels: {},
		segments: [...new Set(networks)],
		services,
		holds: [...machine.holds].sort(),
		jewel: false,
		outside: machine.outside,
		managed: machine.managed && !machine.outside,
		assumed: false,
		knows: near.map(({name}) => name).sort(),
		...(aliases.length > 0 && {aliases}),
		run: null,
		image: machine.image,
		...(machine.build !== undefined && {build: machine.build}),
		...((machine.volumes ?? []).length > 0 && {volumes: machine.volumes!}),
		...(machine.healthCheck !== undefined && {healthCheck: machine.healthCheck}),
		command: machine.command,
		variables: machine.variables,
		where: machine.where,
	};
}

/** Under the keys that topology files have them by: what a selector would take for a word of its own has another. */
const nativeLabels = (labels: LabelMap): LabelMap =>
	Object.fromEntries(
		Object.entries(labels).map(([key, value]) => [reservedLabels.includes(key) ? `label/${key}` : key, value]),
	);

type Services = ReadonlyMap<string, readonly Service[]>;

const serviceAt = (services: Services, to: string, port: number, protocol: string): Service | undefined =>
	services.get(to)?.find(one => one.protocol === protocol && one.port <= port && port <= one.lastPort);

/** Sorted, one for each flow: what somebody said before what is assumed. */
function tidy(needs: readonly Need[], services: Services): readonly Dependency[] {
	const byFlow = new Map<string, Dependency>();
	const spoken = [...needs].sort((a, b) => Number(a.source === 'assumed') - Number(b.source === 'assumed'));
	for (const need of spoken) {
		const service = serviceAt(services, need.to, need.port, need.protocol)?.name ?? null;
		const key = JSON.stringify([need.from, need.to, need.protocol, need.port]);
		if (need.from !== need.to && !byFlow.has(key))
			byFlow.set(key, {...need, service, dangling: service === null, vital: false});
	}
	const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
	return [...byFlow.values()].sort(
		(a, b) => compare(a.from, b.from) || compare(a.to, b.to) || a.port - b.port || compare(a.protocol, b.protocol),
	);
}

function secretsOf(
	{secrets, machines}: Parts,
	services: Services,
	names: ReadonlyMap<MachinePart, readonly string[]>,
): readonly Secret[] {
	const byName = new Map(machines.map(machine => [machine.name, machine]));
	return secrets
		.map(secret => ({
			...secret,
			opens: secret.opens.flatMap(({machine, port}) => {
				const service = serviceAt(services, machine, port, 'tcp')?.name;
				const its = byName.get(machine);
				if (service === undefined || its === undefined) return [];
				return names.get(its)!.map(workload => ({workload, service}));
			}),
		}))
		.sort((a, b) => (a.id < b.id ? -1 : 1));
}
