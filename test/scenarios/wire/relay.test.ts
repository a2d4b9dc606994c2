// A conversation inside a conversation: every login and the exploit through both ways into a relay, over real sockets.
import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import test from 'ava';
import type {Entering, Way} from '../../../core/contracts/network.ts';
import type {Forward} from '../../../kernel/speech/speech.ts';
import {converse} from '../../../scenarios/wire/exchange/converse.ts';
import {parseRelay, renderRelay} from '../../../scenarios/wire/exchange/marker.ts';
import {relayThrough} from '../../../scenarios/wire/exchange/relay.ts';
import {held, type Served, serve, speakerFor, view} from '../../builders/loopback.ts';

const forward: Forward = async (_, {port}) => {
	const socket = connect(port, '127.0.0.1');
	return await once(socket, 'connect').then(
		() => socket,
		() => null,
	);
};
const relaySpeaker = (options: Parameters<typeof speakerFor>[1] = {}) =>
	speakerFor('ssh', {weak: () => true, forward, ...options});
const ways: readonly (readonly [string, Way])[] = [
	['a shell', {kind: 'exploit'}],
	['ssh by password', {kind: 'login', speaks: 'ssh', secret: held('alice')}],
	['ssh by key', {kind: 'login', speaks: 'ssh', secret: held('carol')}],
];

async function through(relay: Served, way: Way, port: number): Promise<{outer: Socket; inner: Socket | null}> {
	const outer = await relay.connect();
	return {outer, inner: await relayThrough(outer, way, {address: '127.0.0.1', port}, 10_000)};
}

async function speak(way: Way, target: Served, inner: Entering) {
	await using relay = await serve(relaySpeaker().greet);
	const {outer, inner: carried} = await through(relay, way, target.port);
	try {
		return carried === null ? null : await converse(carried, inner, {timeoutMs: 10_000});
	} finally {
		outer.destroy();
	}
}

for (const [by, way] of ways) {
	for (const speaks of ['ssh', 'http', 'postgres', 'redis', 'mysql'] as const) {
		test(`${speaks} through ${by}: the right password gets in, the wrong one does not`, async t => {
			await using target = await serve(speakerFor(speaks).greet);
			const right = await speak(way, target, {kind: 'login', speaks, secret: held('bob')});
			t.is(right?.kind, speaks === 'ssh' ? 'shell' : 'session');
			t.deepEqual(await speak(way, target, {kind: 'login', speaks, secret: held('bob', 'alice')}), {kind: 'refused'});
		});
	}
	test(`the exploit through ${by} gives a shell where the far end is weak, and is refused where not`, async t => {
		let weak = true;
		await using target = await serve(speakerFor('http', {weak: () => weak}).greet);
		t.deepEqual(await speak(way, target, {kind: 'exploit'}), {kind: 'shell', host: view});
		weak = false;
		t.deepEqual(await speak(way, target, {kind: 'exploit'}), {kind: 'refused'});
	});
	test(`${by}: where nothing listens behind the relay, nothing is carried`, async t => {
		await using relay = await serve(relaySpeaker().greet);
		const {outer, inner} = await through(relay, way, 1);
		t.is(inner, null);
		outer.destroy();
	});
	test(`${by}: a service that forwards for nobody carries nothing`, async t => {
		await using target = await serve(speakerFor('http', {weak: () => true}).greet);
		await using relay = await serve(speakerFor('ssh', {weak: () => true}).greet);
		const {outer, inner} = await through(relay, way, target.port);
		t.is(inner, null);
		outer.destroy();
	});
	test(`${by}: when the conversation ends, the connection behind it does`, async t => {
		const {promise: closed, resolve} = Promise.withResolvers<void>();
		await using target = await serve(socket => {
			socket.on('error', () => {});
			socket.resume().once('close', () => resolve());
		});
		await using relay = await serve(relaySpeaker().greet);
		const {outer, inner} = await through(relay, way, target.port);
		t.not(inner, null);
		outer.destroy();
		await closed;
		t.pass();
	});
}

test('a relay that is not weak, or whose login is wrong, is not entered', async t => {
	await using target = await serve(speakerFor('http', {weak: () => true}).greet);
	await using relay = await serve(relaySpeaker({weak: () => false}).greet);
	for (const way of [
		{kind: 'exploit'},
		{kind: 'login', speaks: 'ssh', secret: held('mallory')},
	] as const satisfies readonly Way[]) {
		const {outer, inner} = await through(relay, way, target.port);
		t.is(inner, null);
		outer.destroy();
	}
});

test('the relay line names an address and a port, and nothing else is one', t => {
	for (const onward of [
		{address: '10.0.0.1', port: 22},
		{address: 'fd00:1::2', port: 65_535},
	])
		t.deepEqual(parseRelay(renderRelay(onward)), onward);
	for (const line of [
		'firebreak-relay 10.0.0.1 22',
		'firebreak-relay 10.0.0.1 0\n',
		'firebreak-relay 10.0.0.1 65536\n',
		'firebreak-relay db.prod 22\n',
		'firebreak-relay 10.0.0.1 22; id\n',
		'GET / HTTP/1.1\n',
	])
		t.is(parseRelay(line), null, line);
});
