// One conversation of the attacker with a service, over a connection that somebody else made.
import type {Socket} from 'node:net';
import type {Exchange, Reply} from '../../../core/contracts/network.ts';
import {exploit, shellOf} from './exploit.ts';
import {canLogin, login, order} from './login.ts';
import {askMetadata} from './metadata.ts';
import {transfer} from './transfer.ts';

const silent: Reply = {kind: 'unanswered', answer: 'silent'};
const reset: Reply = {kind: 'unanswered', answer: 'closed'};
/** Something accepted, and nothing was tried: there is no such login. */
const untried: Reply = {kind: 'unanswered', answer: 'open'};
const refused: Reply = {kind: 'refused'};
/** Hung up on a login without a word of it. */
const noLogins: Reply = {kind: 'refused', logins: 'none'};

async function act(socket: Socket, exchange: Exchange): Promise<Reply> {
	switch (exchange.kind) {
		case 'exploit':
			return shellOf(await exploit(socket));
		case 'login':
			return await login(socket, exchange.speaks, exchange.secret);
		case 'order':
			return await order(socket, exchange.secret);
		case 'transfer':
			return await transfer(socket, exchange.way, exchange.bytes);
		case 'metadata':
			return await askMetadata(socket);
		default:
			return exchange satisfies never;
	}
}

/** How the connection itself can end the conversation, first come first served. */
const watch = (
	socket: Socket,
	{kind}: Exchange,
	timeoutMs: number,
): {readonly ended: Promise<Reply>; readonly stop: () => void} => {
	const {promise: ended, resolve} = Promise.withResolvers<Reply>();
	const timer = setTimeout(resolve, timeoutMs, silent);
	socket.on('error', () => resolve(reset));
	// The last bytes of the far end may still be under way through the protocol's parser.
	socket.once('close', () => setImmediate(resolve, kind === 'login' ? noLogins : refused));
	return {ended, stop: () => clearTimeout(timer)};
};

/**
 * One conversation over a connected socket, which is destroyed at its end.
 *
 * @returns `shell` or `session` only when the protocol proved it. `refused`: the far end said no, closed in order, or
 * answered what no such service answers. `unanswered`: `silent` when `timeoutMs` went by, `closed` when the connection
 * was reset, `open` when the secret is a key and the protocol is not ssh, so that nothing was sent.
 * Rejects only where a library of the protocol cannot be loaded.
 */
export async function converse(
	socket: Socket,
	exchange: Exchange,
	{timeoutMs}: {readonly timeoutMs: number},
): Promise<Reply> {
	if (socket.destroyed) return reset;
	const {ended, stop} = watch(socket, exchange, timeoutMs);
	socket.setNoDelay(true);
	try {
		if (exchange.kind === 'login' && !canLogin(exchange.speaks, exchange.secret)) return untried;
		return await Promise.race([act(socket, exchange), ended]);
	} finally {
		stop();
		socket.destroy();
	}
}
