import type {Socket} from 'node:net';
import {readResp, renderCommand} from './resp.ts';
import type {Credentials, Session} from './speech.ts';

/**
 * Logs in with AUTH over a connected socket, and asks INFO for the name of the host.
 *
 * @returns null where the far end refused or speaks no RESP. Never settles while the far end is silent: the caller has
 * the clock and destroys the socket.
 */
export const redisLogin = (socket: Socket, {user, password}: Credentials): Promise<Session | null> =>
	new Promise(resolve => {
		let accepted = false;
		readResp(socket, {
			garbage: () => resolve(accepted ? {hostname: null} : null),
			value: reply => {
				if (accepted) {
					const host = typeof reply === 'string' ? /^host:(.+?)\r?$/m.exec(reply)?.[1] : undefined;
					return resolve({hostname: host ?? null});
				}
				if (reply !== 'OK') return resolve(null);
				accepted = true;
				socket.write(renderCommand(['INFO']));
			},
		});
		socket.write(renderCommand(['AUTH', user, password]));
	});
