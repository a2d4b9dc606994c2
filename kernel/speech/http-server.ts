import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {Login, Speech} from './speech.ts';

export interface HttpOptions {
	readonly hostname: string;
	readonly logins: readonly Login[];
}

/** Header that names the host to whoever logged in; without a login it is never sent. */
export const sessionHeader = 'x-firebreak-session';

const accepts = (logins: readonly Login[], authorization: string): boolean => {
	const encoded = /^basic ([a-z0-9+/=]+)$/i.exec(authorization)?.[1] ?? '';
	const given = Buffer.from(encoded, 'base64').toString('utf8');
	return logins.some(({kind, user, material}) => kind === 'password' && given === `${user}:${material}`);
};

const answer = (request: IncomingMessage, response: ServerResponse, {hostname, logins}: HttpOptions): void => {
	request.resume();
	const {authorization} = request.headers;
	response.setHeader('content-type', 'text/plain; charset=utf-8');
	if (request.method !== 'GET' && request.method !== 'HEAD') {
		response.writeHead(405, {allow: 'GET, HEAD'}).end('GET and HEAD only\n');
	} else if (authorization !== undefined && !accepts(logins, authorization)) {
		response.writeHead(401, {'www-authenticate': 'Basic realm="lab"'}).end('no such login\n');
	} else {
		if (authorization !== undefined) response.setHeader(sessionHeader, encodeURIComponent(hostname));
		response.end(`${hostname}: a service of a Firebreak lab\n`);
	}
};

const open = (options: HttpOptions): Server => {
	const server = createServer((request, response) => answer(request, response, options));
	server.on('clientError', (_error, socket) => {
		if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
		else socket.destroy();
	});
	return server;
};

/**
 * One small page for everybody on every path, HTTP/1.1 with keep-alive; malformed requests get 400. Whoever sends
 * Basic credentials is judged: 401, or the page and the header of a session.
 */
export function httpSpeech(options: HttpOptions): Speech {
	let server: Server | null = null;
	return socket => {
		server ??= open(options);
		server.emit('connection', socket);
		socket.resume();
	};
}
