// Worlds to attack: a topology with what an attacker could find in it, and who may talk to whom as a function. Addresses
// are dealt in order: the first workload of segment `lan` is 10.0.0.1.

import {hostView} from '../../core/attack/host-view.ts';
import {createModelNetwork} from '../../core/attack/model-network.ts';
import type {Evidence} from '../../core/contracts/evidence.ts';
import type {HostView, Network} from '../../core/contracts/network.ts';
import type {Flow} from '../../core/model/flow.ts';
import type {Stack, Verdict} from '../../core/model/policy.ts';
import type {Scenario, StrategyName, TechniqueName} from '../../core/model/scenario.ts';
import type {Address, Secret, Segment, Service, Speaks, Topology, Workload} from '../../core/model/topology.ts';
import type {Evaluator} from '../../core/policy/evaluate.ts';
import {type AttackStory, createAdversary} from '../../scenarios/adversary.ts';
import {place} from './place.ts';
import {workload} from './topology.ts';

/** `services: ['ssh:22', 'weak http:8080', 'dns:53/udp']`: what speaks, where, and whether it is weak. */
export interface HostSpec {
	readonly services?: readonly string[];
	readonly segment?: string;
	readonly holds?: readonly string[];
	readonly knows?: readonly string[];
	/** Secrets that its metadata service gives to it. */
	readonly metadata?: readonly string[];
	/** `db:5432`: a dependency. */
	readonly needs?: readonly string[];
	readonly families?: readonly (4 | 6)[];
	readonly jewel?: boolean;
}

/**
 * `key: 'ssh-key web:ssh db:ssh'`: its kind and what it opens, by workload and what speaks there. `orders-of-deploy web:ssh`
 * is the order key of `deploy`, `well-known db:mysql` a password of admin that nobody changed.
 */
export type SecretSpecs = Readonly<Record<string, string>>;

/** A topology of these hosts; the segment `lan` is 10.0.0.0/26, others 10.0.1.0/26 and so on in order of mention. */
export function attackTopology(hosts: Readonly<Record<string, HostSpec>>, secrets: SecretSpecs = {}): Topology {
	const names = Object.keys(hosts);
	const segmentNames = [...new Set(['lan', ...names.map(name => hosts[name]!.segment ?? 'lan')])];
	const workloads = names.map((name, at) => host(name, hosts[name]!, at + 1, segmentNames));
	return {
		name: 'world',
		environments: [],
		segments: segmentNames.map(segment),
		workloads: [...workloads].sort((a, b) => (a.name < b.name ? -1 : 1)),
		dependencies: names.flatMap(name => (hosts[name]!.needs ?? []).map(need => dependency(name, need, workloads))),
		secrets: Object.entries(secrets).map(([id, spec]) => secret(id, spec)),
		assumptions: [],
		weakByDefault: 'declared',
		files: [],
	};
}

const segment = (name: string, at: number): Segment => ({
	name,
	network: name,
	prefixes: [
		{family: 4, cidr: `10.0.${at}.0/26`},
		{family: 6, cidr: `fd00:${at + 1}::/64`},
	],
});

function host(name: string, spec: HostSpec, number: number, segments: readonly string[]): Workload {
	const home = spec.segment ?? 'lan';
	const at = segments.indexOf(home);
	const addresses: readonly Address[] = [
		{family: 4, address: `10.0.${at}.${number}`, segment: home},
		{family: 6, address: `fd00:${at + 1}::${number.toString(16)}`, segment: home},
	];
	return {
		...workload(name, {segments: [home], holds: spec.holds ?? [], jewel: spec.jewel ?? false}),
		addresses: addresses.filter(({family}) => (spec.families ?? [4, 6]).includes(family)),
		services: (spec.services ?? []).map(service),
		knows: spec.knows ?? [],
		...(spec.metadata !== undefined && {metadata: spec.metadata}),
	};
}

function service(text: string): Service {
	const [, weak, speaks = '', port = '', protocol = 'tcp'] = /^(weak )?(\w+):(\d+)(?:\/(\w+))?$/.exec(text) ?? [];
	return {
		name: speaks,
		protocol: protocol as 'tcp',
		port: Number(port),
		lastPort: Number(port),
		speaks: speaks as Speaks,
		weak: weak === undefined ? [] : ['CVE-2021-44228'],
	};
}

function dependency(from: string, need: string, workloads: readonly Workload[]): Topology['dependencies'][number] {
	const [to = '', port = ''] = need.split(':');
	const found = workloads
		.find(({kind}) => kind === to)
		?.services.find(one => one.port === Number(port.replace('/udp', '')));
	return {
		from: workloads.find(({name}) => name === from)!.kind,
		to,
		protocol: port.endsWith('/udp') ? 'udp' : 'tcp',
		port: Number(port.replace('/udp', '')),
		service: found?.name ?? null,
		dangling: found === undefined,
		vital: false,
		source: 'declared',
		where: place('world.topology.yaml', 1),
	};
}

