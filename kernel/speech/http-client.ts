import {request} from 'node:http';
import type {Socket} from 'node:net';
import {sessionHeader} from './http-server.ts';
import type {Credentials, Refusal, Session} from './speech.ts';

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
 * @returns a refusal: `refused` for 401, `no-logins` for a page that asks for none and for what is no HTTP. Never settles while the far end is silent: the caller has
 * the clock and destroys the socket.
 */
export const httpLogin = (socket: Socket, {user, password}: Credentials): Promise<Session | Refusal> =>
	new Promise(resolve => {
		const call = request({
			createConnection: () => socket,
			headers: {host: 'lab', connection: 'close'},
			auth: `${user}:${password}`,
			path: '/',
		});
		call.on('error', () => resolve('no-logins'));
		call.on('close', () => resolve('no-logins'));
		call.on('response', response => {
			response.resume();
			response.on('error', () => {});
			const session = response.headers[sessionHeader];
			const proved = response.statusCode === 200 && typeof session === 'string';
			if (response.statusCode === 401) resolve('refused');
			else resolve(proved ? {hostname: decoded(session)} : 'no-logins');
		});
		call.end();
	});
