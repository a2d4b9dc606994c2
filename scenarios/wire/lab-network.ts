// The network that sends packets: the attacker's attempts as flows from its pivot's namespace, its conversations as real
// connections. What kernel and far end said goes to whoever measures; the attacker gets the answer alone.
import {Socket} from 'node:net';
import {rawReplyOf} from '../../core/attack/raw-reply.ts';
import type {Evidence} from '../../core/contracts/evidence.ts';
import type {Answer, Attempt, Exchange, Network, Reply} from '../../core/contracts/network.ts';
import type {Flow} from '../../core/model/flow.ts';
import type {Topology} from '../../core/model/topology.ts';
import {closeByReset, resetWhenClosed} from '../../kernel/sockets.ts';
import {answerOf} from './answer-of.ts';
import {boundPorts} from './bound-ports.ts';
import {connectOwn} from './connect-own.ts';
import {type Established, type RideInput, ride} from './established.ts';
import {beaconMessages} from './exchange/beacon.ts';
import {carryOutMessages, dropSpeaker} from './exchange/carry-out.ts';
import {converse} from './exchange/converse.ts';
import type {Message} from './exchange/messages.ts';
import {relayThrough} from './exchange/relay.ts';
import {flowMaker} from './flow-maker.ts';
import type {Listeners} from './listeners.ts';
import {forgeArp, type RawInput, sendRaw} from './raw.ts';
import type {Dial, Relays} from './relays.ts';
import {probeWord} from './sender.ts';
import {sweeper} from './sweep.ts';
import {answerOnUdp, carryOnUdp, datagramOf} from './talk-udp.ts';

export interface LabNetworkInput extends RawInput, RideInput {
	readonly topology: Topology;
	/** Connections that were open before the policy; left out: none. */
	readonly established?: Established;
	readonly tamper: Network['tamper'];
	/** Where the attacker's own listeners are opened. */
	readonly listeners: Pick<Listeners, 'lend'>;
	readonly relays: Pick<Relays, 'expect'>;
	/** True where a denied TCP connection is reset, so that the sender sees it closed: by rule id. */
	readonly resets: (rule: string) => boolean;
	readonly onEvidence: (action: number, evidence: Evidence) => void;
	/** What a program that is not the lab's would say once the conversation has come as far as it. */
	readonly assumed: (attempt: Attempt, exchange: Exchange) => Promise<Reply>;
}

/** How long a conversation may take in all. */
const conversationMs = 5000;

/** A connection that came about, or what its sender saw instead. */
type Opened = {readonly fd: number} | {readonly fd: null; readonly answer: Answer};

