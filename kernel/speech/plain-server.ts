// The services whose protocol the lab does not speak: mysql, ldap, smb, kafka and plain tcp. They accept and hold. So
// that a secret can open them as it opens the others, they know one line of the lab's own, which is no real protocol.
import {hangUp, type Login, type Speech} from './speech.ts';

export interface PlainOptions {
	readonly hostname: string;
	readonly logins: readonly Login[];
	/** Whether the protocol that it stands for knows logins; a plain listener does not, and says nothing to one. */
	readonly asksLogin: boolean;
}

const maximumLine = 64 * 1024;
const encode = (text: string): string => Buffer.from(text).toString('base64url');

/** What a client says first: user and password, so that no character of them can end the line. */
export const renderPlainLogin = (user: string, password: string): string =>
	`firebreak-login ${encode(user)} ${encode(password)}\n`;

/** The answer to an accepted login. */
export const renderPlainSession = (hostname: string): string => `firebreak-session ${encode(hostname)}\n`;

/** The answer to any other. */
export const plainRefusal = 'firebreak-refused\n';

/** The hostname in such an answer; null for any other line. */
export function parsePlainSession(line: string): string | null {
	const word = /^firebreak-session ([\w-]+)\n/.exec(line)?.[1];
	return word === undefined ? null : Buffer.from(word, 'base64url').toString('utf8');
}

const accepts = (logins: readonly Login[], line: string): boolean =>
	logins.some(({kind, user, material}) => kind === 'password' && line === renderPlainLogin(user, material));

/** Holds a client that is silent, or that logged in, and hangs up on one that says anything else. */
export function plainSpeech({hostname, logins, asksLogin}: PlainOptions): Speech {
	return socket => {
		let line = '';
		socket.on('data', chunk => {
			line += chunk.toString('latin1');
			const isLogin = line.startsWith('firebreak-login '.slice(0, line.length));
			if (isLogin && !line.includes('\n') && line.length < maximumLine) return;
			socket.removeAllListeners('data').resume();
			if (accepts(logins, line)) socket.write(renderPlainSession(hostname));
			else {
				if (asksLogin && isLogin) socket.write(plainRefusal);
				hangUp(socket);
			}
		});
		socket.resume();
	};
}
