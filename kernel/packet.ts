// Reading and writing the few packet headers that probes need. Source: RFC 791, 8200, 793, 768, 792, 4443.
import type {Family, Protocol} from '../core/model/topology.ts';
import {checksum} from './ip-packet.ts';
import {endKey} from './sockaddr.ts';

const numbers: Readonly<Record<number, Protocol>> = {1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmp', 132: 'sctp'};

/** The two ends of a packet as keys of `sockaddr.ts`. For an echo request the source's port is its identifier. */
export interface PacketEnds {
	readonly protocol: Protocol;
	readonly source: string;
	readonly destination: string;
}

/** The ends of the IP packet at `data[start, end)`, or undefined for what no probe sends (short, extension headers). */
export function packetEnds(data: Buffer, start: number, end: number): PacketEnds | undefined {
	if (end - start < 20) return undefined;
	const family: Family = data[start]! >> 4 === 6 ? 6 : 4;
	const header = family === 6 ? 40 : (data[start]! & 15) * 4;
	const at = start + header;
	const protocol = numbers[data[start + (family === 6 ? 6 : 9)]!];
	if (protocol === undefined || end - at < 8) return undefined;
	const [from, to] = family === 6 ? [start + 8, start + 24] : [start + 12, start + 16];
	const [sourcePort, port] =
		protocol === 'icmp' ? [data.readUInt16BE(at + 4), 0] : [data.readUInt16BE(at), data.readUInt16BE(at + 2)];
	return {protocol, source: endKey(family, data, from, sourcePort), destination: endKey(family, data, to, port)};
}

/** An echo request with that identifier; the kernel fills in ICMPv6's checksum, ICMP's is made here. */
export function echoRequest(family: Family, identifier: number): Buffer {
	const packet = Buffer.alloc(16);
	packet.writeUInt8(family === 4 ? 8 : 128, 0);
	packet.writeUInt16BE(identifier, 4);
	packet.writeUInt16BE(1, 6);
	packet.write('firebrk', 8, 'latin1');
	if (family === 4) packet.writeUInt16BE(checksum(packet), 2);
	return packet;
}

/** Identifier of an echo reply as a raw socket receives it (IPv4 with its IP header, IPv6 without), else undefined. */
export function echoReply(family: Family, data: Buffer, length: number): number | undefined {
	const at = family === 4 ? (data[0]! & 15) * 4 : 0;
	if (length < at + 8 || data[at] !== (family === 4 ? 0 : 129)) return undefined;
	return data.readUInt16BE(at + 4);
}
