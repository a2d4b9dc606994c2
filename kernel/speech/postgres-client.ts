// The door to pg. Its Client gets a stream of our own in front of the socket: pg throws from its data handler when a
// far end sends what no server would, reads without limit, and wants to connect by itself.
import {EventEmitter} from 'node:events';
import type {Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import type {Credentials, Refusal, Session} from './speech.ts';

/** What a server may say first (Authentication, Error, Notice, NegotiateProtocolVersion); other protocols begin otherwise. */
const firstTypes = Buffer.from('RENv');

const front = (socket: Socket, maximum: number): Duplex => {
	const stream = Object.assign(new EventEmitter(), {
		writable: true,
		write: socket.write.bind(socket),
		end: socket.end.bind(socket),
		destroy: socket.destroy.bind(socket),
		ref: () => {},
		unref: () => {},
		setNoDelay: () => {},
		connect: () => process.nextTick(() => stream.emit('connect')),
	});
	let length = 0;
	socket.on('data', chunk => {
		if (length === 0 && !firstTypes.includes(chunk[0]!)) length = maximum;
		length += chunk.length;
		try {
			if (length <= maximum) stream.emit('data', chunk);
		} catch {
			length = Number.POSITIVE_INFINITY; // no postgres: what follows is not read either
		}
		if (length > maximum) socket.destroy();
	});
	socket.on('error', error => stream.emit('error', error));
	socket.on('close', () => stream.emit('close'));
	return stream as unknown as Duplex;
};

/**
 * Logs in over a connected socket, and asks for the name of the host (`show cluster_name`).
 *
 * @returns a refusal: `refused` where the far end asked for the login (class 28 of errors, SASL), else `no-logins`. Never settles while the far end is silent: the
 * caller has the clock and destroys the socket.
 */
export async function postgresLogin(socket: Socket, {user, password}: Credentials): Promise<Session | Refusal> {
	const {Client} = (await import('pg')).default;
	const client = new Client({
		// Each is given, so that nothing is taken from this process's environment or from ~/.pgpass; the password as a
		// function, since pg takes an empty one for none.
		user,
		password: () => password,
		database: 'postgres',
		host: 'localhost',
		port: 5432,
		ssl: false,
		application_name: 'firebreak',
		stream: () => front(socket, 64 * 1024),
	});
	client.on('error', () => {});
	try {
		await client.connect();
	} catch (error) {
		const {code, message} = error as {code?: unknown; message: string};
		return String(code).startsWith('28') || message.startsWith('SASL') ? 'refused' : 'no-logins';
	}
	try {
		const {rows} = await client.query<{cluster_name: string}>('show cluster_name');
		return {hostname: rows[0]?.cluster_name ?? null};
	} catch {
		return {hostname: null};
	}
}
