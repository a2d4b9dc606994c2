import type {Socket} from 'node:net';
import {readResp, renderCommand} from './resp.ts';
import type {Credentials, Refusal, Session} from './speech.ts';

/**
 * Logs in with AUTH over a connected socket, and asks INFO for the name of the host.
 *
 * @returns a refusal where the far end said no, or speaks no RESP. Never settles while the far end is silent: the caller has
 * the clock and destroys the socket.
 */
export const redisLogin = (socket: Socket, {user, password}: Credentials): Promise<Session | Refusal> =>
	new Promise(resolve => {
		let accepted = false;
		readResp(socket, {
			garbage: () => resolve(accepted ? {hostname: null} : 'no-logins'),
			value: reply => {
				if (accepted) {
					const host = typeof reply === 'string' ? /^host:(.+?)\r?$/m.exec(reply)?.[1] : undefined;
					return resolve({hostname: host ?? null});
				}
				if (reply !== 'OK') return resolve('refused');
				accepted = true;
				socket.write(renderCommand(['INFO']));
			},
		});
		socket.write(renderCommand(['AUTH', user, password]));
	});
