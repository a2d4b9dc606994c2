// Every service of a lab asked, under no policy, until it answers: what is measured afterwards is of services that are there.
import {setTimeout as wait} from 'node:timers/promises';
import type {Evidence} from '../core/contracts/evidence.ts';
import type {Flow} from '../core/model/flow.ts';
import {listeningPorts} from '../core/model/listening-ports.ts';
import type {Topology, Workload} from '../core/model/topology.ts';
import {flowsBetween} from './probe-flows.ts';

/** How long a service may take until it answers: a listener of the lab, and a program that has work to do first. */
const patienceMs = {listener: 10_000, program: 60_000} as const;
const probeTimeoutMs = 1000;
/** Which ports of a range listen. */
export const listeningSeed = 1;

/** Each listening port of each workload in each family, from one neighbour that shares the family. */
export function serviceFlows(topology: Topology): {
	readonly flows: readonly Flow[];
	/** Workloads with services that nobody else can ask. */
	readonly unasked: readonly string[];
} {
	const unasked: string[] = [];
	const flows = topology.workloads.flatMap(workload => {
		const found = workload.services.flatMap(service =>
			listeningPorts(service, listeningSeed).flatMap(port => fromAnybody(topology, workload, service.protocol, port)),
		);
		if (found.length === 0 && workload.services.length > 0) unasked.push(workload.name);
		return found;
	});
	return {flows, unasked};
}

function fromAnybody(
	{workloads, segments}: Topology,
	workload: Workload,
	protocol: Flow['protocol'],
	port: number,
): readonly Flow[] {
	const byFamily = new Map<number, Flow>();
	for (const other of workloads) {
		if (other.name === workload.name) continue;
		for (const flow of flowsBetween(other, workload, segments, protocol, port))
			if (!byFamily.has(flow.family)) byFamily.set(flow.family, flow);
		if (byFamily.size === new Set(workload.addresses.map(({family}) => family)).size) break;
	}
	return [...byFamily.values()];
}

/** Asks until all answer, or for as long as one may take. @returns those that did not */
export async function untilAnswered(
	probe: (flows: readonly Flow[], timeoutMs: number) => Promise<readonly Evidence[]>,
	flows: readonly Flow[],
	by: keyof typeof patienceMs,
): Promise<readonly Flow[]> {
	const started = performance.now();
	let silent = flows;
	for (;;) {
		const found = await probe(silent, probeTimeoutMs);
		silent = found.filter(({outcome}) => outcome.kind !== 'open').map(({flow}) => flow);
		if (silent.length === 0 || performance.now() - started > patienceMs[by]) return silent;
		await wait(100);
	}
}
