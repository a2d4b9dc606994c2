import type {Socket} from 'node:net';
import {type Duplex, duplexPair} from 'node:stream';
import type {Onward, Way} from '../../../core/contracts/network.ts';
import {join} from '../../../kernel/speech/join.ts';
import {sshForward} from '../../../kernel/speech/ssh-client.ts';
import {exploit, shellOf} from './exploit.ts';
import {relayOpen, renderRelay} from './marker.ts';

/**
 * Enters the far end of a connected socket by its way, and has it connect onward inside that conversation.
 *
 * @returns what carries the new connection, and ends with the socket; null where the way or the connection was refused,
 * or nothing came within `timeoutMs`. The caller destroys the socket, whatever came of it.
 */
export async function relayThrough(
	socket: Socket,
	way: Way,
	onward: Onward,
	timeoutMs: number,
): Promise<Socket | null> {
	const {promise: ended, resolve} = Promise.withResolvers<null>();
	const timer = setTimeout(resolve, timeoutMs, null);
	const close = (): void => void setImmediate(resolve, null);
	socket.on('error', () => resolve(null));
	socket.once('close', close);
	try {
		if (socket.destroyed) return null;
		return await Promise.race([way.kind === 'exploit' ? ask(socket, onward) : forward(socket, way, onward), ended]);
	} finally {
		clearTimeout(timer);
		socket.off('close', close);
	}
}

const forward = async (socket: Socket, {secret}: Way & {kind: 'login'}, onward: Onward): Promise<Socket | null> => {
	const {kind, user, material} = secret;
	const channel = await sshForward(socket, {kind, user, material}, onward);
	return channel === null ? null : asSocket(channel);
};

/** By the line of the lab's own shell, whose socket carries the connection then. */
async function ask(socket: Socket, onward: Onward): Promise<Socket | null> {
	if (shellOf(await exploit(socket)).kind !== 'shell') return null;
	const answer = firstLine(socket);
	socket.write(renderRelay(onward));
	if ((await answer) !== relayOpen) return null;
	// What was paused does not start again by itself for whoever listens next.
	const [inner, outer] = duplexPair();
	join(socket, outer);
	return asSocket(inner);
}

/** What comes up to the first line's end, or as much as the answer that is waited for; the rest stays on the socket. */
const firstLine = (socket: Socket): Promise<string> =>
	new Promise(resolve => {
		let seen: Buffer = Buffer.alloc(0);
		const read = (chunk: Buffer): void => {
			seen = Buffer.concat([seen, chunk]);
			const end = seen.subarray(0, relayOpen.length).indexOf(0x0a) + 1;
			if (end === 0 && seen.length < relayOpen.length) return;
			socket.off('data', read).pause();
			if (seen.length > end) socket.unshift(seen.subarray(end));
			resolve(seen.toString('latin1', 0, end));
		};
		socket.on('data', read).resume();
	});

/** A stream with what the protocols ask of a socket beyond that, which closes when the far end has ended, as sockets do. */
const asSocket = (stream: Duplex): Socket => {
	const same = (): Duplex => stream;
	stream.once('end', () => stream.end());
	return Object.assign(stream, {
		setNoDelay: same,
		setTimeout: same,
		setKeepAlive: same,
		ref: same,
		unref: same,
	}) as unknown as Socket;
};
