// The network that sends packets: the attacker's attempts as flows from its pivot's namespace, its conversations as real
// connections. What kernel and far end said goes to whoever measures; the attacker gets the answer alone.
import {Socket} from 'node:net';
import {rawReplyOf} from '../../core/attack/raw-reply.ts';
import {sourceAddress} from '../../core/attack/source-address.ts';
import type {Evidence} from '../../core/contracts/evidence.ts';
import type {Answer, Attempt, Exchange, Network, Reply} from '../../core/contracts/network.ts';
import type {Flow} from '../../core/model/flow.ts';
import type {Topology} from '../../core/model/topology.ts';
import {closeByReset} from '../../kernel/sockets.ts';
import {boundPorts} from './bound-ports.ts';
import {type Established, type RideInput, ride} from './established.ts';
import {converse} from './exchange/converse.ts';
import {forgeArp, type RawInput, sendRaw} from './raw.ts';
import {answerOnUdp, datagramOf} from './talk-udp.ts';

export interface LabNetworkInput extends RawInput, RideInput {
	readonly topology: Topology;
	/** Connections that were open before the policy; left out: none. */
	readonly established?: Established;
	readonly tamper: Network['tamper'];
	/** True where a denied TCP connection is reset, so that the sender sees it closed: by rule id. */
	readonly resets: (rule: string) => boolean;
	readonly onEvidence: (action: number, evidence: Evidence) => void;
	/** Workloads whose services are programs of their own: nothing is tried on those but to connect. */
	readonly foreign: ReadonlySet<string>;
	/** What such a program would say once the conversation has come as far as it. */
	readonly assumed: (attempt: Attempt, exchange: Exchange) => Promise<Reply>;
}

export function createLabNetwork(input: LabNetworkInput): Network {
	const {prober, timeoutMs, onEvidence} = input;
	const toFlow = flowMaker(input.topology);
	const answer = (evidence: Evidence): Answer => answerOf(evidence, input.resets);
	const bound = boundPorts(prober);
	const probe = (flows: readonly Flow[], attempt: Attempt): Promise<readonly Evidence[]> => {
		const {sourcePort} = attempt;
		return sourcePort === undefined
			? prober.probe(flows, {timeoutMs})
			: bound(attempt, () => prober.probe(flows, {timeoutMs, sourcePort}));
	};
	const sweep = async (attempts: readonly Attempt[]): Promise<readonly Answer[]> => {
		const flows = attempts.map(toFlow);
		const sent = attempts.flatMap((attempt, at) => (flows[at] === undefined ? [] : [{attempt, flow: flows[at]}]));
		const free = sent.filter(({attempt}) => attempt.sourcePort === undefined);
		const found = new Map<Flow, Evidence>();
		const probeAll = async (some: typeof sent): Promise<void> => {
			const evidence = await probe(
				some.map(({flow}) => flow),
				some[0]!.attempt,
			);
			for (const [at, {flow}] of some.entries()) found.set(flow, evidence[at]!);
		};
		await Promise.all([
			...(free.length === 0 ? [] : [probeAll(free)]),
			...sent.filter(one => !free.includes(one)).map(one => probeAll([one])),
		]);
		return flows.map((flow, index) => {
			if (flow === undefined) return 'silent';
			const evidence = found.get(flow)!;
			onEvidence(attempts[index]!.action, evidence);
			return answer(evidence);
		});
	};
	const overEstablished = async (attempt: Attempt, flow: Flow, exchange: Exchange): Promise<Reply> => {
		const connection = input.established?.take(flow);
		if (connection === undefined) return {kind: 'unanswered', answer: 'closed'};
		const {evidence, reply} = await ride(input, {flow, connection, exchange});
		onEvidence(attempt.action, evidence);
		return reply ?? {kind: 'unanswered', answer: answer(evidence)};
	};
	const talk = async (attempt: Attempt, exchange: Exchange): Promise<Reply> => {
		const flow = toFlow(attempt);
		if (flow === undefined) return {kind: 'unanswered', answer: 'silent'};
		if (attempt.established) return overEstablished(attempt, flow, exchange);
		const {evidence, fd} = await prober.open(flow, datagramOf(exchange), timeoutMs, 'talk', attempt.sourcePort);
		onEvidence(attempt.action, evidence);
		if (evidence.outcome.kind !== 'open' || fd < 0) return {kind: 'unanswered', answer: answer(evidence)};
		if (input.foreign.has(flow.destination.workload ?? '')) {
			closeByReset(fd);
			return input.assumed(attempt, exchange);
		}
		if (flow.protocol === 'udp') return answerOnUdp(fd, input.reactor, timeoutMs, exchange);
		const socket = new Socket({fd, readable: true, writable: true});
		socket.setNoDelay(true);
		socket.on('error', () => undefined);
		try {
			return await converse(socket, exchange, {timeoutMs: 5000});
		} finally {
			socket.resetAndDestroy();
		}
	};
	return {
		sweep,
		reach: async attempt => (await sweep([attempt]))[0]!,
		talk: (attempt, exchange) =>
			attempt.sourcePort === undefined ? talk(attempt, exchange) : bound(attempt, () => talk(attempt, exchange)),
		async raw(attempt, packet) {
			const own = toFlow(attempt);
			const victim = input.sites.get(own?.destination.workload ?? '');
			if (own === undefined || victim === undefined) return 'inconclusive';
			if (packet.kind === 'forged-arp') return forgeArp(input, attempt.from, victim, attempt.to);
			const source =
				packet.kind === 'spoofed' ? {workload: toFlow.owner(packet.source), address: packet.source} : own.source;
			const evidence = await sendRaw(input, {flow: {...own, source}, from: attempt.from, packet});
			onEvidence(attempt.action, evidence);
			return rawReplyOf(evidence);
		},
		tamper: input.tamper,
	};
}

interface FlowMaker {
	/** Undefined where the sender has no address of the destination's family. */
	(attempt: Attempt): Flow | undefined;
	/** The workload that has the address, or null. */
	readonly owner: (address: string) => string | null;
}

function flowMaker(topology: Topology): FlowMaker {
	const byName = new Map(topology.workloads.map(workload => [workload.name, workload]));
	const owners = new Map(
		topology.workloads.flatMap(({name, addresses}) => addresses.map(({address}) => [address, name])),
	);
	const owner = (address: string): string | null => owners.get(address) ?? null;
	const flowOf = ({from, to, protocol, port}: Attempt): Flow | undefined => {
		const source = sourceAddress(byName.get(from)!, topology.segments, to);
		return source === undefined
			? undefined
			: {
					source: {workload: from, address: source.address},
					destination: {workload: owner(to), address: to},
					family: source.family,
					protocol,
					port,
				};
	};
	return Object.assign(flowOf, {owner});
}

function answerOf({flow, outcome}: Evidence, resets: LabNetworkInput['resets']): Answer {
	switch (outcome.kind) {
		case 'open':
		case 'closed':
			return outcome.kind;
		case 'denied':
			return flow.protocol === 'tcp' && resets(outcome.rule) ? 'closed' : 'silent';
		case 'inconclusive':
			return flow.destination.workload === null ? 'no-host' : 'silent';
		default:
			return outcome satisfies never;
	}
}
