import type {Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import type {Client} from 'ssh2';
import type {Login, Onward, Refusal} from './speech.ts';
import {loadSsh2} from './ssh2.ts';

/** One command, what it reads, and how many bytes of its output are still believed. */
export interface SshCommand {
	readonly command: string;
	readonly input?: Buffer;
	readonly maximum: number;
}

const run = (client: Client, {command, input, maximum}: SshCommand): Promise<string | null> =>
	new Promise(resolve => {
		client.exec(command, (error, channel) => {
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
			if (input !== undefined) channel.end(input);
		});
	});

/** What a client does once it is logged in, null where that came to nothing; a refusal where there was no login. */
async function loggedIn<T>(
	socket: Socket,
	login: Login,
	use: (client: Client) => Promise<T | null>,
): Promise<{readonly output: T | null} | Refusal> {
	const {Client, utils} = await loadSsh2();
	if (login.kind === 'ssh-key') {
		const key = utils.parseKey(login.material);
		if (key instanceof Error || !key.isPrivateKey()) return 'refused';
	}
	const client = new Client();
	return await new Promise(resolve => {
		let known = false;
		client.on('error', ({level}) => {
			if (level === 'client-authentication') resolve('refused');
			else resolve(known ? {output: null} : 'no-logins');
		});
		client.on('close', () => resolve(known ? {output: null} : 'no-logins'));
		client.on('ready', () => {
			known = true;
			use(client).then(output => resolve({output}));
		});
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
 * Logs in over a connected socket and runs one command.
 *
 * @param login - for `ssh-key` the material is the private key, PEM
 * @returns what the command printed, null where it printed too much or could not be run; a refusal where there was no login,
 * `no-logins` where the far end speaks no ssh. Never settles while the far end is silent: the caller has the clock and
 * destroys the socket.
 */
export const sshRun = (socket: Socket, login: Login, command: SshCommand) =>
	loggedIn(socket, login, client => run(client, command));

/**
 * Logs in over a connected socket and has the far end connect onward (direct-tcpip: RFC 4254 7.2).
 *
 * @returns the connection as a channel, which ends with the socket; null where the login or the connection was refused.
 * Never settles while the far end is silent.
 */
export async function sshForward(socket: Socket, login: Login, {address, port}: Onward): Promise<Duplex | null> {
	const {localAddress = '', localPort = 0} = socket;
	const found = await loggedIn<Duplex>(
		socket,
		login,
		client =>
			new Promise(resolve => {
				client.forwardOut(localAddress, localPort, address, port, (error, channel) =>
					resolve(error === undefined ? channel : null),
				);
			}),
	);
	return typeof found === 'string' ? null : found.output;
}
