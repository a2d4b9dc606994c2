import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import type {Server, Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import test from 'ava';
import type {FirebreakError} from '../../core/model/failure.ts';
import {createAudience} from '../../lab/audience.ts';
import {findLabs, joinLab} from '../../lab/labs.ts';
import {serveAt} from '../../lab/labs-socket.ts';
import {protocolVersion} from '../../lab/protocol.ts';

async function served(t: import('ava').ExecutionContext, onClient: (socket: Socket) => void) {
	const folder = mkdtempSync(join(tmpdir(), 'fb-'));
	const server: Server = await serveAt(join(folder, 'shop.sock'), 'shop', onClient);
	t.teardown(() => {
		server.close();
		rmSync(folder, {recursive: true, force: true});
	});
	return {folder, server};
}
const hello = (version: number) => `${JSON.stringify({kind: 'hello', version, pid: 4_000_000, lab: 'shop'})}\n`;

test('a lab of another version is told apart, and named with what to do', async t => {
	const {folder} = await served(t, socket => void socket.write(hello(protocolVersion + 1)));
	const error = await t.throwsAsync<FirebreakError>(joinLab('shop', undefined, folder));
	t.is(error!.code, 'other-version');
	t.regex(error!.mend, /firebreak down shop/);
	const {living} = await findLabs(folder);
	t.deepEqual(
		living.map(({name, found}) => `${name} ${found.kind}`),
		['shop other-version'],
	);
});

test('of two engines that want one name the second hears it, and the first still serves', async t => {
	const {folder} = await served(t, socket => void socket.write(hello(protocolVersion)));
	const error = await t.throwsAsync<FirebreakError>(serveAt(join(folder, 'shop.sock'), 'shop', () => undefined));
	t.is(error!.code, 'lab-exists');
	t.deepEqual(readdirSync(folder), ['shop.sock']);
	using lab = (await joinLab('shop', undefined, folder))!;
	t.is(lab.name, 'shop');
});

test('a socket without an engine is taken away, and is no lab', async t => {
	const {folder, server} = await served(t, () => undefined);
	server.close();
	t.deepEqual(readdirSync(folder), ['shop.sock']);
	const {living, dead} = await findLabs(folder);
	t.deepEqual(living, []);
	t.deepEqual(dead, [{name: 'shop', lastWord: null}]);
	t.deepEqual(readdirSync(folder), []);
});

test('an engine that says nothing is told apart from one that is gone, and hides no other lab', async t => {
	const {folder} = await served(t, () => undefined);
	const {living, dead} = await findLabs(folder);
	t.deepEqual([living.map(({found}) => found.kind), dead], [['silent'], []]);
	const error = await t.throwsAsync<FirebreakError>(joinLab('shop', undefined, folder));
	t.is(error!.code, 'lab-silent');
});

test('whoever waits for an answer hears that the engine is gone', async t => {
	const {folder} = await served(t, socket => {
		socket.write(hello(protocolVersion));
		socket.once('data', () => socket.destroy());
	});
	using lab = (await joinLab('shop', undefined, folder))!;
	const error = await t.throwsAsync<FirebreakError>(lab.ask('status', {}));
	t.is(error!.code, 'engine-gone');
});

test('who watches too slowly is told how many events it missed, and the others miss none', t => {
	const audience = createAudience(() => 5);
	const [slow, quick] = [new PassThrough({highWaterMark: 1}), new PassThrough()];
	let read = '';
	quick.on('data', chunk => (read += chunk));
	audience.add(slow);
	audience.add(quick);
	const text = 'x'.repeat(1 << 20);
	for (let number = 0; number < 20; number++) audience.tell({kind: 'note', text, atMs: number});
	const kept = slow.writableLength + slow.readableLength;
	t.true(kept < 12 << 20, String(kept));
	slow.resume();
	return new Promise<void>(done =>
		setTimeout(() => {
			let heard = '';
			slow.on('data', chunk => (heard += chunk));
			audience.tell({kind: 'note', text: 'after', atMs: 20});
			setTimeout(() => {
				const events = heard
					.split('\n')
					.filter(Boolean)
					.map(line => JSON.parse(line).event);
				t.is(events[0].kind, 'missed');
				t.true(events[0].events > 5);
				t.is(events[1].text, 'after');
				t.is(read.split('\n').filter(Boolean).length, 21);
				done();
			}, 50);
		}, 50),
	);
});
