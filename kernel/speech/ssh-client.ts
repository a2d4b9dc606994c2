import type {Socket} from 'node:net';
import type {Client} from 'ssh2';
import type {Login, Refusal} from './speech.ts';
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

/**
 * Logs in over a connected socket and runs one command.
 *
 * @param login - for `ssh-key` the material is the private key, PEM
 * @returns what the command printed, null where it printed too much or could not be run; a refusal where there was no login,
 * `no-logins` where the far end speaks no ssh. Never settles while the far end is silent: the caller has the clock and
 * destroys the socket.
 */
export async function sshRun(
	socket: Socket,
	login: Login,
	command: SshCommand,
): Promise<{readonly output: string | null} | Refusal> {
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
			run(client, command).then(output => resolve({output}));
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
