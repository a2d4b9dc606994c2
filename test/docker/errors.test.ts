// What goes wrong with images and programs: exit 3 with the mend, and nothing left.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {ensureMinimalImage} from '../../topologies/docker/minimal-image.ts';
import {firebreak} from '../system/firebreak.ts';
import {containers, docker, engine, place, run, titled} from './engine.ts';

/** A rehearsal of one workload, that goes with the test. */
function rehearsalOf(t: ExecutionContext, workload: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'fb-errors-'));
	t.teardown(() => rmSync(folder, {recursive: true}));
	writeFileSync(join(folder, 'rehearsal.yaml'), 'rehearsal: wrong\ntopology: t.topology.yaml\ncandidates: {}\n');
	writeFileSync(
		join(folder, 't.topology.yaml'),
		`topology: t\nruntime: docker\nworkloads:\n  one: ${workload}\n  two: {}\n`,
	);
	return folder;
}
const minimal = async (): Promise<string> => ensureMinimalImage(await engine(), () => undefined);

docker(
	titled('an image that is neither here nor to be pulled is named with who needs it, before anything is booted'),
	async t => {
		const {code, out, error} = await run('up', rehearsalOf(t, '{ image: "localhost:1/firebreak-no-such:1" }'));
		t.is(code, 3, error);
		t.is(out, '');
		t.regex(error, /^ {2}image +pulling localhost:1\/firebreak-no-such:1$/m);
		t.regex(error, /the image localhost:1\/firebreak-no-such:1 of one is not here and cannot be pulled: /);
		t.regex(error, /mend: .*docker pull localhost:1\/firebreak-no-such:1/);
		t.notRegex(error, /booting/);
	},
);

docker(
	titled('a program that ends at once fails the boot with its last lines and its exit code, and nothing is left'),
	async t => {
		const words = '[/bin/busybox, sh, -c, "echo no route to the database >&2; exit 3"]';
		const folder = rehearsalOf(t, `{ image: "${await minimal()}", command: ${words} }`);
		const {code, error} = await run('up', folder, '--name', 'wrong');
		t.is(code, 3, error);
		t.regex(error, /the program of one ended with exit code 3; it said last: no route to the database/);
		t.regex(error, /mend: .*under its needs: /);
		t.deepEqual(await containers('wrong'), []);
	},
);

docker(titled('a volume that is not there is wrong input with its place, and nothing is asked of Docker'), async t => {
	const folder = rehearsalOf(t, '{ volumes: ["./none:/etc/none"] }');
	const {code, error} = await firebreak(['up', folder], {env: {...place.env, DOCKER_HOST: 'unix:///nowhere'}});
	t.is(code, 2, error);
	t.regex(error, /t\.topology\.yaml:4:\d+: the volume \.\/none is not there/);
});

docker(
	titled('no Docker at the socket, one of another machine, and no root end with 3, each with its mend'),
	async t => {
		const folder = rehearsalOf(t, '{}');
		const up = (host: string, under: readonly string[] = []) =>
			firebreak(['up', folder], {under, env: {...place.env, DOCKER_HOST: host}});
		for (const [ended, says] of [
			[await up('unix:///nowhere'), /there is no Docker here.*\n {2}mend: .*--runtime netns/],
			[await up('tcp://127.0.0.1:2375'), /namespaces of its containers on this machine\n {2}mend: DOCKER_HOST=unix:/],
			[
				await up(place.env.DOCKER_HOST, ['unshare', '--user', '--map-root-user']),
				/only root may enter their networks, whoever may use Docker\n {2}mend: sudo --preserve-env=DOCKER_HOST firebreak/,
			],
		] as const) {
			t.is(ended.code, 3, ended.error);
			t.regex(ended.error, says);
		}
	},
);

docker(
	titled('a workload without an image has a shell by exec, and a program that it lacks is told with the mend'),
	async t => {
		t.timeout(60_000);
		const up = await run('up', rehearsalOf(t, '{}'), '--name', 'minimal');
		t.teardown(() => run('down', 'minimal'));
		t.is(up.code, 0, up.error);
		const [shell, none] = await Promise.all([
			run('exec', 'one', '--lab', 'minimal', '--', 'sh', '-c', 'hostname; id -u; echo no >&2; exit 5'),
			run('exec', 'one', '--lab', 'minimal', '--', 'no-such-program'),
		]);
		t.deepEqual([shell.code, shell.out, shell.error], [5, 'one\n0\n', 'no\n']);
		t.deepEqual([none.code, none.out], [3, '']);
		t.regex(none.error, /the container has no program no-such-program\n {2}mend: /);
	},
);
