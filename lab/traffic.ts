// The business of a lab: real connections of its workloads, with the protocols that the lab speaks. Its packets are
// logged, counted and told as any program's.
import {Socket} from 'node:net';
import type {Evidence} from '../core/contracts/evidence.ts';
import type {FoundSecret} from '../core/contracts/network.ts';
import {serves} from '../core/measure/kinds.ts';
import type {Flow} from '../core/model/flow.ts';
import type {Service, Topology} from '../core/model/topology.ts';
import {type BusinessReply, business, businessDatagram} from '../scenarios/wire/exchange/business.ts';
import {canLogin} from '../scenarios/wire/exchange/login.ts';
import {answerOnUdp} from '../scenarios/wire/talk-udp.ts';
import type {Parts} from './engine-lab.ts';

/** One connection of the business: whether it came about, and what the far end said to it. */
export interface Talked {
	readonly evidence: Evidence;
	/** Null where it did not come about. */
	readonly reply: BusinessReply | null;
}

/** Connections at once. */
const most = 64;
/** How long a service may think. */
const answerMs = 3000;

/** In the order of the flows. Who is asked for a password gives one that it holds for that very service, if it has one. */
export async function talk(
	{prober, reactor, speakers, request}: Pick<Parts, 'prober' | 'reactor' | 'speakers' | 'request'>,
	flows: readonly Flow[],
	timeoutMs: number,
): Promise<readonly Talked[]> {
	const {topology} = request;
	const services = new Map(topology.workloads.map(({name, services: own}) => [name, own]));
	const found: Talked[] = new Array(flows.length);
	const one = async (flow: Flow): Promise<Talked> => {
		const service = services.get(flow.destination.workload ?? '')?.find(own => serves(own, flow.protocol, flow.port));
		const speaks = service?.speaks ?? 'tcp';
		const datagram = businessDatagram(speaks, flow.destination.workload ?? 'lab');
		const {evidence, fd} = await prober.open(flow, datagram, timeoutMs, 'business');
		if (evidence.outcome.kind !== 'open' || fd < 0)
			return {evidence, reply: evidence.outcome.kind === 'open' ? {kind: 'silent'} : null};
		if (flow.protocol === 'udp') {
			const reply = await answerOnUdp({fd, reactor, timeoutMs: answerMs});
			return {evidence, reply: {kind: reply.kind === 'unanswered' ? 'silent' : 'answered'}};
		}
		const socket = new Socket({fd, readable: true, writable: true});
		const secret = service === undefined ? undefined : heldFor(topology, speakers, flow, service);
		return {evidence, reply: await business(socket, speaks, secret, answerMs)};
	};
	let next = 0;
	const work = async (): Promise<void> => {
		for (let at = next++; at < flows.length; at = next++) found[at] = await one(flows[at]!);
	};
	await Promise.all(Array.from({length: Math.min(most, flows.length)}, work));
	return found;
}

/** A secret of the source that opens that service of the destination. */
function heldFor(
	topology: Topology,
	speakers: Parts['speakers'],
	{source, destination}: Flow,
	{name, speaks}: Service,
): FoundSecret | undefined {
	const holder = topology.workloads.find(one => one.name === source.workload);
	const opening = topology.secrets.find(
		({id, opens, kind}) =>
			holder?.holds.includes(id) &&
			canLogin(speaks, {kind}) &&
			opens.some(one => one.workload === destination.workload && one.service === name),
	);
	return opening === undefined ? undefined : speakers.view(holder!).secrets.find(({id}) => id === opening.id);
}
