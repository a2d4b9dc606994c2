// Where Docker is asked, or Podman by the same API, and how old it may be.
import {plainWord} from '../../core/files/plain-word.ts';
import {FirebreakError} from '../../core/model/failure.ts';

/**
 * Path of the socket: `DOCKER_HOST`, else the one that Docker makes.
 *
 * @throws FirebreakError `docker-elsewhere` where DOCKER_HOST is no unix socket: containers of another machine have their
 * namespaces there
 */
export function dockerSocket(host = process.env.DOCKER_HOST): string {
	if (host === undefined || host === '') return '/var/run/docker.sock';
	if (/^unix:\/\/\//.test(host)) return host.slice('unix://'.length);
	throw new FirebreakError(
		'docker-elsewhere',
		`DOCKER_HOST is ${plainWord(host)}, and a lab needs the namespaces of its containers on this machine`,
		'DOCKER_HOST=unix:///var/run/docker.sock, or the socket of Podman: unix:///run/podman/podman.sock',
	);
}

/** What to type so that root asks the same Docker: sudo drops variables. */
export const withSudo = (host = process.env.DOCKER_HOST): string =>
	host === undefined || host === '' ? 'sudo firebreak …' : 'sudo --preserve-env=DOCKER_HOST firebreak …';

/** Docker 19.03 of 2019, Podman 3: the oldest whose answers are known to be understood. */
export const oldestApi = '1.40';

/** `1.9` is older than `1.40`. */
export function isOlderApi(api: string): boolean {
	const [major = 0, minor = 0] = api.split('.').map(Number);
	const [least = 0, lesser = 0] = oldestApi.split('.').map(Number);
	return major < least || (major === least && minor < lesser);
}
