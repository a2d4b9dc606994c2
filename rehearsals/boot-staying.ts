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
	const own = new Set(topology.workloads.flatMap(({name, run}) => (run === null ? [] : [name])));
	for (const flow of await untilAnswered(booted, asked.flows, own))
		tell(`${renderFlow(flow)}: its own program does not listen in this family`);
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

/**
 * Waits for all of them; gives those to which a user's own program (of a workload in `own`) does not answer, where it does
 * in the other family.
 *
 * @throws FirebreakError `services-silent`
 */
async function untilAnswered(
	booted: BootedLab,
	flows: readonly Flow[],
	own: ReadonlySet<string>,
): Promise<readonly Flow[]> {
	const started = performance.now();
	const answered = new Set<string>();
	let silent = flows;
	for (;;) {
		for (const {flow, outcome} of await booted.probe(silent, probeTimeoutMs))
			if (outcome.kind === 'open') answered.add(renderFlow(flow)).add(portOf(flow));
		silent = silent.filter(flow => !answered.has(renderFlow(flow)));
		if (silent.every(flow => own.has(flow.destination.workload ?? '') && answered.has(portOf(flow)))) return silent;
		if (performance.now() - started > patienceMs) throw servicesSilent(silent);
		await wait(100);
	}
}

const portOf = ({destination, port, protocol}: Flow): string => `${destination.workload}:${port}/${protocol}`;

const servicesSilent = (flows: readonly Flow[]): FirebreakError => {
	const first = flows.slice(0, 3).map(renderFlow).join(', ');
	const more = flows.length > 3 ? ` and ${flows.length - 3} more` : '';
	return new FirebreakError(
		'services-silent',
		`services do not answer though no policy is in force: ${first}${more}`,
		'firebreak doctor says what this machine lacks; nothing of the lab is left',
	);
};
