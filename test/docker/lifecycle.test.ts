// Nothing of a lab outlives it, and nothing of anybody else's goes with it.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {setTimeout as wait} from 'node:timers/promises';
import {ensureMinimalImage} from '../../topologies/docker/minimal-image.ts';
import {start, starter} from '../system/firebreak.ts';
import {containers, docker, engine, labsFolder, place, run, titled} from './engine.ts';

const foreign = 'fb-test-foreign';
const up = (lab: string) => run('up', starter, '--name', lab, '--runtime', 'docker');

/** Somebody else's: a container that runs with a volume, a container that a user labelled, and a network. */
async function strangers() {
	const client = await engine();
	const image = await ensureMinimalImage(client, () => undefined);
	await client.createVolume({Name: foreign});
	const network = await client.createNetwork({Name: foreign, Driver: 'null'}).catch(() => null);
	const plain = await client.createContainer({
		name: foreign,
		Image: image,
		HostConfig: {NetworkMode: 'none', Binds: [`${foreign}:/data`]},
	});
	await plain.start();
	const labelled = await client.createContainer({
		name: `firebreak-${foreign}`,
		Image: image,
		Labels: {'firebreak.lab': 'life', 'firebreak.engine': 'abcdefabcdef'},
		HostConfig: {NetworkMode: 'none'},
	});
	return {
		async there() {
			const [one, two] = await Promise.all([plain.inspect(), labelled.inspect()]);
			await client.getVolume(foreign).inspect();
			await network?.inspect();
			return [one.State.Status, two.State.Status];
		},
		async remove() {
			await Promise.all([plain, labelled].map(one => one.remove({force: true, v: true})));
			await client.getVolume(foreign).remove();
			await network?.remove();
		},
	};
}

docker(
	titled('an engine that is killed leaves containers, the next command removes them, and what is of others survives'),
	async t => {
		t.timeout(60_000);
		const others = await strangers();
		t.teardown(() => others.remove());
		const said = await up('life');
		t.is(said.code, 0, said.error);
		const {labs} = JSON.parse((await run('ls', '--format', 'json')).out) as {
			readonly labs: readonly {readonly pid: number}[];
		};
		t.is((await containers('life')).length, 6);
		process.kill(labs[0]!.pid, 'SIGKILL');
		await wait(200);
		t.is((await containers('life')).length, 6, 'the kernel takes no container');
		const ls = await run('ls');
		t.is(ls.code, 0, ls.error);
		t.deepEqual(await containers('life'), []);
		t.deepEqual(await others.there(), ['running', 'created']);
		t.deepEqual(readdirSync(labsFolder), []);
	},
);

docker(titled('down removes every container of its lab and none of another'), async t => {
	t.timeout(60_000);
	const [one, two] = await Promise.all([up('one'), up('two')]);
	t.deepEqual([one.code, two.code], [0, 0], one.error + two.error);
	t.is((await run('down', 'one')).code, 0);
	t.deepEqual([(await containers('one')).length, (await containers('two')).length], [0, 6]);
	t.is((await run('exec', 'web.dev', '--lab', 'two', '--', 'sh', '-c', 'exit 7')).code, 7);
	t.is((await run('down', '--all')).code, 0);
	t.deepEqual([await containers('one'), await containers('two')], [[], []]);
	t.deepEqual(readdirSync(labsFolder), []);
});

docker(titled('a rehearsal leaves no container behind, and no record'), async t => {
	t.timeout(60_000);
	const {code, out, error} = await run('rehearse', starter, '--runtime', 'docker', '--format', 'ndjson');
	t.is(code, 0, error);
	const {lab} = JSON.parse(out.split('\n').find(line => line.includes('lab-booted'))!) as {readonly lab: string};
	t.deepEqual(await containers(lab), []);
	t.deepEqual(readdirSync(labsFolder), []);
});

docker(titled('Ctrl-C at any moment of the boot leaves no container'), async t => {
	t.timeout(60_000);
	const codes: (number | null)[] = [];
	for (const atMs of [300, 700, 1100, 1500]) {
		const {child, ended} = start(['up', starter, '--name', 'cut', '--runtime', 'docker'], place);
		await wait(atMs);
		child.kill('SIGINT');
		const {code} = await ended;
		if (code === 0) await run('down', 'cut');
		codes.push(code);
		t.deepEqual(await containers('cut'), [], `after ${atMs} ms`);
	}
	t.true(codes.includes(130));
});

docker(
	titled('engine and command killed in the middle of the boot: the next command removes what was made'),
	async t => {
		t.timeout(60_000);
		const made = () => containers('midway');
		const {child, ended} = start(['up', 'shop', '--name', 'midway', '--runtime', 'docker'], place);
		while ((await made()).length < 5) await wait(20);
		const descendants = tree(child.pid!);
		for (const pid of [child.pid!, ...descendants]) process.kill(pid, 'SIGKILL');
		await ended;
		t.true(existsSync(labsFolder) && readdirSync(labsFolder).some(name => name.endsWith('.containers')));
		t.true((await made()).length >= 5);
		await run('ls');
		// What Docker had begun when the engine went may come after the first look.
		for (let tries = 0; tries < 20 && (await made()).length > 0; tries++) {
			await wait(300);
			await run('ls');
		}
		t.deepEqual(await made(), []);
	},
);

docker(
	titled('a name that somebody’s container has is refused with the mend, and that container is left alone'),
	async t => {
		const client = await engine();
		const image = await ensureMinimalImage(client, () => undefined);
		const taken = await client.createContainer({
			name: 'firebreak-taken-2',
			Image: image,
			HostConfig: {NetworkMode: 'none'},
		});
		t.teardown(() => taken.remove({force: true}));
		const {code, error} = await up('taken');
		t.is(code, 3);
		t.regex(error, /firebreak-taken-2.*already in use/);
		t.regex(error, /mend: docker rm -f firebreak-taken-2/);
		t.deepEqual(await containers('taken'), ['firebreak-taken-2']);
	},
);

/** All processes below one. Source: proc_pid_task(5), `children`. */
function tree(pid: number): readonly number[] {
	const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
	return children.flatMap(child => [...tree(child), child]);
}
