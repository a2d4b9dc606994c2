// Cases by chance, for parity: the evaluator against a simple reading of the language, and the model against packets.
import {type Flow, flowKey} from '../../core/model/flow.ts';
import type {Stack} from '../../core/model/policy.ts';
import type {Topology, Workload} from '../../core/model/topology.ts';
import {randomStack} from './random-policy.ts';
import {type RandomTopologyOptions, randomTopology} from './random-topology.ts';
import {type Chance, seeded} from './seeded.ts';

export interface RandomCase {
	readonly seed: number;
	readonly topology: Topology;
	readonly stack: Stack;
}

/** The same case for the same seed. Its topology boots: addresses are distinct and lie in their segments. */
export function randomCase(seed: number, options: RandomTopologyOptions = {multiHomed: true}): RandomCase {
	const chance = seeded(seed);
	const topology = randomTopology(chance, options);
	return {seed, topology, stack: randomStack(chance, topology)};
}

const closedPorts = [1, 9, 53, 80, 1024, 1025, 5432, 5433, 5999, 7000, 7002, 8080, 8081, 65535];

/**
 * Distinct flows between different workloads of the case: to their services, to ports that nothing listens on, and
 * echoes, over both families.
 *
 * @param count - at most so many; a small case may have fewer
 * @param unowned - also between workloads and addresses that no workload owns: for the model, where no packet must go
 */
export function randomFlows(
	{seed, topology}: RandomCase,
	count: number,
	{unowned}: {readonly unowned: boolean} = {unowned: false},
): readonly Flow[] {
	const chance = seeded(seed ^ 0x5eed);
	const flows = new Map<string, Flow>();
	for (let tries = 0; flows.size < count && tries < count * 3; tries++) {
		const flow = randomFlow(chance, topology, unowned && chance.often(0.15));
		if (flow !== undefined) flows.set(flowKey(flow), flow);
	}
	return [...flows.values()];
}

function randomFlow(chance: Chance, {workloads}: Topology, toNobody: boolean): Flow | undefined {
	const source = chance.pick(workloads);
	const from = chance.pick(source.addresses);
	const destination = chance.pick(workloads.filter(workload => workload !== source));
	const to = destination.addresses.filter(({family}) => family === from.family);
	if (to.length === 0) return undefined;
	const foreign = chance.pick(from.family === 4 ? ['203.0.113.7', '198.18.0.200'] : ['2001:db8::7', 'fd00:f1eb::c8']);
	const owned = {workload: destination.name, address: chance.pick(to).address};
	const flow: Flow = {
		source: {workload: source.name, address: from.address},
		destination: toNobody ? {workload: null, address: foreign} : owned,
		family: from.family,
		...randomTarget(chance, destination),
	};
	return toNobody && chance.often(0.3) ? {...flow, source: flow.destination, destination: flow.source} : flow;
}

function randomTarget(chance: Chance, {services}: Workload): Pick<Flow, 'protocol' | 'port'> {
	if (chance.often(0.15)) return {protocol: 'icmp', port: 0};
	if (services.length > 0 && chance.often(0.6)) {
		const {protocol, port, lastPort} = chance.pick(services);
		return {protocol, port: chance.pick([port, lastPort])};
	}
	return {protocol: chance.pick(['tcp', 'udp']), port: chance.pick(closedPorts)};
}
