import type {Socket} from 'node:net';
import {parsePlainSession, renderPlainLogin} from './plain-server.ts';
import type {Credentials, Session} from './speech.ts';

const maximum = 4096;

/**
 * Logs in by the lab's own line over a connected socket.
 *
 * @returns null where the far end answered anything but a session. Never settles while the far end is silent: the
 * caller has the clock and destroys the socket.
 */
export const plainLogin = (socket: Socket, {user, password}: Credentials): Promise<Session | null> =>
	new Promise(resolve => {
		let line = '';
		socket.on('data', chunk => {
			line += chunk.toString('latin1');
			if (!line.includes('\n') && line.length < maximum) return;
			const hostname = parsePlainSession(line);
			resolve(hostname === null ? null : {hostname});
		});
		socket.write(renderPlainLogin(user, password));
	});
