// The lab's services as their own clients meet them.
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import pg from 'pg';
import {held, loginFor, type Served, serve, speakerFor} from '../../builders/loopback.ts';
import {run, toolTest} from '../../builders/tool.ts';

const psql = (served: Served, user: string, password: string, query: string) =>
	run('psql', ['-h', '127.0.0.1', '-p', `${served.port}`, '-U', user, '-w', '-At', '-d', 'shop', '-c', query], {
		env: {PGPASSWORD: password, PGCONNECT_TIMEOUT: '10', PGPASSFILE: '/dev/null'},
	});

toolTest('psql', 'postgresql-client', 'psql logs in with the right password and gets answers', async t => {
	await using served = await serve(speakerFor('postgres').greet);
	const answers = [
		['select 1', '1\n'],
		['show cluster_name', 'db.prod\n'],
		['select * from cards', ''],
		['\\l', ''],
		['begin', 'BEGIN\n'],
		['', ''],
	] as const;
	for (const [query, out] of answers) {
		const ran = await psql(served, 'alice', held('alice').material, query);
		t.deepEqual([ran.status, ran.out], [0, out], `${query}: ${ran.error}`);
	}
});

toolTest('psql', 'postgresql-client', 'psql is refused with 28P01 and without the right password', async t => {
	await using served = await serve(speakerFor('postgres').greet);
	await using closed = await serve(speakerFor('postgres', {logins: []}).greet);
	for (const [at, user, password] of [
		[served, 'alice', held('bob').material],
		[served, 'nobody', held('alice').material],
		[closed, 'alice', held('alice').material],
	] as const) {
		const {status, error} = await psql(at, user, password, 'select 1');
		t.is(status, 2);
		t.regex(error, new RegExp(`password authentication failed for user "${user}"`));
	}
	const {status, error} = await psql(served, 'alice', '', 'select 1');
	t.is(status, 2);
	t.regex(error, /no password supplied/);
});

test('pg logs in, and its extended protocol gets an answer to every statement', async t => {
	await using served = await serve(speakerFor('postgres').greet);
	const {user, material: password} = held('alice');
	const client = new pg.Client({host: '127.0.0.1', port: served.port, user, password, database: 'shop'});
	client.on('error', () => {});
	await client.connect();
	t.deepEqual((await client.query('select 1')).rows, [{'?column?': '1'}]);
	t.deepEqual((await client.query({text: 'show cluster_name', values: []})).rows, [{cluster_name: 'db.prod'}]);
	t.deepEqual((await client.query('select * from cards where id = $1', [1])).rows, []);
	t.is((await client.query({name: 'kept', text: 'insert into cards values (1)'})).command, 'INSERT');
	await client.end();
	const wrong = new pg.Client({host: '127.0.0.1', port: served.port, user, password: 'guess', database: 'shop'});
	wrong.on('error', () => {});
	await t.throwsAsync(wrong.connect(), {code: '28P01'});
});

const redis = (served: Served, words: readonly string[], input = '') =>
	run('redis-cli', ['-h', '127.0.0.1', '-p', `${served.port}`, '--no-auth-warning', ...words], {input});

toolTest('redis-cli', 'redis-tools', 'redis-cli logs in with and without a user, and is refused otherwise', async t => {
	await using served = await serve(speakerFor('redis').greet);
	const {material} = held('alice');
	t.is((await redis(served, ['-a', material, 'PING'])).out, 'PONG\n');
	t.is((await redis(served, ['--user', 'alice', '-a', material, 'PING'])).out, 'PONG\n');
	t.regex((await redis(served, ['-a', material, 'INFO'])).out, /redis_version:7/);
	t.regex((await redis(served, ['PING'])).out, /^NOAUTH /);
	const wrong = await redis(served, ['--user', 'bob', '-a', material, 'PING']);
	t.regex(wrong.out, /^NOAUTH /);
	t.regex(wrong.error, /WRONGPASS/);
	await using closed = await serve(speakerFor('redis', {logins: []}).greet);
	t.regex((await redis(closed, ['-a', material, 'PING'])).out, /^NOAUTH /m);
});

toolTest('ssh', 'openssh-client', "OpenSSH logs in with its user's key, looks, and finds no shell", async t => {
	const folder = await mkdtemp(join(tmpdir(), 'firebreak-test-'));
	try {
		await using served = await serve(speakerFor('ssh').greet);
		const key = async (user: 'carol' | 'mallory') => {
			await writeFile(join(folder, user), held(user).material, {mode: 0o600});
			return ['-i', join(folder, user)];
		};
		const looked = await run('ssh-keygen', ['-y', '-f', (await key('carol'))[1]!]);
		t.is(looked.out.trim(), loginFor('carol').material);

		const send = async (user: string, owner: 'carol' | 'mallory', command: readonly string[]) => {
			const words = await key(owner);
			return await run('ssh', [
				...['-p', `${served.port}`, '-F', '/dev/null', '-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=no'],
				...['-o', 'UserKnownHostsFile=/dev/null', '-o', 'IdentitiesOnly=yes', '-o', 'IdentityAgent=none'],
				...['-o', 'LogLevel=ERROR', ...words, `${user}@127.0.0.1`, ...command],
			]);
		};
		const look = await send('carol', 'carol', ['firebreak-look']);
		t.is(look.status, 0, look.error);
		t.is(JSON.parse(look.out).hostname, 'db.prod');
		const other = await send('carol', 'carol', ['id']);
		t.is(other.status, 127);
		t.regex(other.error, /db\.prod is a workload of a Firebreak lab/);
		for (const [user, owner] of [
			['carol', 'mallory'],
			['alice', 'carol'],
		] as const) {
			const {status, error} = await send(user, owner, ['firebreak-look']);
			t.is(status, 255);
			t.regex(error, /Permission denied/);
		}
	} finally {
		await rm(folder, {recursive: true});
	}
});

toolTest('curl', 'curl', 'curl gets the page, is judged by its credentials, and keeps its connection', async t => {
	await using served = await serve(speakerFor('http').greet);
	const url = `http://127.0.0.1:${served.port}/`;
	const curl = (...words: string[]) => run('curl', ['-s', '--noproxy', '*', '-m', '10', ...words]);
	t.is((await curl(url)).out, 'db.prod: a service of a Firebreak lab\n');
	const code = ['-o', '/dev/null', '-w', '%{http_code}'];
	t.is((await curl(...code, '-u', `alice:${held('alice').material}`, url)).out, '200');
	t.is((await curl(...code, '-u', 'alice:guess', url)).out, '401');
	t.is((await curl(...code, '-d', 'x', url)).out, '405');
	const twice = await curl('-w', '%{num_connects} ', '-o', '/dev/null', '-o', '/dev/null', url, `${url}again`);
	t.is(twice.out, '1 0 ');
});
