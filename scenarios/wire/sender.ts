// Sends the first packet of a flow from its source's namespace, by a source port that no other probe has.
import type {LiveSite} from '../../core/contracts/site.ts';
import type {Flow} from '../../core/model/flow.ts';
import type {Family} from '../../core/model/topology.ts';
import {errnoName, libc} from '../../kernel/libc.ts';
import {withNetns} from '../../kernel/netns.ts';
import {echoReply, echoRequest} from '../../kernel/packet.ts';
import type {Reactor} from '../../kernel/reactor.ts';
import {sockaddr, textKey, writeSockaddr} from '../../kernel/sockaddr.ts';
import {closeByReset, closeSocket, connectTcp, connectUdp, rawIcmp} from '../../kernel/sockets.ts';
import {type Pending, pendingKey} from './pending.ts';

const EPERM = 1;
const EACCES = 13;
const EINPROGRESS = 115;
const ECONNREFUSED = 111;
/** Above what services use, below what the kernel gives away at random on most machines. */
const firstPort = 32768;
const lastPort = 60999;
/** Both ends of the flow that is being sent. */
const ends = {
	4: {from: Buffer.alloc(16), to: Buffer.alloc(16)},
	6: {from: Buffer.alloc(28), to: Buffer.alloc(28)},
} as const;
/** The datagram of a udp probe. */
export const probeWord = Buffer.from('firebreak-probe');

/** One sender a site; sockets for icmp are opened when first needed. */
export interface Sender extends Disposable {
	/** A port of this workload that nothing uses: neither a service nor a probe under way. */
	nextPort(): number;
	/** Sends many, inside the namespace once. */
	send(pendings: readonly Pending[]): void;
}

export function createSender(
	site: LiveSite,
	reactor: Reactor,
	pending: ReadonlyMap<string, Pending>,
	onChange: (pending: Pending) => void,
): Sender {
	const taken = new Set(
		site.workload.services.flatMap(({port, lastPort: last}) => (port === last ? [port] : range(port, last))),
	);
	const raw = new Map<string, {readonly fd: number; readonly stop: () => void}>();
	const reply = Buffer.alloc(2048);
	let port = firstPort;

	const openRaw = (family: Family, address: string): number => {
		const known = raw.get(address);
		if (known !== undefined) return known.fd;
		const fd = rawIcmp(family);
		const own = sockaddr(family, address, 0);
		libc().bind(fd, own, own.length);
		const stop = reactor.watch(fd, () => {
			for (;;) {
				const length = Number(libc().recvfrom(fd, reply, reply.length, 0x40, null, null));
				if (length < 0) return;
				const identifier = echoReply(family, reply, length);
				const probe =
					identifier === undefined ? undefined : pending.get(pendingKey('icmp', textKey(address, identifier)));
				if (probe === undefined) continue;
				probe.arrival = 'open';
				onChange(probe);
			}
		});
		raw.set(address, {fd, stop});
		return fd;
	};
	const sendOne = (probe: Pending): void => {
		const {flow} = probe;
		if (flow.protocol === 'icmp') {
			const packet = echoRequest(flow.family, identifierOf(probe));
			const to = sockaddr(flow.family, flow.destination.address, 0);
			const fd = openRaw(flow.family, flow.source.address);
			if (libc().sendto(fd, packet, packet.length, 0, to, to.length) < 0) note(probe, libc().errno(), 'sendto');
			return;
		}
		const from = writeSockaddr(ends[flow.family].from, flow.family, flow.source.address, identifierOf(probe));
		const to = writeSockaddr(ends[flow.family].to, flow.family, flow.destination.address, flow.port);
		const {fd, errno} = flow.protocol === 'udp' ? connectUdp(flow.family, from, to) : connectTcp(flow.family, from, to);
		probe.fd = fd;
		if (errno !== 0 && errno !== EINPROGRESS) note(probe, errno, 'connect');
		else if (flow.protocol === 'udp' && libc().sendto(fd, probe.payload, probe.payload.length, 0, null, 0) < 0) {
			note(probe, libc().errno(), 'send');
		}
	};
	return {
		nextPort() {
			do port = port === lastPort ? firstPort : port + 1;
			while (taken.has(port));
			return port;
		},
		send: pendings => withNetns(site.netns, () => pendings.forEach(sendOne)),
		[Symbol.dispose]() {
			for (const {fd, stop} of raw.values()) {
				stop();
				closeSocket(fd);
			}
			raw.clear();
		},
	};
}

/** The source port (or echo identifier) that a pending probe was given: the first character of its end's key. */
const identifierOf = ({key, flow}: Pending): number => key.charCodeAt(flow.protocol.length);

export function pendingOf(
	flow: Flow,
	port: number,
	rest: Pick<
		Pending,
		'purpose' | 'foreign' | 'payload' | 'patienceMs' | 'farAccepts' | 'sentMicros' | 'deadlineMs' | 'settle'
	>,
): Pending {
	return {
		flow,
		key: pendingKey(flow.protocol, textKey(flow.source.address, port)),
		destinationKey: textKey(flow.destination.address, flow.port),
		fd: -1,
		arrival: 'none',
		refused: false,
		delivered: false,
		ownerless: false,
		logs: [],
		settledMs: null,
		trouble: null,
		...rest,
	};
}

/** A refusal by the own output chain (EPERM, EACCES) waits for its log; a refused port for both accepts; all else is trouble. */
function note(probe: Pending, errno: number, call: string): void {
	if (errno === ECONNREFUSED) probe.refused = true;
	else if (errno !== EPERM && errno !== EACCES) {
		probe.trouble = `${call} from ${probe.flow.source.workload ?? probe.flow.source.address}: ${errnoName(errno)}`;
	}
}

/** Closes what a probe leaves. A probe that was open the lab's far end has reset already. */
export function closePending({fd, flow, arrival, purpose, foreign}: Pending): void {
	if (fd < 0) return;
	const isReset = purpose === 'probe' && arrival === 'open' && !foreign;
	if (flow.protocol === 'tcp' && !isReset) closeByReset(fd);
	else closeSocket(fd);
}

const range = (first: number, last: number): number[] => Array.from({length: last - first + 1}, (_, at) => first + at);