export function createLabNetwork(input: LabNetworkInput): Network {
	const {topology, prober, reactor, timeoutMs, onEvidence} = input;
	const toFlow = flowMaker(topology);
	const {sites} = input;
	const bound = boundPorts(prober);
	const owners = new Map(topology.workloads.flatMap(one => one.addresses.map(({address}) => [address, one] as const)));
	const answer = (evidence: Evidence): Answer => answerOf(evidence, input.resets);
	/** Nothing is tried on programs that are not the lab's but to connect. */
	const isForeign = ({to}: Attempt): boolean => sites.get(owners.get(to)?.name ?? '')?.ownServices === true;
	const sweep = sweeper({prober, timeoutMs, toFlow, bound, answer, onEvidence});
	const open = async (attempt: Attempt, first: Buffer): Promise<Opened> => {
		const flow = toFlow(attempt);
		if (flow === undefined) return {fd: null, answer: 'silent'};
		const {evidence, fd} = await prober.open(flow, first, timeoutMs, 'talk', attempt.sourcePort);
		onEvidence(attempt.action, evidence);
		return evidence.outcome.kind === 'open' && fd >= 0 ? {fd} : {fd: null, answer: answer(evidence)};
	};
	/** From a relay's namespace: to its own address past every rule, elsewhere as any attempt of its own. */
	const openFrom = async (attempt: Attempt): Promise<Opened> => {
		if (owners.get(attempt.to)?.name !== attempt.from) return open(attempt, probeWord);
		const {to: address, port} = attempt;
		const fd = await connectOwn(sites.get(attempt.from)!.netns, {address, port}, timeoutMs);
		return fd === null ? {fd, answer: 'closed'} : {fd};
	};

	const speak = async (socket: Socket, attempt: Attempt, exchange: Exchange): Promise<Reply> =>
		exchange.kind === 'relay'
			? relay(socket, attempt, exchange)
			: converse(socket, exchange, {timeoutMs: conversationMs});

	/** Asks the relay for the connection, and says what it made of it; the lab makes it, in the relay's namespace. */
	const relay = async (
		socket: Socket,
		{action, to}: Attempt,
		{way, onward, inner}: Exchange & {kind: 'relay'},
	): Promise<Reply> => {
		let met: Opened | undefined;
		const dial: Dial = async (from, {address, port}) => {
			met = await openFrom({action, from, to: address, protocol: 'tcp', port});
			return met.fd === null ? null : socketOf(met.fd);
		};
		using _ = input.relays.expect(socket, dial);
		const carrying = await relayThrough(socket, way, onward, conversationMs);
		if (carrying === null) {
			return met?.fd === null
				? {kind: 'unanswered', answer: met.answer, beyond: true}
				: {kind: 'unanswered', answer: 'open'};
		}
		const next = {action, from: owners.get(to)!.name, to: onward.address, protocol: 'tcp', port: onward.port} as const;
		return beyond(await (isForeign(next) ? input.assumed(next, inner) : speak(carrying, next, inner)));
	};

	/** As `relay`, where the relay's service is a program of its own that is only assumed to be entered. */
	const assume = async (attempt: Attempt, exchange: Exchange): Promise<Reply> => {
		if (exchange.kind !== 'relay') return input.assumed(attempt, exchange);
		const {way, onward, inner} = exchange;
		if ((await input.assumed(attempt, way)).kind !== 'shell') return {kind: 'unanswered', answer: 'open'};
		const from = owners.get(attempt.to)!.name;
		const next = {action: attempt.action, from, to: onward.address, protocol: 'tcp', port: onward.port} as const;
		const met = await openFrom(next);
		if (met.fd === null) return {kind: 'unanswered', answer: met.answer, beyond: true};
		return beyond(await over(met.fd, next, inner));
	};

	/** One exchange over a connected descriptor, which is closed then. */
	const over = async (fd: number, attempt: Attempt, exchange: Exchange): Promise<Reply> => {
		if (isForeign(attempt) && exchange.kind !== 'exfiltrate') {
			closeByReset(fd);
			return assume(attempt, exchange);
		}
		const socket = socketOf(fd);
		try {
			return await speak(socket, attempt, exchange);
		} finally {
			// Not by libuv's reset, which takes no socket that has said its last word and would keep it (uv_tcp_close_reset).
			socket.destroy();
		}
	};

	/** Over a connection that was there before the policy. */
	const overEstablished = async (attempt: Attempt, flow: Flow, exchange: Exchange): Promise<Reply> => {
		const connection = input.established?.take(flow);
		if (connection === undefined || exchange.kind === 'relay') return {kind: 'unanswered', answer: 'closed'};
		const {evidence, reply} = await ride(input, {flow, connection, exchange});
		onEvidence(attempt.action, evidence);
		return reply ?? {kind: 'unanswered', answer: answer(evidence)};
	};
	const talk = async (attempt: Attempt, exchange: Exchange): Promise<Reply> => {
		if (attempt.established === true) {
			const flow = toFlow(attempt);
			return flow === undefined ? {kind: 'unanswered', answer: 'silent'} : overEstablished(attempt, flow, exchange);
		}
		const messages = attempt.protocol === 'udp' ? messagesOf(exchange) : null;
		const met = await open(attempt, messages?.[0]?.text ?? datagramOf(exchange));
		if (met.fd === null) return {kind: 'unanswered', answer: met.answer};
		if (attempt.protocol !== 'udp') return over(met.fd, attempt, exchange);
		if (isForeign(attempt) && exchange.kind !== 'exfiltrate') {
			closeByReset(met.fd);
			return assume(attempt, exchange);
		}
		const on = {fd: met.fd, reactor, timeoutMs: conversationMs};
		return messages === null ? answerOnUdp(on, exchange) : carryOnUdp(messages, on);
	};
	/** Outside, the attacker listens at whatever port it is; elsewhere nobody takes such data. */
	const carryOut = async (attempt: Attempt, exchange: Exchange & {kind: 'exfiltrate'}): Promise<Reply> => {
		const {to, protocol, port} = attempt;
		const far = owners.get(to);
		if (far?.outside !== true || protocol === 'icmp') {
			const [answer = 'silent'] = await sweep([attempt]);
			return answer === 'open' ? {kind: 'refused'} : {kind: 'unanswered', answer};
		}
		using _ = input.listeners.lend(far.name, {protocol, port}, dropSpeaker);
		return await talk(attempt, exchange);
	};
	return {
		sweep,
		reach: async attempt => (await sweep([attempt]))[0]!,
		talk(attempt, exchange) {
			const say = () => (exchange.kind === 'exfiltrate' ? carryOut(attempt, exchange) : talk(attempt, exchange));
			return attempt.sourcePort === undefined ? say() : bound(attempt, say);
		},
		async raw(attempt, packet) {
			const own = toFlow(attempt);
			const victim = sites.get(own?.destination.workload ?? '');
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

/** Its port can be bound again at once. */
const socketOf = (fd: number): Socket => {
	resetWhenClosed(fd);
	const socket = new Socket({fd, readable: true, writable: true});
	socket.setNoDelay(true);
	socket.on('error', () => undefined);
	return socket;
};

/** What carries data in datagrams; null for what is one request. */
const messagesOf = (exchange: Exchange): readonly Message[] | null =>
	exchange.kind === 'beacon'
		? beaconMessages(exchange.bytes)
		: exchange.kind === 'exfiltrate'
			? carryOutMessages(exchange.bytes)
			: null;

const beyond = (reply: Reply): Reply => (reply.kind === 'unanswered' ? {...reply, beyond: true} : reply);
