// What can be wrong with a Docker engine, each said with its mend: by sockets that answer as it would.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {FirebreakError} from '../../../core/model/failure.ts';
import {connectDocker} from '../../../topologies/docker/connect.ts';
import {dockerSocket} from '../../../topologies/docker/docker-socket.ts';

const folder = mkdtempSync(join(tmpdir(), 'fb-connect-'));
const servers: Server[] = [];
test.after.always(() => {
	for (const server of servers) {
		server.close();
		server.closeAllConnections();
	}
	rmSync(folder, {recursive: true});
});
let last = 0;

/** A socket that answers every question so. */
async function answering(body: object | null): Promise<string> {
	const path = join(folder, `${++last}.sock`);
	const server = createServer((_, response) => {
		if (body !== null) response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
	});
	servers.push(server);
	await new Promise<void>(resolve => server.listen(path, resolve));
	return path;
}
const failing = async (path: string): Promise<FirebreakError> => {
	const error = await connectDocker(path).then(
		() => null,
		(thrown: unknown) => thrown,
	);
	if (!(error instanceof FirebreakError)) throw new Error(`no FirebreakError: ${String(error)}`);
	return error;
};

test('DOCKER_HOST says which socket, and only a socket of this machine will do', t => {
	t.is(dockerSocket(undefined), '/var/run/docker.sock');
	t.is(dockerSocket(''), '/var/run/docker.sock');
	t.is(dockerSocket('unix:///run/podman/podman.sock'), '/run/podman/podman.sock');
	for (const host of ['tcp://10.0.0.1:2375', 'ssh://box', 'unix://relative', '/var/run/docker.sock']) {
		const error = t.throws(() => dockerSocket(host), {instanceOf: FirebreakError});
		t.is(error.code, 'docker-elsewhere');
		t.regex(error.mend, /unix:\/\//);
	}
});

test('nothing at the socket, and nobody who listens there, are no Docker, with what to start', async t => {
	const file = join(folder, 'file');
	writeFileSync(file, '');
	for (const [path, says] of [
		[join(folder, 'none'), /nothing is at/],
		[file, /nobody listens/],
	] as const) {
		const error = await failing(path);
		t.is(error.code, 'no-docker');
		t.regex(error.message, says);
		t.regex(error.mend, /systemctl start docker.*--runtime netns/);
	}
});

test('an engine of long ago is too old, and its version is told', async t => {
	const error = await failing(await answering({Version: '1.9.1', ApiVersion: '1.9'}));
	t.is(error.code, 'docker-too-old');
	t.regex(error.message, /1\.9\.1 .* version 1\.9 .* 1\.40 is needed/);
});

test('an engine that says nothing is not waited for for ever', async t => {
	t.timeout(20_000);
	t.is((await failing(await answering(null))).code, 'docker-silent');
});

test('Docker and Podman are both taken, each by its name', async t => {
	const docker = await connectDocker(await answering({Version: '20.10.24', ApiVersion: '1.41'}));
	t.is(docker.version, '20.10.24');
	const podman = {Version: '4.3.1', ApiVersion: '1.41', Components: [{Name: 'Podman Engine', Version: '4.3.1'}]};
	t.is((await connectDocker(await answering(podman))).version, 'Podman 4.3.1');
});
