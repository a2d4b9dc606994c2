// Data that is carried: in names and to a drop. Success is the far end's receipt of just these bytes.
import test from 'ava';
import {decode, encode, type TxtAnswer} from 'dns-packet';
import {beaconNames, beaconTexts, beaconZone} from '../../../kernel/speech/dns-beacon.ts';
import {isReceiptOf} from '../../../kernel/speech/receipt.ts';
import {beaconMessages} from '../../../scenarios/wire/exchange/beacon.ts';
import {carryOutMessages, dropSpeaker} from '../../../scenarios/wire/exchange/carry-out.ts';
import {converse} from '../../../scenarios/wire/exchange/converse.ts';
import {serve, speakerFor} from '../../builders/loopback.ts';

const options = {timeoutMs: 5000};

test('names carry data in labels that any resolver takes, and the receipt is of just these bytes', t => {
	const data = Buffer.from(Array.from({length: 512}, (_, at) => at & 255));
	const names = beaconNames(data);
	t.deepEqual(Buffer.concat(names.map(({part}) => part)), data);
	t.is(new Set(names.map(({name}) => name)).size, names.length);
	for (const {name, part} of names) {
		t.true(name.length <= 253 && name.split('.').every(label => label.length <= 63), name);
		t.true(isReceiptOf(beaconTexts(name)![0]!, part));
		t.false(isReceiptOf(beaconTexts(name)![0]!, Buffer.concat([part, Buffer.from([0])])));
	}
});

for (const name of [
	'web.prod',
	beaconZone,
	`n0.${beaconZone}`,
	`zz.n0.${beaconZone}`,
	`ab.n0.${beaconZone}.prod`,
	'',
]) {
	test(`the resolver has no texts for "${name}"`, t => {
		t.is(beaconTexts(name), undefined);
	});
}

test('a resolver over udp answers each name with a TXT record, and other services with none', t => {
	const resolver = speakerFor('dns');
	for (const {text, arrived} of beaconMessages(512)) {
		const reply = resolver.datagram(text)!;
		t.is((decode(reply).answers![0] as TxtAnswer).type, 'TXT');
		t.true(arrived(reply) > 0);
		t.is(arrived(speakerFor('udp').datagram(text)!), 0, 'an echo is no receipt');
		t.is(arrived(encode({type: 'response', id: 1, questions: []})), 0);
	}
});

test('a resolver over tcp carries all, and services that are none carry nothing', async t => {
	await using resolver = await serve(speakerFor('dns').greet);
	t.deepEqual(await converse(await resolver.connect(), {kind: 'beacon', bytes: 512}, options), {
		kind: 'carried',
		bytes: 512,
	});
	for (const speaks of ['http', 'redis', 'postgres', 'mysql', 'ssh'] as const) {
		await using other = await serve(speakerFor(speaks).greet);
		t.deepEqual(
			await converse(await other.connect(), {kind: 'beacon', bytes: 512}, options),
			{kind: 'refused'},
			speaks,
		);
	}
});

test('the drop counts what comes over tcp, and a service that is none takes nothing', async t => {
	await using drop = await serve(dropSpeaker.greet);
	for (const bytes of [1, 4096, 65_536])
		t.deepEqual(await converse(await drop.connect(), {kind: 'exfiltrate', bytes}, options), {kind: 'carried', bytes});
	for (const speaks of ['http', 'redis', 'mysql'] as const) {
		await using other = await serve(speakerFor(speaks).greet);
		t.deepEqual(
			await converse(await other.connect(), {kind: 'exfiltrate', bytes: 64}, options),
			{kind: 'refused'},
			speaks,
		);
	}
});

test('a drop that received something else is not believed', async t => {
	await using liar = await serve(socket => {
		socket.on('error', () => {});
		socket.once('data', () => socket.end(`firebreak-received 64 ${'0'.repeat(64)}\n`));
	});
	t.deepEqual(await converse(await liar.connect(), {kind: 'exfiltrate', bytes: 64}, options), {kind: 'refused'});
});

test('the drop takes marked datagrams and nothing else', t => {
	const messages = carryOutMessages(4096);
	const sum = messages.reduce((all, {text, arrived}) => all + arrived(dropSpeaker.datagram(text)!), 0);
	t.is(sum, 4096);
	t.is(dropSpeaker.datagram(Buffer.from('ping')), null);
	t.is(messages[0]!.arrived(dropSpeaker.datagram(messages[1]!.text)!), 0, 'the receipt of another is none');
});
