import test from 'ava';
import {held, serve, speakerFor, tryLogin, view} from '../../builders/loopback.ts';

const session = {kind: 'session', hostname: 'db.prod'} as const;
const shell = {kind: 'shell', host: view} as const;
const refused = {kind: 'refused'} as const;
/** Nobody there asks for a login by that protocol. */
const noLogins = {kind: 'refused', logins: 'none'} as const;
const untried = {kind: 'unanswered', answer: 'open'} as const;

const protocols = ['ssh', 'postgres', 'redis', 'http', 'mysql'] as const;

const cases = [
	['ssh', 'a password', held('alice'), shell],
	['ssh', "another user's password", held('alice', 'bob'), refused],
	['ssh', 'a key', held('carol'), shell],
	['ssh', 'a key that opens nothing', held('mallory'), refused],
	['ssh', "another user's key", held('carol', 'alice'), refused],
	['ssh', 'a key that is none', {...held('carol'), material: 'no key'}, refused],
	['postgres', 'a password', held('alice'), session],
	['postgres', "another user's password", held('alice', 'bob'), refused],
	['postgres', 'a user that does not exist', held('alice', 'nobody'), refused],
	['postgres', 'no password', {...held('alice'), material: ''}, refused],
	['postgres', 'a key', held('carol'), untried],
	['redis', 'a password', held('bob'), session],
	['redis', "another user's password", held('bob', 'alice'), refused],
	['redis', 'a wrong password', {...held('bob'), material: 'guess'}, refused],
	['http', 'a password', held('alice'), session],
	['http', "another user's password", held('alice', 'bob'), refused],
	['mysql', 'a password', held('alice'), session],
	['ldap', "another user's password", held('alice', 'bob'), refused],
	['ldap', 'a key', held('carol'), untried],
	['tcp', "another user's password", held('alice', 'bob'), noLogins],
] as const;

for (const [speaks, title, secret, reply] of cases) {
	test(`${speaks}: ${title} is ${reply.kind}`, async t => {
		await using served = await serve(speakerFor(speaks).greet);
		t.deepEqual(await tryLogin(served, speaks, secret), reply);
	});
}

for (const speaks of protocols) {
	test(`${speaks}: a service without logins refuses a password that another service accepts`, async t => {
		await using served = await serve(speakerFor(speaks, {logins: []}).greet);
		t.deepEqual(await tryLogin(served, speaks, held('alice')), refused);
	});

	test(`${speaks}: 50 logins side by side, right and wrong, are told apart`, async t => {
		await using served = await serve(speakerFor(speaks).greet);
		const secrets = Array.from({length: 50}, (_, at) => (at % 2 === 0 ? held('alice') : held('bob', 'alice')));
		const replies = await Promise.all(secrets.map(secret => tryLogin(served, speaks, secret)));
		const right = speaks === 'ssh' ? 'shell' : 'session';
		t.deepEqual(
			replies.map(({kind}) => kind),
			secrets.map((_, at) => (at % 2 === 0 ? right : 'refused')),
		);
	});
}

for (const spoken of protocols) {
	test(`${spoken}: a login at a service that speaks something else is refused at once, as one that nobody asks for`, async t => {
		for (const speaks of [...protocols, 'dns', 'tcp'] as const) {
			if (speaks === spoken || (spoken === 'mysql' && speaks === 'tcp')) continue;
			await using served = await serve(speakerFor(speaks).greet);
			t.deepEqual(await tryLogin(served, spoken, held('alice'), 2000), noLogins, speaks);
		}
	});
}

test('postgres: nothing is taken from the environment of this process', async t => {
	await using served = await serve(speakerFor('postgres').greet);
	process.env.PGPASSWORD = held('alice').material;
	t.teardown(() => delete process.env.PGPASSWORD);
	t.deepEqual(await tryLogin(served, 'postgres', {...held('alice'), material: ''}), refused);
});

test('two secrets of one user open the same service', async t => {
	const logins = [held('alice'), held('bob', 'alice')].map(({user, material}) => ({
		user,
		kind: 'password' as const,
		material,
	}));
	await using postgres = await serve(speakerFor('postgres', {logins}).greet);
	t.like(await tryLogin(postgres, 'postgres', held('alice')), {kind: 'session'});
	t.like(await tryLogin(postgres, 'postgres', held('bob', 'alice')), {kind: 'session'});
});
