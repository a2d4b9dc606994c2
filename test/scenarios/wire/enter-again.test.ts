// Orders of a deploy server, and files into hosts already entered, over real connections.
import test from 'ava';
import type {Exchange, Reply} from '../../../core/contracts/network.ts';
import {converse} from '../../../scenarios/wire/exchange/converse.ts';
import {carriedAnswer, renderTransfer, transferMarker} from '../../../scenarios/wire/exchange/marker.ts';
import {replyOfTransfer, transferDatagram} from '../../../scenarios/wire/exchange/transfer.ts';
import {held, loginFor, type Served, serve, speakerFor, view} from '../../builders/loopback.ts';

const say = async (served: Served, exchange: Exchange): Promise<Reply> =>
	converse(await served.connect(), exchange, {timeoutMs: 10_000});
const bytes = 200_000;
const byLogin = (user: 'alice' | 'carol' | 'mallory') =>
	({kind: 'transfer', bytes, way: {kind: 'login', speaks: 'ssh', secret: held(user)}}) as const;
const byExploit = {kind: 'transfer', bytes, way: {kind: 'exploit'}} as const;
const carried = {kind: 'carried', bytes} as const;

test('an order is obeyed for an order key alone, and what it prints is the shell', async t => {
	const logins = [{...loginFor('carol'), orders: true as const}, loginFor('alice')];
	await using served = await serve(speakerFor('ssh', {logins}).greet);
	t.deepEqual(await say(served, {kind: 'order', secret: held('carol')}), {kind: 'shell', host: view});
	t.deepEqual(await say(served, {kind: 'order', secret: held('alice')}), {kind: 'refused'});
	t.deepEqual(await say(served, {kind: 'order', secret: held('mallory')}), {kind: 'refused'});
});

test('a file goes in by ssh with whatever logs in, and not without', async t => {
	await using served = await serve(speakerFor('ssh').greet);
	t.deepEqual(await say(served, byLogin('carol')), carried);
	t.deepEqual(await say(served, byLogin('alice')), carried);
	t.deepEqual(await say(served, byLogin('mallory')), {kind: 'refused'});
});

for (const speaks of ['ssh', 'http', 'postgres', 'mysql', 'tcp'] as const) {
	test(`${speaks}: a file goes in where the service is weak, and not where it is not`, async t => {
		let weak = true;
		await using served = await serve(speakerFor(speaks, {weak: () => weak}).greet);
		t.deepEqual(await say(served, byExploit), carried);
		weak = false;
		t.deepEqual(await say(served, byExploit), {kind: 'refused'});
	});
}

test('udp: a file goes in as one datagram where the service is weak', t => {
	const request = transferDatagram(32_768);
	t.deepEqual(replyOfTransfer(speakerFor('udp', {weak: () => true}).datagram(request)!, 32_768), {
		kind: 'carried',
		bytes: 32_768,
	});
	t.deepEqual(replyOfTransfer(speakerFor('udp').datagram(request)!, 32_768), {kind: 'refused'});
});

test('a file that comes otherwise than it was sent is confirmed by nobody', t => {
	const file = renderTransfer(Buffer.from('abc')).subarray(transferMarker.length);
	t.regex(carriedAnswer(file)!.toString(), /^firebreak-carried ba7816bf[0-9a-f]{56} 3\n$/);
	t.is(carriedAnswer(file.subarray(0, 5)), null);
	t.is(carriedAnswer(Buffer.concat([file, file])), undefined);
	t.deepEqual(replyOfTransfer(carriedAnswer(file)!, 3), {kind: 'refused'});
});
