import type {Socket} from 'node:net';
import type {FoundSecret, Reply} from '../../../core/contracts/network.ts';
import {httpLogin} from '../../../kernel/speech/http-client.ts';
import {plainLogin} from '../../../kernel/speech/plain-client.ts';
import {postgresLogin} from '../../../kernel/speech/postgres-client.ts';
import {redisLogin} from '../../../kernel/speech/redis-client.ts';
import type {Credentials, Session} from '../../../kernel/speech/speech.ts';
import {sshLook} from '../../../kernel/speech/ssh-client.ts';
import {shellOf} from './exploit.ts';
import {maximumView} from './marker.ts';

type PasswordLogin = (socket: Socket, credentials: Credentials) => Promise<Session | null>;

const passwordLogins: ReadonlyMap<string, PasswordLogin> = new Map([
	['postgres', postgresLogin],
	['redis', redisLogin],
	['http', httpLogin],
]);

/** Whether such a secret can be tried there at all: a key only in ssh. */
export const canLogin = (speaks: string, {kind}: Pick<FoundSecret, 'kind'>): boolean =>
	speaks === 'ssh' || kind === 'password';

/**
 * A login over a connected socket: by ssh a shell, elsewhere a session. In the protocols that the lab does not speak it
 * is the one line of plain listeners. Requires `canLogin`.
 */
export async function login(socket: Socket, speaks: string, {kind, user, material}: FoundSecret): Promise<Reply> {
	if (speaks === 'ssh') return shellOf(await sshLook(socket, {kind, user, material}, maximumView + 1));
	const passwordLogin = passwordLogins.get(speaks) ?? plainLogin;
	const session = await passwordLogin(socket, {user, password: material});
	return session === null ? {kind: 'refused'} : {kind: 'session', ...session};
}
