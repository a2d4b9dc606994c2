import type {Socket} from 'node:net';
import {parsePlainSession, plainRefusal, renderPlainLogin} from './plain-server.ts';
import type {Credentials, Refusal, Session} from './speech.ts';

const maximum = 4096;

/**
 * Logs in by the lab's own line over a connected socket.
 *
 * @returns a refusal: `refused` where the far end said so, `no-logins` where it answered anything else. Never settles
 * while the far end is silent: the caller has the clock and destroys the socket.
 */
export const plainLogin = (socket: Socket, {user, password}: Credentials): Promise<Session | Refusal> =>
	new Promise(resolve => {
		let line = '';
		socket.on('data', chunk => {
			line += chunk.toString('latin1');
			if (!line.includes('\n') && line.length < maximum) return;
			const hostname = parsePlainSession(line);
			if (hostname !== null) resolve({hostname});
			else resolve(line === plainRefusal ? 'refused' : 'no-logins');
		});
		socket.write(renderPlainLogin(user, password));
	});
