// The Docker socket: whether an engine answers on it, and whether this user could run labs of containers.
import {get} from 'node:http';
import {ok, type Row} from './row.ts';

const name = 'Docker';
const off = 'no workloads from images (labs of namespaces need none)';

/** The version that the engine behind the socket says, or why there is no answer. */
const ask = (socketPath: string): Promise<{readonly version: string} | {readonly why: string}> =>
	new Promise(resolve => {
		const request = get({socketPath, path: '/version', timeout: 2000}, response => {
			let body = '';
			response.setEncoding('utf8');
			response.on('data', chunk => (body += chunk));
			response.on('end', () => resolve({version: /"Version":"([^"]+)"/.exec(body)?.[1] ?? 'unknown version'}));
		});
		request.on('timeout', () => request.destroy(new Error('no answer within 2 s')));
		request.on('error', error => resolve({why: error.message}));
	});

/** Asks the engine for its version. The docker runtime also needs root: only root may enter a container's namespaces. */
export async function tryDocker(root: boolean, host = process.env.DOCKER_HOST): Promise<Row> {
	const socket = host?.startsWith('unix://') ? host.slice('unix://'.length) : '/var/run/docker.sock';
	const answer = await ask(socket);
	if ('why' in answer)
		return {
			name,
			state: 'missing',
			needed: false,
			found: answer.why,
			off,
			mend: 'start Docker or Podman and its socket',
		};
	const found = `${answer.version} answers at ${socket}`;
	if (root) return ok(name, found, false);
	return {name, state: 'poor', needed: false, found, off, mend: 'sudo firebreak … (a lab of containers needs root)'};
}
