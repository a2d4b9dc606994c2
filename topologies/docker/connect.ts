// The one door to Docker: a client that is known to answer and to be new enough.
import type Docker from 'dockerode';
import {FirebreakError} from '../../core/model/failure.ts';
import {isOlderApi, oldestApi, withSudo} from './docker-socket.ts';

const patienceMs = 5000;

export interface ConnectedDocker {
	readonly docker: Docker;
	/** What the engine behind the socket calls itself: `20.10.24`, `Podman 4.3.1`. */
	readonly version: string;
}

/** A client that asks nobody yet. The library is loaded by the first. */
export async function dockerClient(socket: string): Promise<Docker> {
	const {default: Client} = await import('dockerode');
	return new Client({socketPath: socket});
}

/** @throws FirebreakError `no-docker`, `docker-silent`, `docker-forbidden`, `docker-too-old` */
export async function connectDocker(socket: string): Promise<ConnectedDocker> {
	const docker = await dockerClient(socket);
	const said = await answered(docker, socket);
	const {ApiVersion: api = '0', Version: own = 'unknown'} = said;
	if (isOlderApi(api))
		throw new FirebreakError(
			'docker-too-old',
			`Docker ${own} at ${socket} speaks version ${api} of its API, and ${oldestApi} is needed`,
			'Docker 19.03 or later, Podman 3 or later; or --runtime netns',
		);
	const podman = said.Components?.some(({Name}) => Name.startsWith('Podman')) === true;
	return {docker, version: podman ? `Podman ${own}` : own};
}

async function answered(docker: Docker, socket: string): Promise<Awaited<ReturnType<Docker['version']>>> {
	const late = Promise.withResolvers<never>();
	const timer = setTimeout(() => late.reject(silent(socket)), patienceMs);
	try {
		return await Promise.race([docker.version(), late.promise]);
	} catch (error) {
		throw unreachable(socket, error as NodeJS.ErrnoException);
	} finally {
		clearTimeout(timer);
	}
}

const silent = (socket: string): FirebreakError =>
	new FirebreakError(
		'docker-silent',
		`Docker does not answer at ${socket} within ${patienceMs / 1000} s`,
		'systemctl restart docker, and docker version must answer; or --runtime netns',
	);

const start =
	'start Docker or Podman (systemctl start docker), or set DOCKER_HOST to its socket; without: --runtime netns';

/** What it means that a request did not come through. */
export function unreachable(socket: string, error: NodeJS.ErrnoException): Error {
	if (error instanceof FirebreakError) return error;
	const refused = (code: string, what: string, mend: string) => new FirebreakError(code, what, mend, {socket}, error);
	switch (error.code) {
		case 'ENOENT':
			return refused('no-docker', `there is no Docker here: nothing is at ${socket}`, `install and ${start}`);
		case 'ECONNREFUSED':
			return refused('no-docker', `no Docker is running: nobody listens at ${socket}`, start);
		case 'EACCES':
		case 'EPERM':
			return refused('docker-forbidden', `you may not use Docker at ${socket}`, withSudo());
		default:
			return refused('no-docker', `Docker at ${socket} cannot be asked: ${error.message}`, start);
	}
}
