// A conversation of one datagram each way.
import type {Reply} from '../../core/contracts/network.ts';
import {libc} from '../../kernel/libc.ts';
import type {Reactor} from '../../kernel/reactor.ts';
import {closeSocket} from '../../kernel/sockets.ts';
import {replyOfDatagram} from './exchange/exploit.ts';

const datagram = Buffer.alloc(1 << 16);

/** What comes back on a connected udp socket whose request was sent; the descriptor is closed. Silence is `unanswered`. */
export async function answerOnUdp(fd: number, reactor: Reactor, timeoutMs: number): Promise<Reply> {
	const {promise, resolve} = Promise.withResolvers<Reply>();
	const unwatch = reactor.watch(fd, () => {
		const length = Number(libc().recvfrom(fd, datagram, datagram.length, 0x40, null, null));
		resolve(
			length < 0 ? {kind: 'unanswered', answer: 'closed'} : replyOfDatagram(Buffer.from(datagram.subarray(0, length))),
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
