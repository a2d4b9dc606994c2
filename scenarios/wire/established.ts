// Connections that were open before a policy came, and what is said over one of them afterwards.
import {Socket} from 'node:net';
import type {Evidence} from '../../core/contracts/evidence.ts';
import type {Reply} from '../../core/contracts/network.ts';
import {type Flow, flowKey} from '../../core/model/flow.ts';
import {closeByReset} from '../../kernel/sockets.ts';
import {converse, type Direct} from './exchange/converse.ts';
import type {Listeners} from './listeners.ts';
import type {Prober} from './prober-contract.ts';
import {probeWord} from './sender.ts';

/** A connection that nobody has said anything over; its descriptor is whoever's takes it. */
export interface OpenConnection {
	readonly fd: number;
	readonly sourcePort: number;
}

export interface Established extends Disposable {
	/** One of that flow; undefined where none is left. */
	take(flow: Flow): OpenConnection | undefined;
}

/** So many of each flow: one for each thing that may be said. */
const eachFlow = 2;
/** How often the far end is asked what it has received. */
const lookMs = 2;

/** Real connections of these flows, all of tcp; those that do not come about are left out. */
export async function openConnections(prober: Prober, flows: readonly Flow[], timeoutMs: number): Promise<Established> {
	const open = new Map<string, OpenConnection[]>();
	const openOne = async (flow: Flow): Promise<void> => {
		const sourcePort = prober.ownPort();
		const {fd} = await prober.open(flow, probeWord, timeoutMs, 'talk', sourcePort);
		if (fd < 0) return;
		const key = flowKey(flow);
		open.set(key, [...(open.get(key) ?? []), {fd, sourcePort}]);
	};
	await Promise.all(flows.flatMap(flow => Array.from({length: eachFlow}, () => openOne(flow))));
	return {
		take: flow => open.get(flowKey(flow))?.pop(),
		[Symbol.dispose]() {
			for (const {fd} of [...open.values()].flat()) closeByReset(fd);
			open.clear();
		},
	};
}

export interface RideInput {
	readonly prober: Prober;
	readonly timeoutMs: number;
	readonly conversation: Listeners['conversation'];
}

/**
 * Speaks over a connection that is open. Rules that keep it log nothing, so that the far end is the one witness of its
 * arrival; rules that cut it log the denial of its next packet.
 */
export async function ride(
	{prober, timeoutMs, conversation}: RideInput,
	{flow, connection, exchange}: {flow: Flow; connection: OpenConnection; exchange: Direct},
): Promise<{readonly evidence: Evidence; readonly reply: Reply | null}> {
	const {fd, sourcePort} = connection;
	const socket = new Socket({fd, readable: true, writable: true});
	const far = conversation(flow.source.address, sourcePort);
	const before = far?.bytesRead ?? 0;
	let look: NodeJS.Timeout | undefined;
	let saying: Promise<Reply> | undefined;
	try {
		const evidence = await prober.follow(flow, {
			timeoutMs,
			sourcePort,
			unheard: ['egress', 'ingress'],
			known: true,
			send(arrived) {
				look = setInterval(() => far !== undefined && far.bytesRead > before && arrived(), lookMs);
				saying = converse(socket, exchange, {timeoutMs: 5000});
				saying.catch(() => undefined);
			},
		});
		return {evidence, reply: evidence.outcome.kind === 'open' ? await saying! : null};
	} finally {
		clearInterval(look);
		socket.resetAndDestroy();
	}
}
