// What becomes of what arrives at a listening socket: a probe's arrival is noted, and its connection reset at once; whoever
// wants to talk is heard.
import {Socket} from 'node:net';
import {libc} from '../../kernel/libc.ts';
import type {Reactor} from '../../kernel/reactor.ts';
import {sockaddrKey} from '../../kernel/sockaddr.ts';
import {closeByReset, closeSocket} from '../../kernel/sockets.ts';
import {type Pending, pendingKey} from './pending.ts';

/** What speaks at a service. */
export interface Speaker {
	greet(socket: Socket): void;
	datagram(message: Buffer): Buffer | null;
}

export interface Served {
	readonly reactor: Reactor;
	readonly pending: ReadonlyMap<string, Pending>;
	readonly onChange: (pending: Pending) => void;
	/** Conversations, with whose they are. */
	readonly sockets: Map<Socket, string>;
}

const accept4Flags = 0o4000 | 0o2000000;
const peer = Buffer.alloc(28);
const peerLength = Buffer.alloc(4);
const datagram = Buffer.alloc(1 << 16);

/** Served until what it gives is called. */
export function watched(fd: number, {reactor}: Pick<Served, 'reactor'>, onReadable: () => void): () => void {
	const unwatch = reactor.watch(fd, onReadable);
	let closed = false;
	return () => {
		if (closed) return;
		closed = true;
		unwatch();
		closeSocket(fd);
	};
}

/** A listening socket of tcp. */
export interface Door {
	/** Whose its conversations are. */
	readonly owner: string;
	/** Who hears a conversation, by the pending probe that opened it. */
	readonly hears: (probe: Pending | undefined) => Speaker;
}

/** Accepts a connection. One at a time: the reactor comes back for the next, which is cheaper than to ask and hear that there is none. */
export function acceptOne(listener: number, {owner, hears}: Door, {pending, onChange, sockets}: Served): void {
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
	if (probe?.purpose !== 'probe') converse(fd, hears(probe), {owner, sockets});
}

/** From here on Node owns the descriptor. */
function converse(fd: number, speaker: Speaker, {owner, sockets}: {owner: string; sockets: Served['sockets']}): void {
	const socket = new Socket({fd, readable: true, writable: true});
	socket.setNoDelay(true);
	socket.on('error', () => undefined);
	sockets.set(socket, owner);
	socket.once('close', () => sockets.delete(socket));
	speaker.greet(socket);
}

/** Receives all datagrams that are there. */
export function receiveAll(fd: number, answers: Speaker['datagram'], {pending, onChange}: Served): void {
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
		const answer = answers(datagram.subarray(0, length));
		if (answer !== null) c.sendto(fd, answer, answer.length, 0, peer, peerLength.readUInt32LE());
	}
}
