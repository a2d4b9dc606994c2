// The network that sends packets: the attacker's attempts as flows from its pivot's namespace, its conversations as real
// connections. What kernel and far end said goes to whoever measures; the attacker gets the answer alone.
import {Socket} from 'node:net';
import {sourceAddress} from '../../core/attack/source-address.ts';
import type {Evidence} from '../../core/contracts/evidence.ts';
import type {Answer, Attempt, Exchange, Network, Reply} from '../../core/contracts/network.ts';
import type {Flow} from '../../core/model/flow.ts';
import type {Topology} from '../../core/model/topology.ts';
import type {Reactor} from '../../kernel/reactor.ts';
import {closeByReset} from '../../kernel/sockets.ts';
import {converse} from './exchange/converse.ts';
import type {Prober} from './prober.ts';
import {answerOnUdp, datagramOf} from './talk-udp.ts';

export interface LabNetworkInput {
	readonly topology: Topology;
	readonly prober: Prober;
	readonly reactor: Reactor;
	readonly timeoutMs: number;
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
	const sweep = async (attempts: readonly Attempt[]): Promise<readonly Answer[]> => {
		const flows = attempts.map(toFlow);
		const sent = flows.filter(flow => flow !== undefined);
		const evidence = await prober.probe(sent, {timeoutMs});
		let at = 0;
		return flows.map((flow, index) => {
			if (flow === undefined) return 'silent';
			const found = evidence[at++]!;
			onEvidence(attempts[index]!.action, found);
			return answer(found);
		});
	};
	return {
		sweep,
		reach: async attempt => (await sweep([attempt]))[0]!,
		async talk(attempt, exchange): Promise<Reply> {
			const flow = toFlow(attempt);
			if (flow === undefined) return {kind: 'unanswered', answer: 'silent'};
			const {evidence, fd} = await prober.open(flow, datagramOf(exchange), timeoutMs);
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
		},
	};
}

/** Undefined where the sender has no address of the destination's family. */
function flowMaker(topology: Topology): (attempt: Attempt) => Flow | undefined {
	const byName = new Map(topology.workloads.map(workload => [workload.name, workload]));
	const owners = new Map(
		topology.workloads.flatMap(({name, addresses}) => addresses.map(({address}) => [address, name])),
	);
	return ({from, to, protocol, port}) => {
		const source = sourceAddress(byName.get(from)!, topology.segments, to);
		return source === undefined
			? undefined
			: {
					source: {workload: from, address: source.address},
					destination: {workload: owners.get(to) ?? null, address: to},
					family: source.family,
					protocol,
					port,
				};
	};
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
