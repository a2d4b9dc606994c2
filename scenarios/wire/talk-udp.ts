// A conversation of one datagram each way.
import type {Exchange, Reply} from '../../core/contracts/network.ts';
import {libc} from '../../kernel/libc.ts';
import type {Reactor} from '../../kernel/reactor.ts';
import {closeSocket} from '../../kernel/sockets.ts';
import {exploitDatagram, replyOfDatagram} from './exchange/exploit.ts';
import {replyOfTransfer, transferDatagram} from './exchange/transfer.ts';
import {probeWord} from './sender.ts';

const datagram = Buffer.alloc(1 << 16);

/** The first datagram of a conversation over udp. */
export const datagramOf = (exchange: Exchange): Buffer =>
	exchange.kind === 'exploit'
		? exploitDatagram
		: exchange.kind === 'transfer'
			? transferDatagram(exchange.bytes)
			: probeWord;

const meaning = (answer: Buffer, exchange: Exchange): Reply =>
	exchange.kind === 'transfer' ? replyOfTransfer(answer, exchange.bytes) : replyOfDatagram(answer);

/** What comes back on a connected udp socket whose request was sent; the descriptor is closed. Silence is `unanswered`. */
export async function answerOnUdp(
	fd: number,
	reactor: Reactor,
	timeoutMs: number,
	exchange: Exchange = {kind: 'exploit'},
): Promise<Reply> {
	const {promise, resolve} = Promise.withResolvers<Reply>();
	const unwatch = reactor.watch(fd, () => {
		const length = Number(libc().recvfrom(fd, datagram, datagram.length, 0x40, null, null));
		resolve(
			length < 0
				? {kind: 'unanswered', answer: 'closed'}
				: meaning(Buffer.from(datagram.subarray(0, length)), exchange),
		);
	});
	const timer = setTimeout(resolve, timeoutMs, {kind: 'unanswered', answer: 'silent'} satisfies Reply);
	try {
		return await promise;
	} finally {
		clearTimeout(timer);
		unwatch();
		closeSocket(fd);
	}
}