function secret(id: string, spec: string): Secret {
	const [kind, ...doors] = spec.split(' ');
	const opens = doors.map(door => ({workload: door.split(':')[0]!, service: door.split(':')[1]!}));
	const deploys = /^orders-of-(.+)$/.exec(kind!)?.[1];
	if (deploys !== undefined) return {id, kind: 'ssh-key', user: 'deploy', ordersOf: deploys, opens};
	if (kind === 'well-known') return {id, kind: 'password', user: 'admin', wellKnown: true, opens};
	return {id, kind: kind as Secret['kind'], user: 'ops', opens};
}

/** Whether a packet may go: `(from, to, port)`, workload names and `5432/tcp` or `icmp`; `to` is the address where nobody owns it. */
export type Passes = (from: string, to: string, port: string) => boolean;

/** An evaluator that a test can read: what does not pass is denied by `p0.default` on its way in. */
export function evaluatorOf(passes: Passes): Evaluator {
	const end = (allowed: boolean) => ({
		action: allowed ? ('allow' as const) : ('deny' as const),
		rule: {
			id: allowed ? 'p0.r1' : 'p0.default',
			name: 'test',
			policy: 'p0',
			tier: 'rules' as const,
			where: null,
		},
	});
	const decide = ({source, destination, protocol, port}: Flow) =>
		end(
			passes(
				source.workload ?? source.address,
				destination.workload ?? destination.address,
				protocol === 'icmp' ? 'icmp' : `${port}/${protocol}`,
			),
		);
	return {
		verdict(flow): Verdict {
			const ingress = decide(flow);
			const deciding = {action: ingress.action, rule: ingress.rule, direction: 'ingress' as const};
			return {...deciding, egress: end(true), ingress, asIf: deciding};
		},
		ends: flow => ({
			egress: {inForce: end(true), asIf: end(true)},
			ingress: {inForce: decide(flow), asIf: decide(flow)},
		}),
		stands: () => [
			{place: 'host', direction: 'egress', judges: true},
			{place: 'host', direction: 'ingress', judges: true},
		],
	};
}

export const everythingPasses: Passes = () => true;

const material = ({id}: {readonly id: string}): string => id;

/** The model's network of a world; services are weak where declared. */
export const networkOf = (
	topology: Topology,
	passes: Passes = everythingPasses,
	options: {
		readonly stack?: Stack;
		readonly evaluator?: Evaluator;
		readonly onEvidence?: (action: number, evidence: Evidence) => void;
	} = {},
): Network =>
	createModelNetwork({
		topology,
		stack: [],
		evaluator: evaluatorOf(passes),
		placement: 'host',
		weak: (_, {weak}) => weak.length > 0,
		material,
		...options,
	});

export const viewOf = (topology: Topology, name: string): HostView =>
	hostView(topology, topology.workloads.find(workload => workload.name === name)!, material);

/** Answers nothing, ever: what a technique must not get far with. */
export const muteNetwork: Network = {
	reach: async () => 'silent',
	sweep: async attempts => attempts.map(() => 'silent'),
	talk: async () => ({kind: 'unanswered', answer: 'silent'}),
};

export const allTechniques: readonly TechniqueName[] = [
	'discover-hosts',
	'discover-services',
	'exploit-service',
	'reuse-ssh-key',
	'reuse-password',
	'encrypt',
];

export const scenario = (spec: Partial<Scenario> & {readonly strategy?: StrategyName} = {}): Scenario => ({
	name: 'test',
	tactic: null,
	foothold: null,
	goal: {kind: 'everything'},
	strategy: 'worm',
	techniques: allTechniques,
	weak: null,
	limits: {actions: 10_000, seconds: 600},
	where: place('test.scenario.yaml', 1),
	...spec,
});

/** One attack in the model, on a clock that stands still unless the test moves it. */
export const attack = (
	topology: Topology,
	foothold: string,
	options: {
		readonly passes?: Passes;
		readonly network?: Network;
		readonly scenario?: Partial<Scenario>;
		readonly goals?: readonly string[];
		readonly seed?: number;
		readonly now?: () => number;
	} = {},
): Promise<AttackStory> =>
	createAdversary({
		scenario: scenario(options.scenario),
		seed: options.seed ?? 1,
		network: options.network ?? networkOf(topology, options.passes),
		foothold: viewOf(topology, foothold),
		goals: options.goals ?? [],
		now: options.now ?? (() => 0),
	}).run();
