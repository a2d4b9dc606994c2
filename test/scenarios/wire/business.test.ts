// What a workload says to a service, by protocol: answered, logged in or refused, and never a promise that stays.
import test from 'ava';
import type {Speaks} from '../../../core/model/topology.ts';
import {business, businessDatagram} from '../../../scenarios/wire/exchange/business.ts';
import {held, loginFor, serve, speakerFor} from '../../builders/loopback.ts';

const ask = async (speaks: Speaks, secret?: Parameters<typeof business>[2]) => {
	await using served = await serve(speakerFor(speaks, {logins: [loginFor('alice')]}).greet);
	return (await business(await served.connect(), speaks, secret, 3000)).kind;
};

for (const speaks of ['http', 'postgres', 'redis', 'dns', 'ssh'] as const)
	test(`${speaks}: a service answers who has no secret`, async t => {
		t.is(await ask(speaks), 'answered');
	});

for (const speaks of ['http', 'postgres', 'redis', 'ssh', 'mysql'] as const)
	test(`${speaks}: who holds the password logs in, and another’s is refused`, async t => {
		t.is(await ask(speaks, held('alice')), 'logged-in');
		t.is(await ask(speaks, held('bob')), 'refused');
	});

test('a listener that speaks no protocol says nothing, and that is the end of it', async t => {
	t.is(await ask('kafka'), 'silent');
	t.is(await ask('mysql'), 'silent');
});

test('who is asked for names gets a question, and others bytes', t => {
	t.true(businessDatagram('dns', 'db').includes('db'));
	t.is(businessDatagram('udp', 'db').toString(), 'firebreak-traffic');
});
