// Conversations of datagrams over a connected udp socket.
import type {Exchange, Reply} from '../../core/contracts/network.ts';
import {libc} from '../../kernel/libc.ts';
import type {Reactor} from '../../kernel/reactor.ts';
import {closeSocket} from '../../kernel/sockets.ts';
import {exploitDatagram, replyOfDatagram} from './exchange/exploit.ts';
import type {Message} from './exchange/messages.ts';
import {replyOfTransfer, transferDatagram} from './exchange/transfer.ts';
import {probeWord} from './sender.ts';

const datagram = Buffer.alloc(1 << 16);

export interface UdpTalk {
	readonly fd: number;
	readonly reactor: Reactor;
	/** How long one answer may take. */
	readonly timeoutMs: number;
}

/** The first datagram of a conversation over udp. */
export const datagramOf = (exchange: Exchange): Buffer =>
	exchange.kind === 'exploit'
		? exploitDatagram
		: exchange.kind === 'transfer'
			? transferDatagram(exchange.bytes)
			: probeWord;

const meaning = (answer: Buffer, exchange: Exchange): Reply =>
	exchange.kind === 'transfer' ? replyOfTransfer(answer, exchange.bytes) : replyOfDatagram(answer);

/** What comes back to the request that was sent; the descriptor is closed. Silence is `unanswered`. */
export async function answerOnUdp(talk: UdpTalk, exchange: Exchange = {kind: 'exploit'}): Promise<Reply> {
	try {
		const answer = await nextDatagram(talk);
		return typeof answer === 'string' ? {kind: 'unanswered', answer} : meaning(answer, exchange);
	} finally {
		closeSocket(talk.fd);
	}
}

/** Messages that carry data, each sent when the one before is answered; the first was sent. The descriptor is closed. */
export async function carryOnUdp(messages: readonly Message[], talk: UdpTalk): Promise<Reply> {
	let bytes = 0;
	try {
		for (const [at, {text, arrived}] of messages.entries()) {
			if (at > 0) libc().sendto(talk.fd, text, text.length, 0, null, 0);
			const answer = await nextDatagram(talk);
			if (typeof answer === 'string') return {kind: 'unanswered', answer};
			const got = arrived(answer);
			if (got === 0) return {kind: 'refused'};
			bytes += got;
		}
		return {kind: 'carried', bytes};
	} finally {
		closeSocket(talk.fd);
	}
}

/** The next datagram; `closed` where its port answered that nobody listens, `silent` where nothing came in time. */
async function nextDatagram({fd, reactor, timeoutMs}: UdpTalk): Promise<Buffer | 'closed' | 'silent'> {
	const {promise, resolve} = Promise.withResolvers<Buffer | 'closed' | 'silent'>();
	const unwatch = reactor.watch(fd, () => {
		const length = Number(libc().recvfrom(fd, datagram, datagram.length, 0x40, null, null));
		resolve(length < 0 ? 'closed' : Buffer.from(datagram.subarray(0, length)));
	});
	const timer = setTimeout(resolve, timeoutMs, 'silent');
	try {
		return await promise;
	} finally {
		clearTimeout(timer);
		unwatch();
	}
}
