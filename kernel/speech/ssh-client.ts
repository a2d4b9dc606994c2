import type {Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import type {Client} from 'ssh2';
import type {Login, Onward} from './speech.ts';
import {loadSsh2, lookCommand} from './ssh2.ts';

const look = (client: Client, maximum: number): Promise<string | null> =>
	new Promise(resolve => {
		client.exec(lookCommand, (error, channel) => {
			if (error !== undefined) return resolve(null);
			const chunks: Buffer[] = [];
			let length = 0;
			channel.on('data', (chunk: Buffer) => {
				length += chunk.length;
				if (length > maximum) resolve(null);
				else chunks.push(chunk);
			});
			channel.on('error', () => resolve(null));
			channel.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
		});
	});

/** What a client does once it is logged in; null where it does not come to that. */
async function loggedIn<T>(
	socket: Socket,
	login: Login,
	use: (client: Client) => Promise<T | null>,
): Promise<T | null> {
	const {Client, utils} = await loadSsh2();
	if (login.kind === 'ssh-key') {
		const key = utils.parseKey(login.material);
		if (key instanceof Error || !key.isPrivateKey()) return null;
	}
	const client = new Client();
	return await new Promise(resolve => {
		client.on('error', () => resolve(null));
		client.on('close', () => resolve(null));
		client.on('ready', () => use(client).then(resolve));
		client.connect({
			sock: socket,
			username: login.user,
			...(login.kind === 'ssh-key' ? {privateKey: login.material} : {password: login.material}),
			readyTimeout: 0,
			keepaliveInterval: 0,
		});
	});
}

/**
 * Logs in over a connected socket and runs `firebreak-look`.
 *
 * @param login - for `ssh-key` the material is the private key, PEM
 * @param maximum - bytes of output that are still believed
 * @returns what the command printed; null where the login was refused, the key cannot be read, or the far end speaks
 * no ssh. Never settles while the far end is silent: the caller has the clock and destroys the socket.
 */
export const sshLook = (socket: Socket, login: Login, maximum: number): Promise<string | null> =>
	loggedIn(socket, login, client => look(client, maximum));

/**
 * Logs in over a connected socket and has the far end connect onward (direct-tcpip: RFC 4254 7.2).
 *
 * @returns the connection as a channel, which ends with the socket; null where the login or the connection was refused.
 * Never settles while the far end is silent.
 */
export const sshForward = (socket: Socket, login: Login, {address, port}: Onward): Promise<Duplex | null> =>
	loggedIn(
		socket,
		login,
		client =>
			new Promise(resolve => {
				const {localAddress = '', localPort = 0} = socket;
				client.forwardOut(localAddress, localPort, address, port, (error, channel) =>
					resolve(error === undefined ? channel : null),
				);
			}),
	);
