// The metadata service of clouds, as far as credentials go: a listing, and a JSON document each.
// Source: AWS, "Retrieve security credentials from instance metadata" (version 1: no token).
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {Socket} from 'node:net';

/** Where the names of the credentials are listed, a line each; a name behind it is one of them. */
export const credentialsPath = '/latest/meta-data/iam/security-credentials/';

/** One secret, as the service knows it. */
export interface Credential {
	readonly id: string;
	readonly kind: string;
	readonly user: string;
	readonly material: string;
	readonly speaks: readonly string[];
}

/** What a machine is given, by the address it asks from (IPv4 text); undefined where the service knows nothing of it. */
export type CredentialsOf = (address: string) => readonly Credential[] | undefined;

const listings: Readonly<Record<string, string>> = {
	'/': 'latest\n',
	'/latest': 'meta-data/\n',
	'/latest/meta-data': 'iam/\n',
	'/latest/meta-data/iam': 'security-credentials/\n',
};

const documentOf = ({id, kind, user, material, speaks}: Credential): string =>
	`${JSON.stringify({Code: 'Success', Type: kind, Name: id, UserName: user, Secret: material, Protocols: speaks}, null, 2)}\n`;

type Page = readonly [status: number, type: 'text/plain' | 'application/json', text: string];

function pageOf(method: string, path: string, its: readonly Credential[] | undefined): Page {
	if (method !== 'GET' && method !== 'HEAD') return [405, 'text/plain', 'GET only\n'];
	if (its === undefined) return [404, 'text/plain', 'no metadata for this machine\n'];
	const listing = listings[path === '/' ? path : path.replace(/\/$/, '')];
	if (listing !== undefined) return [200, 'text/plain', listing];
	if (`${path}/` === credentialsPath || path === credentialsPath)
		return [200, 'text/plain', its.map(({id}) => `${encodeURIComponent(id)}\n`).join('')];
	const one = its.find(({id}) => path === `${credentialsPath}${encodeURIComponent(id)}`);
	return one === undefined ? [404, 'text/plain', 'not found\n'] : [200, 'application/json', documentOf(one)];
}

function answer(request: IncomingMessage, response: ServerResponse, credentialsOf: CredentialsOf): void {
	request.resume();
	const {method = 'GET', url = '/', socket} = request;
	const [status, type, text] = pageOf(method, url.split('?')[0]!, credentialsOf(socket.remoteAddress ?? ''));
	response.writeHead(status, {'content-type': type}).end(text);
}

/** Takes over accepted sockets, each for the rest of its life. */
export function metadataSpeech(credentialsOf: CredentialsOf): (socket: Socket) => void {
	let server: Server | null = null;
	return socket => {
		server ??= createServer((request, response) => answer(request, response, credentialsOf)).on(
			'clientError',
			(_error, failed) => failed.destroy(),
		);
		server.emit('connection', socket);
		socket.resume();
	};
}
