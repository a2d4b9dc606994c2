// The ssh service of a workload: real handshake, real logins, and three commands. There is no shell behind it, and it
// says so.
import {createHash} from 'node:crypto';
import type {AuthContext, ParsedKey, PublicKeyAuthContext, Server, ServerChannel, Session} from 'ssh2';
import type {Login, Speech} from './speech.ts';
import {loadSsh2, lookCommand, orderCommand, receiveCommand} from './ssh2.ts';

export interface SshOptions {
	/** Private key, PEM. */
	readonly hostKey: string;
	readonly hostname: string;
	readonly logins: readonly Login[];
	/** What `firebreak-look` prints. */
	readonly look: () => string;
}

type Keys = readonly {readonly login: Login; readonly key: ParsedKey}[];

const opening = (keys: Keys, context: PublicKeyAuthContext): Login | undefined =>
	keys.find(({login: {user}, key}) => {
		if (user !== context.username || !key.getPublicSSH().equals(context.key.data)) return false;
		if (context.signature === undefined || context.blob === undefined) return true;
		return key.verify(context.blob, context.signature, context.hashAlgo) === true;
	})?.login;

/** Whose login it is; undefined for nobody's. */
const judge = (context: AuthContext, logins: readonly Login[], keys: Keys): Login | undefined => {
	if (context.method === 'publickey') return opening(keys, context);
	if (context.method !== 'password') return undefined;
	return logins.find(
		login => login.kind === 'password' && login.user === context.username && login.material === context.password,
	);
};

/** Keeps nothing of what comes; says how much it was, and what it was. */
const receive = (channel: ServerChannel): void => {
	const hash = createHash('sha256');
	let length = 0;
	channel.on('data', (bytes: Buffer) => {
		hash.update(bytes);
		length += bytes.length;
	});
	channel.once('end', () => {
		channel.write(`${hash.digest('hex')} ${length}\n`);
		channel.exit(0);
		channel.end();
	});
};

const run = (command: string, channel: ServerChannel, login: Login, {hostname, look}: SshOptions): void => {
	channel.on('error', () => {});
	const name = command.trim();
	if (name === receiveCommand) {
		receive(channel);
		return;
	}
	const known = name === lookCommand || (name === orderCommand && login.orders === true);
	if (known) channel.write(`${look()}\n`);
	else channel.stderr.write(`${hostname} is a workload of a Firebreak lab and runs ${lookCommand}, nothing else\n`);
	channel.exit(known ? 0 : 127);
	channel.end();
};

const shell = (channel: ServerChannel, login: Login, options: SshOptions): void => {
	channel.on('error', () => {});
	channel.write(`${options.hostname}, a workload of a Firebreak lab: ${lookCommand} is the one command\r\n`);
	let line = '';
	channel.on('data', (bytes: Buffer) => {
		line = `${line}${bytes}`.slice(-256);
		const end = line.search(/[\r\n]/);
		if (end === -1) return;
		channel.removeAllListeners('data').resume();
		run(line.slice(0, end), channel, login, options);
	});
	channel.on('end', () => channel.end());
};

const serve = (session: Session, login: Login, options: SshOptions): void => {
	session.on('error', () => {});
	session.on('pty', accept => accept?.());
	session.on('exec', (accept, _reject, {command}) => run(command, accept(), login, options));
	session.on('shell', accept => shell(accept(), login, options));
};

async function open(options: SshOptions): Promise<Server> {
	const {Server, utils} = await loadSsh2();
	const keys = options.logins.flatMap(login => {
		const key = login.kind === 'ssh-key' ? utils.parseKey(login.material) : undefined;
		return key === undefined || key instanceof Error ? [] : [{login, key}];
	});
	const server = new Server({hostKeys: [options.hostKey], ident: 'firebreak'}, client => {
		client.on('error', () => {});
		client.on('authentication', context => {
			const login = judge(context, options.logins, keys);
			if (login === undefined) {
				context.reject(['publickey', 'password']);
				return;
			}
			client.removeAllListeners('session').on('session', accept => serve(accept(), login, options));
			context.accept();
		});
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
