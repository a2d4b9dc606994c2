import test from 'ava';
import {type Frame, readFrame} from '../../../core/capture/frame.ts';

const hex = (...parts: readonly string[]): Uint8Array => Buffer.from(parts.join('').replaceAll(' ', ''), 'hex');
const link = (etherType: string): string => `0200000000010200000000fe${etherType}`;
const ipv4 = (protocol: string, payload: string, {options = '', offset = '0000'} = {}): Uint8Array =>
	hex(
		link('0800'),
		`4${5 + options.length / 8}00 0000 0000 ${offset} 40 ${protocol} 0000 c6120001 c6120002`,
		options,
		payload,
	);
const ipv6 = (next: string, payload: string): Uint8Array =>
	hex(link('86dd'), `60000000 0000 ${next} 40 fd00${'0'.repeat(27)}1 fd00${'0'.repeat(27)}2`, payload);
const tcp = (flags: string): string => `a028 1538 00000000 00000000 50 ${flags} ffff 0000 0000`;

const said = (frame: Frame): string => {
	if (frame.kind !== 'ip') return frame.kind === 'other' ? `other ${frame.etherType.toString(16)}` : 'cut';
	const {family, source, destination, protocol, ports, word, fragment} = frame;
	const between =
		ports === null ? `${source} ${destination}` : `${source}:${ports.source} ${destination}:${ports.destination}`;
	return `${family} ${protocol} ${between} ${word}${fragment ? ' fragment' : ''}`;
};
const four = '198.18.0.1:41000 198.18.0.2:5432';
const six = 'fd00::1:41000 fd00::2:5432';

for (const [what, bytes, expected] of [
	['a SYN', ipv4('06', tcp('02')), `4 6 ${four} SYN`],
	['an answer to it', ipv4('06', tcp('12')), `4 6 ${four} SYN ACK`],
	['data', ipv4('06', tcp('18')), `4 6 ${four} PSH ACK`],
	['a reset', ipv4('06', tcp('14')), `4 6 ${four} RST ACK`],
	['an end', ipv4('06', tcp('11')), `4 6 ${four} FIN ACK`],
	['no flags', ipv4('06', tcp('00')), `4 6 ${four} no flags`],
	['IP options before TCP', ipv4('06', tcp('02'), {options: '01010101'}), `4 6 ${four} SYN`],
	['TCP over IPv6', ipv6('06', tcp('02')), `6 6 ${six} SYN`],
	['TCP behind a hop-by-hop header', ipv6('00', `0600 050200000000 ${tcp('02')}`), `6 6 ${six} SYN`],
	['the first fragment over IPv6', ipv6('2c', `06000001 00000000 ${tcp('02')}`), `6 6 ${six} SYN`],
	['a later fragment over IPv6', ipv6('2c', `06000011 00000000 ${tcp('02')}`), '6 6 fd00::1 fd00::2 null fragment'],
	['a later fragment', ipv4('11', 'ffffffff', {offset: '0010'}), '4 17 198.18.0.1 198.18.0.2 null fragment'],
	['UDP', ipv4('11', 'a028 0035 0008 0000'), '4 17 198.18.0.1:41000 198.18.0.2:53 null'],
	['an INIT of SCTP', ipv4('84', 'a028 1538 00000000 00000000 01000014'), `4 132 ${four} INIT`],
	['an ABORT of SCTP', ipv6('84', 'a028 1538 00000000 00000000 06000004'), `6 132 ${six} ABORT`],
	['an echo', ipv4('01', '0800 0000 0001 0001'), '4 1 198.18.0.1 198.18.0.2 echo request'],
	['an ICMP error by its code', ipv4('01', '0303 0000 00000000'), '4 1 198.18.0.1 198.18.0.2 port unreachable'],
	['an ICMP error by its type', ipv4('01', '0307 0000 00000000'), '4 1 198.18.0.1 198.18.0.2 unreachable'],
	['an echo over IPv6', ipv6('3a', '8100 0000 0001 0001'), '6 58 fd00::1 fd00::2 echo reply'],
	['unknown ICMP', ipv6('3a', 'c807 0000'), '6 58 fd00::1 fd00::2 type 200 code 7'],
	['another protocol', ipv4('2f', '00000000'), '4 47 198.18.0.1 198.18.0.2 null'],
	['ARP', hex(link('0806'), '0001'), 'other 806'],
	['TCP without its ports', ipv4('06', 'a028'), '4 6 198.18.0.1 198.18.0.2 null'],
	['TCP without its flags', ipv4('06', 'a0281538 00000000'), `4 6 ${four} null`],
	['half a link’s header', hex('020000'), 'cut'],
	['half an IPv6 header', ipv6('06', '').subarray(0, 40), 'cut'],
] as const)
	test(`of ${what} a frame says: ${expected}`, t => {
		t.is(said(readFrame(bytes)), expected);
	});

test('no bytes, however they are cut or changed, make it throw', t => {
	const frames = [
		ipv4('06', tcp('12')),
		ipv6('00', `2c00 050200000000 06000000 00000000 ${tcp('02')}`),
		ipv6('3a', '80'),
	];
	for (const frame of frames)
		for (let length = 0; length <= frame.length; length++)
			for (const at of [14, 20, 54, 55, 62])
				for (const value of [0, 44, 255]) {
					const bytes = Uint8Array.from(frame);
					bytes[at] = value;
					t.truthy(readFrame(bytes.subarray(0, length)).kind);
				}
});
