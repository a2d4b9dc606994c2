// Whatever bytes arrive: no speaker throws, none leaves an error unheard, and each serves the next client. fast-check
// prints the seed of a run that fails.
import {once} from 'node:events';
import test from 'ava';
import fc from 'fast-check';
import {held, type Served, serve, speakerFor, tryLogin} from '../../builders/loopback.ts';

const heard: unknown[] = [];
const hear = (error: unknown): void => void heard.push(error);
process.on('uncaughtException', hear).on('unhandledRejection', hear);

/** What a client of the protocol begins with, so that the fuzz comes past the first gate. */
const beginnings = {
	ssh: ['', 'SSH-2.0-fuzz\r\n', 'SSH-2.0-fuzz\r\n\0\0\0\x2c\x08\x14'],
	postgres: ['', '\0\0\0\x14\0\x03\0\0user\0alice\0\0', '\0\0\0\x08\x04\xd2\x16\x2f', '\0\0\0\0'],
	redis: ['', '*2\r\n$4\r\nAUTH\r\n', '*1\r\n$4000000000\r\n', '*4294967295\r\n', '*-5\r\n', '*1\r\n'.repeat(5000)],
	http: ['', 'GET / HTTP/1.1\r\n', 'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n'],
	dns: ['', '\0\x20', '\0\x0c\0\x01\x01\0\0\x01\0\0\0\0\0\0'],
	mysql: [''],
	tcp: ['', 'firebreak-marked-request'],
} as const;

const send = async (served: Served, chunks: readonly Uint8Array[], end: 'fin' | 'reset'): Promise<void> => {
	const socket = await served.connect();
	socket.on('error', () => {});
	socket.resume();
	for (const chunk of chunks) {
		if (socket.writable) socket.write(chunk);
		await new Promise(resolve => setImmediate(resolve));
	}
	if (end === 'fin') socket.end();
	else socket.resetAndDestroy();
	const cut = setTimeout(() => socket.destroy(), 20);
	if (!socket.closed) await once(socket, 'close');
	clearTimeout(cut);
};

for (const [speaks, starts] of Object.entries(beginnings) as [keyof typeof beginnings, readonly string[]][]) {
	test(`${speaks} survives any bytes, and lets the next client in`, async t => {
		await using served = await serve(speakerFor(speaks).greet);
		const start = fc.constantFrom(...starts).map(text => Buffer.from(text, 'latin1'));
		const rest = fc.array(fc.uint8Array({minLength: 1, maxLength: 200}), {maxLength: 4});
		const property = fc.asyncProperty(start, rest, fc.constantFrom('fin', 'reset'), async (first, chunks, end) => {
			await send(served, [first, ...chunks], end);
			return heard.length === 0;
		});
		await fc.assert(property, {numRuns: 60});
		const reply = await tryLogin(served, speaks, held('alice'));
		t.is(reply.kind, speaks === 'ssh' ? 'shell' : speaks === 'dns' ? 'refused' : 'session');
		t.deepEqual(heard, []);
	});
}

test('datagrams of any bytes are answered or not, and never throw', t => {
	for (const speaks of ['dns', 'udp', 'ldap'] as const) {
		const speaker = speakerFor(speaks, {weak: () => true});
		fc.assert(
			fc.property(fc.uint8Array({maxLength: 600}), bytes => {
				const answer = speaker.datagram(Buffer.from(bytes));
				return answer === null || Buffer.isBuffer(answer);
			}),
		);
	}
	t.pass();
});

for (const speaks of ['ssh', 'postgres', 'redis', 'http'] as const) {
	test(`a login at a far end that answers any bytes as ${speaks} never succeeds and never throws`, async t => {
		let answer: Uint8Array = new Uint8Array();
		await using served = await serve(socket => {
			socket.on('error', () => {});
			socket.once('data', () => socket.end(answer));
			if (speaks === 'ssh') socket.write('SSH-2.0-liar\r\n');
		});
		const starts = [
			'',
			'R\0\0\0\x08\0\0\0\x63',
			'R\0\0\0\x0c\0\0\0\x0bv=x',
			'*4294967295\r\n',
			'HTTP/1.1 200 OK\r\n\r\n',
		];
		const bytes = fc.tuple(fc.constantFrom(...starts), fc.uint8Array({maxLength: 100}));
		const property = fc.asyncProperty(bytes, async ([start, rest]) => {
			answer = Buffer.concat([Buffer.from(start, 'latin1'), rest]);
			const reply = await tryLogin(served, speaks, held('alice'));
			return (reply.kind === 'refused' || reply.kind === 'unanswered') && heard.length === 0;
		});
		await fc.assert(property, {numRuns: 25});
		t.pass();
	});
}
