// When the programs of images start: not before their links, and not before what they need.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {ensureMinimalImage} from '../../topologies/docker/minimal-image.ts';
import {containers, docker, engine, run, titled} from './engine.ts';

async function rehearsalOf(t: ExecutionContext, workloads: Readonly<Record<string, object>>): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'fb-gate-'));
	t.teardown(() => rmSync(folder, {recursive: true}));
	const image = await ensureMinimalImage(await engine(), () => undefined);
	const all = Object.fromEntries(Object.entries(workloads).map(([name, own]) => [name, {image, ...own}]));
	writeFileSync(join(folder, 'rehearsal.yaml'), 'rehearsal: gate\ntopology: g.topology.yaml\ncandidates: {}\n');
	writeFileSync(join(folder, 'g.topology.yaml'), JSON.stringify({topology: 'g', runtime: 'docker', workloads: all}));
	return folder;
}

const app = (needs: readonly string[]) => ({
	command: ['sh', '-c', 'date +%s%N > /tmp/began; nc -w 5 db 5432 </dev/null || exit 3; exec sleep 1000'],
	needs,
});
const db = {
	command: ['sh', '-c', 'ip -o link > /tmp/links; sleep 1; while :; do nc -l -p 5432 </dev/null; done'],
	services: {pg: {port: 5432}},
};

docker(titled('a program that connects at once finds its link, and the program that it needs listening'), async t => {
	t.timeout(60_000);
	const {code, error} = await run('up', await rehearsalOf(t, {app: app(['db:pg']), db}), '--name', 'gate');
	t.teardown(() => run('down', 'gate'));
	t.is(code, 0, error);
	const client = await engine();
	t.deepEqual(await containers('gate'), ['firebreak-gate-0', 'firebreak-gate-1', 'firebreak-gate-gate']);
	const {stdout: links} = await said('db', 'cat /tmp/links');
	t.regex(links, /eth0.*LOWER_UP/, 'its link was up when it started');
	t.notRegex((await said('db', 'ip link')).stdout, /DYNAMIC/);
	t.regex((await said('app', 'readlink /proc/1/exe')).stdout, /busybox/, 'nothing stands before it');
	// Other labs come and go meanwhile: only the volumes of this one's containers count.
	const mounts = await Promise.all(
		(await containers('gate')).map(async name => (await client.getContainer(name).inspect()).Mounts),
	);
	const own = mounts.flat().flatMap(({Name}) => Name ?? []);
	t.true(own.length > 0);
	t.is((await run('down', 'gate')).code, 0);
	const left = ((await client.listVolumes()).Volumes ?? []).map(({Name}) => Name);
	t.deepEqual(
		own.filter(name => left.includes(name)),
		[],
	);
});

docker(
	titled('what a program needs without saying so is what makes it end, and the boot with it, in seconds'),
	async t => {
		t.timeout(60_000);
		const {code, error} = await run('up', await rehearsalOf(t, {app: app([]), db}), '--name', 'hasty');
		t.is(code, 3, error);
		t.regex(error, /the program of app ended with exit code 3/);
		t.deepEqual(await containers('hasty'), []);
	},
);

docker(titled('programs that need each other are let go together, and one that the image lacks is told'), async t => {
	t.timeout(60_000);
	const server = (needs: string) => ({...db, needs: [`${needs}:pg`]});
	const up = await run('up', await rehearsalOf(t, {a: server('b'), b: server('a')}), '--name', 'ring');
	t.is(up.code, 0, up.error);
	t.is((await run('down', 'ring')).code, 0);
	const none = await run('up', await rehearsalOf(t, {a: {command: ['no-such-program']}, b: {}}), '--name', 'none');
	t.is(none.code, 3, none.error);
	t.regex(
		none.error,
		/the program of a ended with exit code 127; it said last: firebreak: the image has no such program/,
	);
});

async function said(workload: string, script: string): Promise<{readonly stdout: string}> {
	return {stdout: (await run('exec', workload, '--lab', 'gate', '--', 'sh', '-c', script)).out};
}
