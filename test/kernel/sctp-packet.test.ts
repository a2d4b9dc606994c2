import test from 'ava';
import {abortPacket, crc32c, initPacket, readSctp} from '../../kernel/sctp-packet.ts';

test('the checksum is Castagnoli’s: the check value of RFC 3720 and of every catalogue', t => {
	t.is(crc32c(Buffer.from('123456789')), 0xe3069283);
	t.is(crc32c(Buffer.alloc(32)), 0x8a9136aa);
});

test('an INIT is one chunk of 20 bytes behind a header without a tag, and is read as it was written', t => {
	const packet = initPacket(40_000, 36_412);
	t.is(packet.length, 32);
	t.is(packet.readUInt32BE(4), 0, 'RFC 9260, section 8.5.1: the tag of an INIT’s packet is 0');
	t.deepEqual(readSctp(packet, 0, packet.length), {
		sourcePort: 40_000,
		port: 36_412,
		chunk: 'init',
		initiateTag: 40_000,
	});
});

test('an ABORT carries the tag it was given, and both carry the CRC of themselves with a zero in its place', t => {
	for (const packet of [initPacket(1, 65_535), abortPacket(65_535, 1, 0xfedcba98)]) {
		const written = packet.readUInt32LE(8);
		packet.writeUInt32LE(0, 8);
		t.is(crc32c(packet), written);
	}
	const abort = abortPacket(36_412, 40_000, 0xfedcba98);
	t.is(abort.readUInt32BE(4), 0xfedcba98);
	t.is(readSctp(abort, 0, abort.length)?.chunk, 'abort');
});

test('what is shorter than a header and a chunk is no packet, and a cut INIT has no tag', t => {
	const packet = initPacket(1, 2);
	t.is(readSctp(packet, 0, 15), undefined);
	t.is(readSctp(packet, 0, 16)?.initiateTag, 0);
});
