// The ssh service of a workload: real handshake, real logins, and one command. There is no shell behind it, and it
// says so.
import type {AuthContext, ParsedKey, PublicKeyAuthContext, Server, ServerChannel, Session} from 'ssh2';
import {join} from './join.ts';
import type {Forward, Login, Onward, Speech} from './speech.ts';
import {loadSsh2, lookCommand} from './ssh2.ts';

export interface SshOptions {
	/** Private key, PEM. */
	readonly hostKey: string;
	readonly hostname: string;
	readonly logins: readonly Login[];
	/** What `firebreak-look` prints. */
	readonly look: () => string;
	/** Connections for whoever is logged in; left out: none. */
	readonly forward?: Forward;
}

type Keys = readonly {readonly user: string; readonly key: ParsedKey}[];

const opens = (keys: Keys, context: PublicKeyAuthContext): boolean =>
	keys.some(({user, key}) => {
		if (user !== context.username || !key.getPublicSSH().equals(context.key.data)) return false;
		if (context.signature === undefined || context.blob === undefined) return true;
		return key.verify(context.blob, context.signature, context.hashAlgo) === true;
	});

const judge = (context: AuthContext, logins: readonly Login[], keys: Keys): boolean => {
	if (context.method === 'publickey') return opens(keys, context);
	if (context.method !== 'password') return false;
	return logins.some(
		login => login.kind === 'password' && login.user === context.username && login.material === context.password,
	);
};

const run = (command: string, channel: ServerChannel, {hostname, look}: SshOptions): void => {
	channel.on('error', () => {});
	const known = command.trim() === lookCommand;
	if (known) channel.write(`${look()}\n`);
	else channel.stderr.write(`${hostname} is a workload of a Firebreak lab and runs ${lookCommand}, nothing else\n`);
	channel.exit(known ? 0 : 127);
	channel.end();
};

const shell = (channel: ServerChannel, options: SshOptions): void => {
	channel.on('error', () => {});
	channel.write(`${options.hostname}, a workload of a Firebreak lab: ${lookCommand} is the one command\r\n`);
	let line = '';
	channel.on('data', (bytes: Buffer) => {
		line = `${line}${bytes}`.slice(-256);
		const end = line.search(/[\r\n]/);
		if (end === -1) return;
		channel.removeAllListeners('data').resume();
		run(line.slice(0, end), channel, options);
	});
	channel.on('end', () => channel.end());
};

const serve = (session: Session, options: SshOptions): void => {
	session.on('error', () => {});
	session.on('pty', accept => accept?.());
	session.on('exec', (accept, _reject, {command}) => run(command, accept(), options));
	session.on('shell', accept => shell(accept(), options));
};

interface Channel {
	readonly accept: () => ServerChannel;
	readonly reject: () => void;
	readonly onward: Onward;
}

/** A connection that is asked for inside the conversation with `peer`. */
function relay({forward}: SshOptions, peer: Onward, {accept, reject, onward}: Channel): void {
	if (forward === undefined) return void reject();
	forward(peer, onward).then(
		made => (made === null ? reject() : join(accept(), made)),
		() => reject(),
	);
}

async function open(options: SshOptions): Promise<Server> {
	const {Server, utils} = await loadSsh2();
	const keys = options.logins.flatMap(({kind, user, material}) => {
		const key = kind === 'ssh-key' ? utils.parseKey(material) : undefined;
		return key === undefined || key instanceof Error ? [] : [{user, key}];
	});
	const server = new Server({hostKeys: [options.hostKey], ident: 'firebreak'}, (client, {ip, port}) => {
		client.on('error', () => {});
		client.on('authentication', context => {
			if (judge(context, options.logins, keys)) context.accept();
			else context.reject(['publickey', 'password']);
		});
		client.on('tcpip', (accept, reject, {destIP, destPort}) =>
			relay(options, {address: ip, port}, {accept, reject, onward: {address: destIP, port: destPort}}),
		);
		client.on('session', accept => serve(accept(), options));
	});
	server.on('error', () => {});
	return server;
}

/** An ssh server with exactly these users. Without a login it refuses everybody. Loads ssh2 at the first socket. */
export function sshSpeech(options: SshOptions): Speech {
	let server: Promise<Server> | null = null;
	return socket => {
		server ??= open(options);
		server.then(
			ready => ready.injectSocket(socket),
			() => socket.destroy(),
		);
	};
}
