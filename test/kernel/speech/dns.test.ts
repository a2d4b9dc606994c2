import {once} from 'node:events';
import test from 'ava';
import {type DecodedPacket, decode, encode, streamDecode, streamEncode} from 'dns-packet';
import {answerDns, type Lookup} from '../../../kernel/speech/dns.ts';
import {serve, speakerFor} from '../../builders/loopback.ts';

const lookup: Lookup = (name, family) => {
	if (name === 'web.prod') return family === 4 ? ['198.18.0.2', '198.18.0.3'] : ['2001:db8::2'];
	return name === 'old.prod' ? (family === 4 ? ['198.18.0.9'] : []) : undefined;
};

const ask = (type: 'A' | 'AAAA' | 'TXT', name: string, flags = 0x100) =>
	encode({type: 'query', id: 4711, flags, questions: [{type, name}]});

const read = (reply: Buffer | null) => {
	const packet = decode(reply!) as DecodedPacket & {rcode: string};
	return [packet.rcode, ...(packet.answers ?? []).map(answer => ('data' in answer ? answer.data : ''))];
};

const cases = [
	['A', 'web.prod', ['NOERROR', '198.18.0.2', '198.18.0.3']],
	['A', 'WEB.Prod', ['NOERROR', '198.18.0.2', '198.18.0.3']],
	['AAAA', 'web.prod', ['NOERROR', '2001:db8::2']],
	['AAAA', 'old.prod', ['NOERROR']],
	['TXT', 'web.prod', ['NOERROR']],
	['A', 'nowhere.prod', ['NXDOMAIN']],
] as const;

for (const [type, name, answer] of cases) {
	test(`${type} ${name} is answered ${answer.join(' ')}`, t => {
		const reply = answerDns(ask(type, name), lookup);
		t.deepEqual(read(reply), [...answer]);
		t.is(decode(reply!).id, 4711);
	});
}

test('a reply is never answered, so that two name servers cannot talk for ever', t => {
	t.is(answerDns(answerDns(ask('A', 'web.prod'), lookup)!, lookup), null);
	const garbage = answerDns(Buffer.from('firebreak is no question'), lookup)!;
	t.is(garbage[3]! & 0xf, 1);
	t.is(answerDns(garbage, lookup), null);
});

test('over tcp, questions in one segment and in pieces are each answered', async t => {
	await using served = await serve(speakerFor('dns').greet);
	const socket = await served.connect();
	const query = streamEncode({type: 'query', id: 1, questions: [{type: 'A', name: 'web.prod'}]});
	socket.write(query.subarray(0, 3));
	await new Promise(resolve => setTimeout(resolve, 20));
	socket.write(Buffer.concat([query.subarray(3), query]));
	let all = Buffer.alloc(0);
	const whole = 2 * (2 + answerDns(query.subarray(2), () => ['198.18.0.2'])!.length);
	while (all.length < whole) all = Buffer.concat([all, (await once(socket, 'data'))[0]]);
	t.is(streamDecode(all).id, 1);
	t.is(all.length, whole);
	socket.destroy();
});

const pointer = (name: string): string | undefined => (name === '2.0.18.198.in-addr.arpa' ? 'web.prod' : undefined);
const pointerQuery = (name: string) => encode({type: 'query', id: 1, flags: 0x100, questions: [{type: 'PTR', name}]});

test('a reverse name is answered with its workload, and one of nobody does not exist', t => {
	t.deepEqual(read(answerDns(pointerQuery('2.0.18.198.in-addr.arpa'), lookup, {pointer})), ['NOERROR', 'web.prod']);
	t.deepEqual(read(answerDns(pointerQuery('9.0.18.198.in-addr.arpa'), lookup, {pointer})), ['NXDOMAIN']);
});

test('what is longer than who asks over udp takes is cut and marked, and whole where more is taken', t => {
	const many: Lookup = () => Array.from({length: 60}, (_, at) => `198.18.0.${at}`);
	const cut = decode(answerDns(ask('A', 'web.prod'), many, {truncate: true})!) as DecodedPacket & {flag_tc: boolean};
	t.true(cut.flag_tc);
	t.deepEqual(cut.answers, []);
	const more = encode({
		type: 'query',
		id: 1,
		questions: [{type: 'A', name: 'web.prod'}],
		additionals: [
			{
				type: 'OPT',
				name: '.',
				udpPayloadSize: 4096,
				flags: 0,
				options: [],
				extendedRcode: 0,
				ednsVersion: 0,
				flag_do: false,
			},
		],
	});
	t.is(decode(answerDns(more, many, {truncate: true})!).answers?.length, 60);
	t.is(decode(answerDns(ask('A', 'web.prod'), many)!).answers?.length, 60);
});
