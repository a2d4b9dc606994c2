// Whole IP packets, as a raw socket sends them: a SYN or a datagram from any address, in one piece or in two.
// Source: RFC 791, 8200 (section 4.5), 9293, 768, 1071; raw(7), IP_HDRINCL.
import type {Family} from '../core/model/topology.ts';
import {bytesOf} from './sockaddr.ts';

const numbers = {tcp: 6, udp: 17} as const;
const fragmentHeader = 44;
const flags = {syn: 2, rst: 4} as const;
/** Header and data of what is sent, in bytes: enough to be cut in two anywhere. */
const tcpBytes = 40;
const udpBytes = 48;

/** `marker` is 32 bits by which the packet is known again at the far end. */
export interface Crafted {
	readonly family: Family;
	readonly protocol: 'tcp' | 'udp';
	readonly source: string;
	readonly destination: string;
	readonly sourcePort: number;
	readonly port: number;
	readonly marker: number;
}

/** What IP carries: a SYN whose sequence number is the marker, or a datagram that holds it. */
export const transport = (crafted: Crafted): Buffer =>
	crafted.protocol === 'tcp' ? segment(crafted, flags.syn, crafted.marker) : datagram(crafted);

/** The reset that takes back a connection which such a SYN half opened. */
export const resetOf = (crafted: Crafted): Buffer => segment(crafted, flags.rst, (crafted.marker + 1) >>> 0);

/** The packet in one piece. */
export const wholePacket = (crafted: Crafted, carried: Buffer): Buffer =>
	Buffer.concat([header(crafted, carried.length, numbers[crafted.protocol], 0, false), carried]);

/** The packet cut behind `cut` bytes of what it carries, a multiple of eight: its head and its tail. */
export function fragments(crafted: Crafted, carried: Buffer, cut: number): readonly [head: Buffer, tail: Buffer] {
	const piece = (from: number, to: number, more: boolean): Buffer => {
		const data = carried.subarray(from, to);
		if (crafted.family === 4)
			return Buffer.concat([header(crafted, data.length, numbers[crafted.protocol], from, more), data]);
		const fragment = Buffer.alloc(8);
		fragment[0] = numbers[crafted.protocol];
		fragment.writeUInt16BE(from | (more ? 1 : 0), 2);
		fragment.writeUInt32BE(crafted.marker, 4);
		return Buffer.concat([header(crafted, data.length + 8, fragmentHeader, 0, false), fragment, data]);
	};
	return [piece(0, cut, true), piece(cut, carried.length, false)];
}

/** Whether `data[start, length)`, what a raw socket received behind the IP header, is that very packet. */
export function isCrafted({protocol, sourcePort, port, marker}: Crafted, data: Buffer, start: number, length: number) {
	if (length - start < 20 || data.readUInt16BE(start) !== sourcePort || data.readUInt16BE(start + 2) !== port)
		return false;
	return protocol === 'tcp'
		? data.readUInt32BE(start + 4) === marker && (data[start + 13]! & flags.rst) === 0
		: data.toString('latin1', start + 8, length).startsWith(words(marker));
}

const words = (marker: number): string => `firebreak-crafted ${marker.toString(16).padStart(8, '0')}`;

function segment(crafted: Crafted, flag: number, sequence: number): Buffer {
	// Forty bytes of header: its options are all NOP (1).
	const tcp = Buffer.alloc(tcpBytes, 1);
	tcp.fill(0, 0, 20);
	tcp.writeUInt16BE(crafted.sourcePort, 0);
	tcp.writeUInt16BE(crafted.port, 2);
	tcp.writeUInt32BE(sequence, 4);
	tcp[12] = (tcpBytes / 4) << 4;
	tcp[13] = flag;
	tcp.writeUInt16BE(65_535, 14);
	tcp.writeUInt16BE(sumOf(crafted, tcp), 16);
	return tcp;
}

function datagram(crafted: Crafted): Buffer {
	const udp = Buffer.alloc(udpBytes, '.');
	udp.writeUInt16BE(crafted.sourcePort, 0);
	udp.writeUInt16BE(crafted.port, 2);
	udp.writeUInt16BE(udpBytes, 4);
	udp.writeUInt16BE(0, 6);
	udp.write(words(crafted.marker), 8, 'latin1');
	// Nought means none, and all ones the same sum.
	udp.writeUInt16BE(sumOf(crafted, udp) || 0xffff, 6);
	return udp;
}

/** IPv4 keeps the fragment's place in its header; the kernel fills in that header's checksum. */
function header(crafted: Crafted, length: number, next: number, offset: number, more: boolean): Buffer {
	const {family, source, destination, marker} = crafted;
	if (family === 4) {
		const ip = Buffer.alloc(20);
		ip[0] = 0x45;
		ip.writeUInt16BE(20 + length, 2);
		ip.writeUInt16BE(marker & 0xffff || 1, 4);
		ip.writeUInt16BE((offset / 8) | (more ? 0x2000 : 0), 6);
		ip[8] = 64;
		ip[9] = next;
		ip.set(bytesOf(source), 12);
		ip.set(bytesOf(destination), 16);
		return ip;
	}
	const ip = Buffer.alloc(40);
	ip[0] = 0x60;
	ip.writeUInt16BE(length, 4);
	ip[6] = next;
	ip[7] = 64;
	ip.set(bytesOf(source), 8);
	ip.set(bytesOf(destination), 24);
	return ip;
}

/** Over the pseudo-header of its family, which is the same sum for both. */
function sumOf({source, destination, protocol}: Crafted, data: Buffer): number {
	const pseudo = Buffer.concat([
		bytesOf(source),
		bytesOf(destination),
		Buffer.from([0, numbers[protocol], 0, 0]),
		data,
	]);
	pseudo.writeUInt16BE(data.length, pseudo.length - data.length - 2);
	return checksum(pseudo);
}

/** RFC 1071. */
export function checksum(data: Buffer): number {
	let sum = 0;
	for (let at = 0; at + 1 < data.length; at += 2) sum += data.readUInt16BE(at);
	while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
	return ~sum & 0xffff;
}
