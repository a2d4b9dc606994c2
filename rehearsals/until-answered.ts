// Every service of a lab asked, under no policy, until it answers: what is measured afterwards is of services that are there.
import {setTimeout as wait} from 'node:timers/promises';
import type {Evidence} from '../core/contracts/evidence.ts';
import type {StageStep} from '../core/contracts/stage.ts';
import {type Flow, renderFlow} from '../core/model/flow.ts';
import {listeningPorts} from '../core/model/listening-ports.ts';
import type {Runtime, Topology, Workload} from '../core/model/topology.ts';
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

export interface Unanswered {
	/** Ports that nobody answers. */
	readonly silent: readonly Flow[];
	/** To which a program of the user's does not answer, while it does in the other family: it listens as it likes. */
	readonly otherFamily: readonly Flow[];
}

/**
 * Asks until all answer, or for as long as one may take: a listener of the lab 10 s, a program 60 s.
 *
 * @param programs - workloads whose services are programs of their own
 * @param step - told who has not answered so far
 */
export async function untilAnswered(
	probe: (flows: readonly Flow[], timeoutMs: number) => Promise<readonly Evidence[]>,
	flows: readonly Flow[],
	programs: ReadonlySet<string>,
	step: (step: StageStep) => void,
): Promise<Unanswered> {
	const started = performance.now();
	const answered = new Set<string>();
	const isProgram = ({destination}: Flow): boolean => programs.has(destination.workload ?? '');
	let left = flows;
	for (;;) {
		for (const {flow, outcome} of await probe(left, probeTimeoutMs))
			if (outcome.kind === 'open') answered.add(renderFlow(flow)).add(portOf(flow));
		left = left.filter(flow => !answered.has(renderFlow(flow)));
		const otherFamily = left.filter(flow => isProgram(flow) && answered.has(portOf(flow)));
		const silent = left.filter(flow => !otherFamily.includes(flow));
		const done = flows.length - left.length;
		step({stage: 'answer', text: 'services', done, total: flows.length, waiting: [...new Set(silent.map(portOf))]});
		const waitedMs = performance.now() - started;
		const givenUp = silent.some(flow => waitedMs > patienceMs[isProgram(flow) ? 'program' : 'listener']);
		if (silent.length === 0 || givenUp) return {silent, otherFamily};
		await wait(100);
	}
}

const portOf = ({destination, port, protocol}: Flow): string => `${destination.workload}:${port}/${protocol}`;

/** Workloads of that runtime whose services are programs of their own: of containers those with an image, else `run:`. */
export const ownPrograms = ({workloads}: Topology, runtime: Runtime): ReadonlySet<string> =>
	new Set(workloads.filter(({run, image}) => (runtime === 'docker' ? image : run) !== null).map(({name}) => name));
