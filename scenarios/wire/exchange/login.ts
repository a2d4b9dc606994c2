import type {Socket} from 'node:net';
import type {FoundSecret, Reply} from '../../../core/contracts/network.ts';
import {httpLogin} from '../../../kernel/speech/http-client.ts';
import {plainLogin} from '../../../kernel/speech/plain-client.ts';
import {postgresLogin} from '../../../kernel/speech/postgres-client.ts';
import {redisLogin} from '../../../kernel/speech/redis-client.ts';
import type {Credentials, Refusal, Session} from '../../../kernel/speech/speech.ts';
import {sshRun} from '../../../kernel/speech/ssh-client.ts';
import {lookCommand, orderCommand} from '../../../kernel/speech/ssh2.ts';
import {shellOf} from './exploit.ts';
import {maximumView} from './marker.ts';

type PasswordLogin = (socket: Socket, credentials: Credentials) => Promise<Session | Refusal>;

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
export async function login(socket: Socket, speaks: string, secret: FoundSecret): Promise<Reply> {
	if (speaks === 'ssh') return await shellBy(socket, secret, lookCommand);
	const {user, material} = secret;
	const passwordLogin = passwordLogins.get(speaks) ?? plainLogin;
	const session = await passwordLogin(socket, {user, password: material});
	return typeof session === 'string' ? refusalOf(session) : {kind: 'session', ...session};
}

/** An order of a deploy server, by ssh with its order key: what it prints is the shell. */
export const order = (socket: Socket, secret: FoundSecret): Promise<Reply> => shellBy(socket, secret, orderCommand);

async function shellBy(socket: Socket, {kind, user, material}: FoundSecret, command: string): Promise<Reply> {
	const said = await sshRun(socket, {kind, user, material}, {command, maximum: maximumView + 1});
	return typeof said === 'string' ? refusalOf(said) : shellOf(said.output);
}

export const refusalOf = (refusal: Refusal): Reply =>
	refusal === 'refused' ? {kind: 'refused'} : {kind: 'refused', logins: 'none'};
