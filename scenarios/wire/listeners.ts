// Every service's listening sockets, made in its workload's namespace and served by the one engine. What arrives is a
// probe (its arrival is noted, and TCP is reset at once) or somebody who wants to talk.
import {Socket} from 'node:net';
import type {LiveSite} from '../../core/contracts/site.ts';
import {listeningPorts} from '../../core/model/listening-ports.ts';
import type {Family, Service} from '../../core/model/topology.ts';
import {libc} from '../../kernel/libc.ts';
import {withNetns} from '../../kernel/netns.ts';
import type {Reactor} from '../../kernel/reactor.ts';
import {sockaddrKey} from '../../kernel/sockaddr.ts';
import {bindUdp, closeByReset, closeSocket, listenTcp} from '../../kernel/sockets.ts';
import {type Pending, pendingKey} from './pending.ts';
import type {Sctp} from './sctp.ts';

/** What speaks at a service. */
export interface Speaker {
	greet(socket: Socket): void;
	datagram(message: Buffer): Buffer | null;
}

export interface Listeners extends Disposable {
	/** Closes the sockets of one service: a way to provoke a listener that is gone. */
	kill(workload: string, service: string): void;
	/** A site that came up later, or is gone with its conversations. */
	join(site: LiveSite): void;
	leave(workload: string): void;
	/** Closes every conversation that is open: a new run starts clean. */
	hangUp(): void;
	readonly count: number;
}

export interface ListenersInput {
	readonly sites: readonly LiveSite[];
	readonly reactor: Reactor;
	readonly pending: ReadonlyMap<string, Pending>;
	readonly onChange: (pending: Pending) => void;
	readonly sctp: Pick<Sctp, 'listen'>;
	readonly speaker: (site: LiveSite, service: Service) => Speaker;
	/** One that belongs to no workload: on this address and port of tcp, in the namespace this process is in. */
	readonly beside?: {readonly address: string; readonly port: number; readonly speaker: Speaker} | undefined;
	/** Decides which ports of a range listen. */
	readonly seed: number;
}

const accept4Flags = 0o4000 | 0o2000000;
const peer = Buffer.alloc(28);
const peerLength = Buffer.alloc(4);
const datagram = Buffer.alloc(1 << 16);

/** @throws SystemCallError where a port cannot be bound, which in a fresh namespace is a bug */
export function startListeners(input: ListenersInput): Listeners {
	const open = new Map<string, (() => void)[]>();
	const sockets = new Map<Socket, string>();
	const join = (site: LiveSite): void => {
		if (site.ownServices) return;
		const families = [...new Set(site.workload.addresses.map(({family}) => family))];
		withNetns(site.netns, () => {
			for (const service of site.workload.services) {
				const close =
					service.protocol === 'sctp'
						? listeningPorts(service, input.seed).map(port => input.sctp.listen(site.workload.name, port))
						: families.flatMap(family => listenPorts(input, site, service, family, sockets));
				open.set(`${site.workload.name} ${service.name}`, close);
			}
		});
	};
	for (const site of input.sites) join(site);
	if (input.beside !== undefined) {
		const {address, port, speaker} = input.beside;
		const fd = listenTcp(4, port, address);
		open.set(address, [serveTcp(fd, {speaker, keep: keeper(sockets, address)}, input)]);
	}
	const hangUp = (workload?: string): void => {
		for (const [socket, at] of sockets)
			if (workload === undefined || at === workload) {
				socket.destroy();
				sockets.delete(socket);
			}
	};
	return {
		get count() {
			return open.size;
		},
		join,
		leave(workload) {
			hangUp(workload);
			for (const key of [...open.keys()].filter(one => one.startsWith(`${workload} `))) {
				for (const close of open.get(key)!) close();
				open.delete(key);
			}
		},
		kill(workload, service) {
			for (const close of open.get(`${workload} ${service}`) ?? []) close();
			open.delete(`${workload} ${service}`);
		},
		hangUp: () => hangUp(),
		[Symbol.dispose]() {
			hangUp();
			for (const close of [...open.values()].flat()) close();
			open.clear();
		},
	};
}

interface Conversing {
	readonly speaker: Speaker;
	/** Told of each conversation that begins. */
	readonly keep: (socket: Socket) => void;
}

function listenPorts(
	input: ListenersInput,
	site: LiveSite,
	service: Service,
	family: Family,
	sockets: Map<Socket, string>,
): (() => void)[] {
	const {protocol} = service;
	const speaker = input.speaker(site, service);
	const keep = keeper(sockets, site.workload.name);
	return listeningPorts(service, input.seed).map(at => {
		if (protocol === 'tcp') return serveTcp(listenTcp(family, at), {speaker, keep}, input);
		const fd = bindUdp(family, at);
		return watched(fd, input, () => receiveAll(fd, speaker, input));
	});
}

/** Keeps conversations, with whose they are, until they end. */
const keeper =
	(sockets: Map<Socket, string>, owner: string): Conversing['keep'] =>
	socket => {
		sockets.set(socket, owner);
		socket.once('close', () => sockets.delete(socket));
	};

const serveTcp = (fd: number, service: Conversing, input: ListenersInput): (() => void) =>
	watched(fd, input, () => acceptOne(fd, service, input));

/** Served until what it gives is called. */
function watched(fd: number, {reactor}: ListenersInput, onReadable: () => void): () => void {
	const unwatch = reactor.watch(fd, onReadable);
	let closed = false;
	return () => {
		if (closed) return;
		closed = true;
		unwatch();
		closeSocket(fd);
	};
}

/** One at a time: the reactor comes back for the next, which is cheaper than to ask and hear that there is none. */
function acceptOne(listener: number, service: Conversing, {pending, onChange}: ListenersInput): void {
	peerLength.writeUInt32LE(peer.length);
	const fd = libc().accept4(listener, peer, peerLength, accept4Flags);
	if (fd < 0) return;
	const probe = pending.get(pendingKey('tcp', sockaddrKey(peer)));
	// The reset goes first: whoever settles the probe then finds its own end closed.
	if (probe?.purpose === 'probe') closeByReset(fd);
	if (probe !== undefined) {
		probe.arrival = 'open';
		onChange(probe);
	}
	if (probe?.purpose !== 'probe') converse(fd, service);
}

/** From here on Node owns the descriptor. */
function converse(fd: number, {speaker, keep}: Conversing): void {
	const socket = new Socket({fd, readable: true, writable: true});
	socket.setNoDelay(true);
	socket.on('error', () => undefined);
	keep(socket);
	speaker.greet(socket);
}

function receiveAll(fd: number, speaker: Speaker, {pending, onChange}: ListenersInput): void {
	const c = libc();
	for (;;) {
		peerLength.writeUInt32LE(peer.length);
		const length = Number(c.recvfrom(fd, datagram, datagram.length, 0x40, peer, peerLength));
		if (length < 0) return;
		const probe = pending.get(pendingKey('udp', sockaddrKey(peer)));
		if (probe !== undefined) {
			probe.arrival = 'open';
			onChange(probe);
		}
		if (probe?.purpose === 'probe') continue;
		const answer = speaker.datagram(datagram.subarray(0, length));
		if (answer !== null) c.sendto(fd, answer, answer.length, 0, peer, peerLength.readUInt32LE());
	}
}
