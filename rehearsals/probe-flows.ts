// Which flows a rehearsal probes: every one that a service answers, from every workload, in both families; and of what
// nothing answers (closed ports, undeclared ones, echo) a sample. Above a size, a sample that leaves no class out.
import {sourceAddress} from '../core/attack/source-address.ts';
import {type Flow, flowKey} from '../core/model/flow.ts';
import {listeningPorts} from '../core/model/listening-ports.ts';
import type {Stack} from '../core/model/policy.ts';
import type {Protocol, Segment, Topology, Workload} from '../core/model/topology.ts';
import {shuffled} from './shuffled.ts';

/** A port to try, and its class: one of a service's, or `other`. */
interface Target {
	readonly protocol: Protocol;
	readonly port: number;
	readonly portClass: string;
}

export interface ProbePlan {
	/** Without duplicates; those asked for (`always`) first, then by source. */
	readonly flows: readonly Flow[];
	/** How many there are in all; more than `flows.length` where they are a sample. */
	readonly population: number;
}

/** Probes in full up to here; beyond it one of every class and then more at random. */
export const largestFull = 60_000;

/** The plan follows from topology, stacks and seed alone, so that control and candidates are asked the same. */
export function probeFlows(
	topology: Topology,
	stacks: readonly Stack[],
	seed: number,
	always: readonly Flow[],
): ProbePlan {
	const undeclared = undeclaredPorts(stacks);
	const classes = new Map<string, Flow[]>();
	const owned = new Set(topology.workloads.map(({name}) => name));
	let population = 0;
	for (const source of topology.workloads) {
		for (const destination of topology.workloads) {
			if (source.name === destination.name || !owned.has(source.name)) continue;
			const targets = [...servicePorts(destination, seed), ...sample(source, destination, undeclared, seed)];
			for (const {protocol, port, portClass} of targets) {
				const flows = flowsBetween(source, destination, topology.segments, protocol, port);
				population += flows.length;
				const key = `${source.kind} ${destination.kind} ${portClass}`;
				const known = classes.get(key);
				if (known === undefined) classes.set(key, flows);
				else known.push(...flows);
			}
		}
	}
	const all = population <= largestFull ? [...classes.values()].flat() : sampleOf([...classes.values()], seed);
	return {flows: unique([...always, ...all]), population};
}

/** One flow of each class, then more at random by the seed. */
function sampleOf(classes: readonly (readonly Flow[])[], seed: number): readonly Flow[] {
	const mixed = classes.map((flows, at) => shuffled(flows, seed + at));
	const first = mixed.flatMap(flows => flows.slice(0, 1));
	const rest = shuffled(
		mixed.flatMap(flows => flows.slice(1)),
		seed,
	);
	return [...first, ...rest.slice(0, Math.max(0, largestFull - first.length))];
}

/** Every address pair of two workloads in the families both have. */
export function flowsBetween(
	source: Workload,
	destination: Workload,
	segments: readonly Segment[],
	protocol: Flow['protocol'],
	port: number,
): Flow[] {
	return destination.addresses.flatMap(({family, address}) => {
		const from = sourceAddress(source, segments, address);
		return from === undefined
			? []
			: [
					{
						source: {workload: source.name, address: from.address},
						destination: {workload: destination.name, address},
						family,
						protocol,
						port,
					},
				];
	});
}

const servicePorts = ({services}: Workload, seed: number): readonly Target[] =>
	services.flatMap(service =>
		listeningPorts(service, seed).map(port => ({
			protocol: service.protocol,
			port,
			portClass: `${service.name} ${service.protocol}`,
		})),
	);

/** Ports that rules name, and two that nobody does: what is open to nothing, or closed by nothing. */
const undeclaredPorts = (stacks: readonly Stack[]): readonly Target[] => {
	const named = stacks
		.flat()
		.flatMap(({guardrails, rules, baseline}) =>
			[...guardrails, ...rules, ...baseline].flatMap(({on}) =>
				(on ?? []).flatMap(match => (match.kind === 'range' ? [{protocol: match.protocol, port: match.first}] : [])),
			),
		);
	const others = [
		{protocol: 'tcp' as const, port: 4444},
		{protocol: 'udp' as const, port: 4444},
		{protocol: 'icmp' as const, port: 0},
	];
	return [...named, ...others].map(({protocol, port}) => ({protocol, port, portClass: `other ${protocol}`}));
};

/** One undeclared port for each pair, in turn, so that all of them are met over the lab. */
function sample(
	source: Workload,
	destination: Workload,
	undeclared: readonly Target[],
	seed: number,
): readonly Target[] {
	const at = (seed + hash(`${source.name} ${destination.name}`)) % undeclared.length;
	const target = undeclared[at]!;
	const listens = destination.services.some(
		({protocol, port, lastPort}) => protocol === target.protocol && port <= target.port && target.port <= lastPort,
	);
	return listens ? [] : [target];
}

/** FNV-1a, 31 bits. */
function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
	return value >>> 1;
}

function unique(flows: readonly Flow[]): readonly Flow[] {
	const seen = new Set<string>();
	return flows.filter(flow => {
		const key = flowKey(flow);
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	});
}
