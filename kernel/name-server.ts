// A small name server on a workload's own loopback, for the commands that run there.
import {Socket} from 'node:net';
import {libc, SystemCallError} from './libc.ts';
import {withNetns} from './netns.ts';
import type {Reactor} from './reactor.ts';
import {bindUdp, closeSocket, listenTcp} from './sockets.ts';
import {answerDns, dnsSpeech, type Lookup, type Pointer} from './speech/dns.ts';

/** Where systemd-resolved listens, so that nobody is surprised by it; and never on an address that others reach. */
export const nameServerAddress = '127.0.0.53';
const port = 53;
const EADDRINUSE = 98;
const MSG_DONTWAIT = 0x40;
const accept4Flags = 0o4000 | 0o2000000;

/**
 * Answers on 127.0.0.53, UDP and TCP, in the namespace `netns`, from `lookup` and `pointer` alone: what they do not know does
 * not exist, and nobody is asked. Every rule set lets loopback pass, so no policy takes it away; and since it is loopback,
 * nobody else reaches it. Where a program of the workload has the port already, that one answers there too.
 *
 * @returns the undo
 */
export function startNameServer(netns: number, reactor: Reactor, lookup: Lookup, pointer: Pointer): () => void {
	const [datagrams, listener] = withNetns(netns, () => [
		unlessTaken(() => bindUdp(4, port, nameServerAddress)),
		unlessTaken(() => listenTcp(4, port, nameServerAddress)),
	]);
	const speak = dnsSpeech(lookup, {pointer});
	const undo = [
		...(datagrams == null ? [] : [serve(reactor, datagrams, () => answerAll(datagrams, lookup, pointer))]),
		...(listener == null ? [] : [serve(reactor, listener, () => acceptOne(listener, speak))]),
	];
	return () => {
		for (const stop of undo.splice(0)) stop();
	};
}

function serve(reactor: Reactor, fd: number, onReadable: () => void): () => void {
	const unwatch = reactor.watch(fd, onReadable);
	return () => {
		unwatch();
		closeSocket(fd);
	};
}

function unlessTaken(open: () => number): number | null {
	try {
		return open();
	} catch (error) {
		if (error instanceof SystemCallError && error.errno === EADDRINUSE) return null;
		throw error;
	}
}

/** Whoever asks without a pause does not keep the engine from everything else. */
const mostAtOnce = 64;
const message = Buffer.alloc(4096);
const peer = Buffer.alloc(16);
const peerLength = Buffer.alloc(4);

function answerAll(fd: number, lookup: Lookup, pointer: Pointer): void {
	const c = libc();
	for (let left = mostAtOnce; left > 0; left--) {
		peerLength.writeUInt32LE(peer.length);
		const length = Number(c.recvfrom(fd, message, message.length, MSG_DONTWAIT, peer, peerLength));
		if (length < 0) return;
		const reply = answerDns(message.subarray(0, length), lookup, {pointer, truncate: true});
		if (reply !== null) c.sendto(fd, reply, reply.length, MSG_DONTWAIT, peer, peerLength.readUInt32LE());
	}
}

function acceptOne(listener: number, speak: (socket: Socket) => void): void {
	const fd = libc().accept4(listener, null, null, accept4Flags);
	if (fd < 0) return;
	const socket = new Socket({fd, readable: true, writable: true});
	socket.on('error', () => undefined);
	socket.setTimeout(10_000, () => socket.destroy());
	speak(socket);
}
