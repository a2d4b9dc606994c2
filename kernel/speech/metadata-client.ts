import {Agent, request} from 'node:http';
import type {Socket} from 'node:net';
import {credentialsPath} from './metadata-server.ts';

/** The most documents that are asked for, and bytes that are read of each. */
const most = {documents: 1000, bytes: 64 * 1024};

/**
 * Reads the listing of credentials and each of them over one connected socket, as text.
 *
 * @returns null where the far end has none, or speaks no HTTP. Never settles while it is silent: the caller has the clock
 * and destroys the socket.
 */
export async function readCredentials(socket: Socket): Promise<readonly string[] | null> {
	const agent = new Agent({keepAlive: true, maxSockets: 1});
	agent.createConnection = () => socket;
	try {
		const listing = await get(agent, credentialsPath);
		const names = listing?.split('\n').filter(name => name !== '') ?? null;
		if (names === null || names.length > most.documents) return null;
		const documents: string[] = [];
		for (const name of names) {
			const text = await get(agent, `${credentialsPath}${name}`);
			if (text === null) return null;
			documents.push(text);
		}
		return documents;
	} finally {
		agent.destroy();
	}
}

const get = (agent: Agent, path: string): Promise<string | null> =>
	new Promise(resolve => {
		const call = request({agent, path, host: '169.254.169.254', headers: {'user-agent': 'curl/8.0'}});
		call.on('error', () => resolve(null));
		call.on('response', response => {
			let text = '';
			response.setEncoding('utf8');
			response.on('error', () => resolve(null));
			response.on('data', (chunk: string) => {
				text += chunk;
				if (text.length > most.bytes) resolve(null);
			});
			response.on('end', () => resolve(response.statusCode === 200 ? text : null));
		});
		call.end();
	});
