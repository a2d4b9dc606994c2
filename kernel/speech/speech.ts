import type {Socket} from 'node:net';

/** What a service lets in: a user with a password, or with an OpenSSH public key line (`ssh-ed25519 AAAA…`). */
export interface Login {
	readonly user: string;
	readonly kind: 'password' | 'ssh-key';
	readonly material: string;
	/** In ssh: the key of a deploy server, whose orders are obeyed. */
	readonly orders?: true;
}

/**
 * Takes over the server side of a connected socket for the rest of its life. The socket comes paused, perhaps with
 * bytes put back, and with a listener for `error`; the speech resumes it. Never throws, whatever the far end sends.
 */
export type Speech = (socket: Socket) => void;

/** A login that was accepted by a service without a shell, and the name by which that service knows its host. */
export interface Session {
	readonly hostname: string | null;
}

/** Why there is no session: the far end asked for a login and said no, or it asks for none by that protocol. */
export type Refusal = 'refused' | 'no-logins';

/** A user with a password, as a client tries it. */
export interface Credentials {
	readonly user: string;
	readonly password: string;
}

/**
 * Says goodbye in order: what was written is sent, then FIN, and what still comes in is read and dropped, since
 * closing over unread bytes resets the connection and can take the last answer with it. A far end that stays is cut
 * after 2 s.
 */
export function hangUp(socket: Socket): void {
	socket.removeAllListeners('data');
	socket.end();
	socket.resume();
	socket.setTimeout(2000, () => socket.destroy());
}
