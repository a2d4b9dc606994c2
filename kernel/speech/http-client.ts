import {request} from 'node:http';
import type {Socket} from 'node:net';
import {sessionHeader} from './http-server.ts';
import type {Credentials, Session} from './speech.ts';

const decoded = (text: string): string | null => {
	try {
		return decodeURIComponent(text);
	} catch {
		return null;
	}
};

/**
 * Logs in with Basic credentials over a connected socket. A page alone proves nothing, for servers give it to
 * everybody: only the session header counts.
 *
 * @returns null where the far end refused or speaks no HTTP. Never settles while the far end is silent: the caller has
 * the clock and destroys the socket.
 */
export const httpLogin = (socket: Socket, {user, password}: Credentials): Promise<Session | null> =>
	new Promise(resolve => {
		const call = request({
			createConnection: () => socket,
			headers: {host: 'lab', connection: 'close'},
			auth: `${user}:${password}`,
			path: '/',
		});
		call.on('error', () => resolve(null));
		call.on('close', () => resolve(null));
		call.on('response', response => {
			response.resume();
			response.on('error', () => {});
			const session = response.headers[sessionHeader];
			const proved = response.statusCode === 200 && typeof session === 'string';
			resolve(proved ? {hostname: decoded(session)} : null);
		});
		call.end();
	});
