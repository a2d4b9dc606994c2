// Small topologies by chance, for parity: valid, bootable, and with every feature that a selector can look at.
import type {Address, Segment, Service, Topology, Workload} from '../../core/model/topology.ts';
import type {Chance} from './seeded.ts';
import {service, workload} from './topology.ts';

export interface RandomTopologyOptions {
	/** Workloads with two addresses of a family, in two segments. */
	readonly multiHomed: boolean;
}

/** Segments by number: `app.prod` is 198.18.0.0/20 and fd00:f1eb:0::/64, the next one 198.18.16.0/20 and fd00:f1eb:1::/64 … */
export const randomSegments: readonly Segment[] = ['app.prod', 'app.dev', 'data.prod', 'data.dev', 'ops'].map(
	(name, at) => ({
		name,
		network: name.split('.')[0]!,
		prefixes: [
			{family: 4, cidr: `198.18.${at * 16}.0/20`},
			{family: 6, cidr: `fd00:f1eb:${at}::/64`},
		],
	}),
);

const serviceTexts = [
	'http:80',
	'http:8080',
	'data:5432',
	'data:5433/udp',
	'names:53/udp',
	'names:53',
	'many:7000-7003',
];

/** 3 to 8 workloads, each with its own addresses; the same chance gives the same topology. */
export function randomTopology(chance: Chance, options: RandomTopologyOptions): Topology {
	const onlyIpv4 = chance.often(0.1);
	const workloads = Array.from({length: 3 + chance.below(6)}, (_, at) =>
		randomWorkload(chance, at, onlyIpv4, options),
	).sort((a, b) => (a.name < b.name ? -1 : 1));
	return {
		name: 'random',
		environments: ['dev', 'prod'],
		segments: randomSegments,
		workloads,
		dependencies: [],
		secrets: [],
		assumptions: [],
		weakByDefault: 'declared',
		files: [],
	};
}

function randomWorkload(chance: Chance, at: number, onlyIpv4: boolean, {multiHomed}: RandomTopologyOptions): Workload {
	const environment = chance.pick(['prod', 'dev', null]);
	const base = chance.pick(['web', 'api', 'db']);
	const outside = chance.often(0.1);
	const homes = pickHomes(chance, environment, multiHomed && chance.often(0.25) ? 2 : 1);
	const [plain] = [
		workload(`${base}-${at + 1}${environment === null ? '' : `.${environment}`}`, {
			labels: randomLabels(chance),
			segments: homes.map(home => randomSegments[home]!.name),
			...(chance.often(0.4) ? {namespace: chance.pick(['shop', 'ops']), namespaceLabels: randomLabels(chance)} : {}),
			outside,
			managed: !chance.often(0.1),
		}),
	];
	return {
		...plain!,
		addresses: homes.flatMap(home => addressesIn(home, at, onlyIpv4)),
		services: distinctPorts(chance.some(serviceTexts, 0.3).map(text => service(text))),
	};
}

/** Segments (by number) of the workload's environment, or any where it has none. */
function pickHomes(chance: Chance, environment: string | null, count: number): readonly number[] {
	const fitting = randomSegments.flatMap(({name}, at) =>
		environment === null || !name.includes('.') || name.endsWith(`.${environment}`) ? [at] : [],
	);
	const first = chance.pick(fitting);
	return count === 1 ? [first] : [first, chance.pick(fitting.filter(home => home !== first))];
}

const addressesIn = (home: number, at: number, onlyIpv4: boolean): readonly Address[] => {
	const segment = randomSegments[home]!.name;
	const ipv4: Address = {family: 4, address: `198.18.${home * 16}.${at + 2}`, segment};
	const group = home === 0 ? 'fd00:f1eb::' : `fd00:f1eb:${home}::`;
	return onlyIpv4 ? [ipv4] : [ipv4, {family: 6, address: `${group}${(at + 2).toString(16)}`, segment}];
};

/** `constructor` is a label like any other. */
const randomLabels = (chance: Chance): Record<string, string> =>
	Object.fromEntries(
		chance.some(['tier', 'app', 'constructor'], 0.6).map(key => [key, chance.pick(['red', 'green', 'blue'])]),
	);

const distinctPorts = (services: readonly Service[]): readonly Service[] =>
	services.filter(
		({port, protocol}, at) => services.findIndex(other => other.port === port && other.protocol === protocol) === at,
	);
