// A rehearsal's topology as a lab that stays: booted under the control, each service asked, a candidate in force.
import {setTimeout as wait} from 'node:timers/promises';
import {FirebreakError} from '../core/model/failure.ts';
import {type Flow, renderFlow} from '../core/model/flow.ts';
import {listeningPorts} from '../core/model/listening-ports.ts';
import type {Candidate, Rehearsal} from '../core/model/rehearsal.ts';
import type {Topology, Workload} from '../core/model/topology.ts';
import {type BootedLab, startStaying} from '../lab/start-staying.ts';
import {flowsBetween} from './probe-flows.ts';
import {control, rulesetsFor} from './rulesets.ts';

/** How long a service may take until it answers. */
const patienceMs = 10_000;
const probeTimeoutMs = 1000;
/** Which ports of a range listen. */
const seed = 1;

export interface StayingInput {
	readonly lab: string;
	readonly rehearsal: Rehearsal;
	readonly candidate: Candidate;
	readonly interrupted: AbortSignal;
	/** What is being done now, for people. */
	readonly tell: (text: string) => void;
}

export interface Stays {
	readonly bootMs: number;
	readonly rootless: boolean;
	/** Ports that answered, and workloads with services that nobody else can ask. */
	readonly answering: number;
	readonly unasked: readonly string[];
}

/**
 * @throws FirebreakError `lab-exists`; `services-silent` where a service does not answer though no policy is in force; and
 * whatever stops a lab. Nothing stays then
 */
export async function bootStaying({lab, rehearsal, candidate, interrupted, tell}: StayingInput): Promise<Stays> {
	const {topology} = rehearsal;
	const rulesets = rulesetsFor(lab, topology, candidate);
	await using booted = await startStaying({
		lab,
		rehearsal,
		rulesets: rulesetsFor(lab, topology, control),
		seed,
		interrupted,
		onStart: () => tell(`booting ${topology.workloads.length} workloads`),
	});
	const asked = serviceFlows(topology);
	tell(`asking ${asked.flows.length} services`);
	await untilAnswered(booted, asked.flows);
	interrupted.throwIfAborted();
	if (candidate.stack.length > 0) {
		tell(`putting ${candidate.name} in force`);
		await booted.apply(rulesets);
	}
	interrupted.throwIfAborted();
	const {name, stack, placement} = candidate;
	await booted.stay({name, stack, placement, observed: false});
	const {bootMs} = booted.booted;
	return {bootMs, rootless: booted.rootless, answering: asked.flows.length, unasked: asked.unasked};
}

/** Each listening port of each workload in each family, from one neighbour that shares the family. */
function serviceFlows(topology: Topology): {readonly flows: readonly Flow[]; readonly unasked: readonly string[]} {
	const unasked: string[] = [];
	const flows = topology.workloads.flatMap(workload => {
		const found = workload.services.flatMap(service =>
			listeningPorts(service, seed).flatMap(port => fromAnybody(topology, workload, service.protocol, port)),
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

async function untilAnswered(booted: BootedLab, flows: readonly Flow[]): Promise<void> {
	const started = performance.now();
	let silent = flows;
	for (;;) {
		const found = await booted.probe(silent, probeTimeoutMs);
		const still = found.filter(({outcome}) => outcome.kind !== 'open');
		if (still.length === 0) return;
		silent = still.map(({flow}) => flow);
		if (performance.now() - started > patienceMs) throw servicesSilent(silent);
		await wait(100);
	}
}

const servicesSilent = (flows: readonly Flow[]): FirebreakError => {
	const first = flows.slice(0, 3).map(renderFlow).join(', ');
	const more = flows.length > 3 ? ` and ${flows.length - 3} more` : '';
	return new FirebreakError(
		'services-silent',
		`services do not answer though no policy is in force: ${first}${more}`,
		'firebreak doctor says what this machine lacks; nothing of the lab is left',
	);
};
