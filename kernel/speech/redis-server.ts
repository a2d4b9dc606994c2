// A redis that real clients can log in to. It keeps no data.
import {type RespValue, readResp, renderReply} from './resp.ts';
import {hangUp, type Login, type Speech} from './speech.ts';

export interface RedisOptions {
	readonly hostname: string;
	readonly logins: readonly Login[];
}

interface Step {
	readonly reply: string;
	readonly next: 'stranger' | 'known' | 'over';
}

/** With one word any user's password serves, as `requirepass` does; with two the user must be its own. */
const accepts = (logins: readonly Login[], words: readonly string[]): boolean =>
	logins.some(
		({kind, user, material}) =>
			kind === 'password' && material === words.at(-1) && (words.length === 1 || user === words[0]),
	);

const info = (hostname: string): string =>
	`# Server\r\nredis_version:7.0.0\r\nredis_mode:standalone\r\nhost:${hostname}\r\n`;

const noAuth = renderReply.error('NOAUTH Authentication required.');
const wrongPass = renderReply.error('WRONGPASS invalid username-password pair or user is disabled.');

/** One command. Before a login only AUTH, HELLO (unknown, as before redis 6) and QUIT mean anything. */
function answer(words: readonly string[], state: 'stranger' | 'known', {hostname, logins}: RedisOptions): Step {
	const [name = '', ...rest] = words;
	const say = (reply: string): Step => ({reply, next: state});
	const command = name.toUpperCase();
	if (command === 'QUIT') return {reply: renderReply.ok('OK'), next: 'over'};
	if (command === 'AUTH') {
		if (rest.length < 1 || rest.length > 2) return say(renderReply.error('ERR wrong number of arguments for AUTH'));
		return accepts(logins, rest) ? {reply: renderReply.ok('OK'), next: 'known'} : say(wrongPass);
	}
	if (command !== 'HELLO' && state === 'stranger') return say(noAuth);
	switch (command) {
		case 'PING':
			return say(rest[0] === undefined ? renderReply.ok('PONG') : renderReply.text(rest[0]));
		case 'ECHO':
			return say(renderReply.text(rest[0] ?? ''));
		case 'INFO':
			return say(renderReply.text(info(hostname)));
		case 'SELECT':
			return say(renderReply.ok('OK'));
		case 'GET':
			return say(renderReply.nothing);
		case 'KEYS':
		case 'COMMAND':
			return say(renderReply.empty);
		default:
			return say(renderReply.error(`ERR unknown command '${name.slice(0, 64)}'`));
	}
}

const garbage: Step = {reply: renderReply.error('ERR Protocol error: expected an array of bulk strings'), next: 'over'};

const isCommand = (value: RespValue): value is readonly string[] =>
	Array.isArray(value) && value.every(word => typeof word === 'string');

/** A redis server with exactly these users (passwords only). Without a login it refuses everybody with NOAUTH. */
export function redisSpeech(options: RedisOptions): Speech {
	return socket => {
		let state: Step['next'] = 'stranger';
		const take = ({reply, next}: Step): void => {
			state = next;
			socket.write(reply);
			if (next === 'over') hangUp(socket);
		};
		readResp(socket, {
			garbage: () => take(garbage),
			value: command => {
				if (state !== 'over') take(isCommand(command) ? answer(command, state, options) : garbage);
			},
		});
	};
}
