// The Docker socket: whether an engine answers on it, and whether this user could run labs of containers.
import {get} from 'node:http';
import type {FirebreakError} from '../../core/model/failure.ts';
import {unreachable} from '../../topologies/docker/connect.ts';
import {dockerSocket, isOlderApi, withSudo} from '../../topologies/docker/docker-socket.ts';
import {ok, type Row} from './row.ts';

const name = 'Docker';
const off = 'no workloads from images (labs of namespaces need none)';

/** The version that the engine behind the socket says, or why there is no answer. */
const ask = (
	socketPath: string,
): Promise<{readonly version: string; readonly api: string | null} | {readonly why: FirebreakError}> =>
	new Promise(resolve => {
		const request = get({socketPath, path: '/version', timeout: 2000}, response => {
			let body = '';
			response.setEncoding('utf8');
			response.on('data', chunk => (body += chunk));
			response.on('end', () => resolve(versionsOf(body)));
		});
		request.on('timeout', () => request.destroy(new Error('no answer within 2 s')));
		request.on('error', error => resolve({why: unreachable(socketPath, error) as FirebreakError}));
	});

/** The engine's own, and not its components', which stand before it. */
function versionsOf(body: string): {readonly version: string; readonly api: string | null} {
	try {
		const {Version, ApiVersion, Components} = JSON.parse(body) as {
			readonly Version?: string;
			readonly ApiVersion?: string;
			readonly Components?: readonly {readonly Name?: string}[];
		};
		const podman = Components?.some(one => one.Name?.startsWith('Podman')) === true;
		return {version: `${podman ? 'Podman ' : ''}${Version ?? 'unknown version'}`, api: ApiVersion ?? null};
	} catch {
		return {version: 'something that is no Docker', api: '0'};
	}
}

/** Asks the engine for its version. The docker runtime also needs root: only root may enter a container's namespaces. */
export async function tryDocker(root: boolean, host = process.env.DOCKER_HOST): Promise<Row> {
	let socket: string;
	try {
		socket = dockerSocket(host);
	} catch (error) {
		const {message, mend} = error as FirebreakError;
		return {name, state: 'missing', needed: false, found: message, off, mend};
	}
	const answer = await ask(socket);
	if ('why' in answer)
		return {
			name,
			state: 'missing',
			needed: false,
			found: answer.why.message,
			off,
			mend: `${answer.why.mend}${root || answer.why.code === 'docker-forbidden' ? '' : ' (a lab of containers also needs root)'}`,
		};
	const found = `${answer.version} answers at ${socket}`;
	if (answer.api !== null && isOlderApi(answer.api))
		return {
			name,
			state: 'missing',
			needed: false,
			found: `${found}, and is too old`,
			off,
			mend: 'Docker 19.03 or later, Podman 3 or later',
		};
	if (root) return ok(name, found, false);
	return {name, state: 'poor', needed: false, found, off, mend: `${withSudo(host)} (a lab of containers needs root)`};
}
