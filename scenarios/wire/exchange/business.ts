// What a workload says to a service that it uses: a request of the service's own protocol, with the secret that it holds.
import {once} from 'node:events';
import type {Socket} from 'node:net';
import type {FoundSecret} from '../../../core/contracts/network.ts';
import type {Speaks} from '../../../core/model/topology.ts';
import {renderQuery} from '../../../kernel/speech/dns.ts';
import {renderCommand} from '../../../kernel/speech/resp.ts';
import {login} from './login.ts';

/**
 * `answered`: the far end said something; `logged-in`, `refused`: it took the secret or did not; `silent`: it accepted the
 * connection, and said nothing or ended it.
 */
export interface BusinessReply {
	readonly kind: 'answered' | 'logged-in' | 'refused' | 'silent';
}

/** Who speaks first there, and for so long one waits for whom. */
const greetingMs = 1500;

/** SSLRequest, which a server answers by one letter. Source: PostgreSQL, "Message Formats". */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** What is said where nobody has logged in; null: the server speaks first. */
const openings: Readonly<Record<Speaks, (() => Buffer | string) | null>> = {
	http: () => 'GET / HTTP/1.1\r\nHost: lab\r\nUser-Agent: firebreak-traffic\r\nConnection: close\r\n\r\n',
	postgres: () => sslRequest,
	redis: () => renderCommand(['PING']),
	dns: () => {
		const query = renderQuery('lab');
		const length = Buffer.alloc(2);
		length.writeUInt16BE(query.length);
		return Buffer.concat([length, query]);
	},
	ssh: null,
	mysql: null,
	tcp: () => 'firebreak-traffic\r\n',
	udp: () => 'firebreak-traffic\r\n',
	smb: () => 'firebreak-traffic\r\n',
	ldap: () => 'firebreak-traffic\r\n',
	kafka: () => 'firebreak-traffic\r\n',
};

/** The datagram of a flow over udp: a question for `name` where names are asked for. */
export const businessDatagram = (speaks: Speaks, name: string): Buffer =>
	speaks === 'dns' ? renderQuery(name) : Buffer.from('firebreak-traffic');

/** One conversation over a connected socket, which is ended then. Never rejects for what the far end does. */
export async function business(
	socket: Socket,
	speaks: Speaks,
	secret: FoundSecret | undefined,
	timeoutMs: number,
): Promise<BusinessReply> {
	const stop = new AbortController();
	const limit = secret !== undefined || openings[speaks] !== null ? timeoutMs : greetingMs;
	const timer = setTimeout(() => stop.abort(), limit);
	socket.setNoDelay(true);
	socket.on('error', () => undefined);
	const ended = new Promise<BusinessReply>(resolve => {
		stop.signal.addEventListener('abort', () => resolve({kind: 'silent'}), {once: true});
		// The last bytes of the far end may still be under way through the protocol's parser.
		socket.once('close', () => setImmediate(resolve, {kind: secret === undefined ? 'silent' : 'refused'}));
	});
	try {
		return await Promise.race([secret === undefined ? ask(socket, speaks) : loggedIn(socket, speaks, secret), ended]);
	} finally {
		clearTimeout(timer);
		socket.destroy();
	}
}

async function ask(socket: Socket, speaks: Speaks): Promise<BusinessReply> {
	const said = openings[speaks]?.();
	const answer = once(socket, 'data').then(
		() => ({kind: 'answered'}) as const,
		() => ({kind: 'silent'}) as const,
	);
	if (said !== undefined) socket.write(said);
	return await answer;
}

const loggedIn = async (socket: Socket, speaks: Speaks, secret: FoundSecret): Promise<BusinessReply> => {
	const {kind} = await login(socket, speaks, secret);
	return {kind: kind === 'shell' || kind === 'session' ? 'logged-in' : 'refused'};
};
