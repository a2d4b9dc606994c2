// A speaker behind a real server on loopback, and what tests say to it.
import {once} from 'node:events';
import {connect, createServer, type Socket} from 'node:net';
import type {FoundSecret, HostView, Reply} from '../../core/contracts/network.ts';
import {createHostKey, createMaterials, heldOf, loginOf} from '../../kernel/speech/materials.ts';
import {converse} from '../../scenarios/wire/exchange/converse.ts';
import {createSpeaker, type Speaker, type SpeakerOptions} from '../../scenarios/wire/services/speaker.ts';
import {seeded} from './seeded.ts';

const bytesOf = (seed: number) => {
	const chance = seeded(seed);
	return (length: number): Buffer => Buffer.from(Array.from({length}, () => chance.below(256)));
};

const kinds = {alice: 'password', bob: 'password', carol: 'ssh-key', mallory: 'ssh-key'} as const;
type User = keyof typeof kinds;

const secretOf = (user: User) => ({id: `${user}-secret`, kind: kinds[user], user, opens: []});
const materials = createMaterials((Object.keys(kinds) as User[]).map(secretOf), bytesOf(7));
const materialOf = (user: User) => materials.get(`${user}-secret`)!;

/** The login of a user, as a service keeps it. */
export const loginFor = (user: User) => loginOf(secretOf(user), materialOf(user));

/** The secret of a user, as an attacker holds it; with `as` tried under another name. */
export const held = (user: User, as: string = user): FoundSecret => ({
	id: `${user}-secret`,
	kind: kinds[user],
	user: as,
	material: heldOf(materialOf(user)),
	speaks: [],
});

export const hostKey = createHostKey(bytesOf(8));

export const view: HostView = {
	hostname: 'db.prod',
	addresses: ['198.18.0.1', '2001:db8::1'],
	subnets: ['198.18.0.0/22', '2001:db8::/64'],
	hosts: [{name: 'web-1.prod', address: '198.18.0.2'}],
	peers: [{name: 'api.prod', address: '198.18.0.3', protocol: 'tcp', port: 8080, speaks: 'http'}],
	secrets: [held('carol')],
};

/** A speaker of `speaks` that lets in alice, bob and carol and is not weak, unless said otherwise. */
export const speakerFor = (
	speaks: SpeakerOptions['service']['speaks'],
	options: Partial<SpeakerOptions> = {},
): Speaker =>
	createSpeaker({
		service: {speaks},
		hostname: 'db.prod',
		hostView: () => view,
		weak: () => false,
		logins: [loginFor('alice'), loginFor('bob'), loginFor('carol')],
		hostKey,
		lookup: (name, family) => (name === 'web.prod' ? [family === 4 ? '198.18.0.2' : '2001:db8::2'] : undefined),
		...options,
	});

export interface Served extends AsyncDisposable {
	readonly port: number;
	connect(): Promise<Socket>;
}

/** Listens on 127.0.0.1 and hands each socket to the speaker; disposing cuts all of them. */
export async function serve(greet: (socket: Socket) => void): Promise<Served> {
	const sockets = new Set<Socket>();
	const server = createServer(socket => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
		greet(socket);
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const {port} = server.address() as {port: number};
	return {
		port,
		async connect() {
			const socket = connect(port, '127.0.0.1');
			await once(socket, 'connect');
			return socket;
		},
		async [Symbol.asyncDispose]() {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}

/** A login at a served speaker, from connecting to the reply. */
export const tryLogin = async (
	served: Served,
	speaks: string,
	secret: FoundSecret,
	timeoutMs = 10_000,
): Promise<Reply> => converse(await served.connect(), {kind: 'login', speaks, secret}, {timeoutMs});

export const tryExploit = async (served: Served, timeoutMs = 10_000): Promise<Reply> =>
	converse(await served.connect(), {kind: 'exploit'}, {timeoutMs});
