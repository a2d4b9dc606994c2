// Socket addresses as the kernel has them: struct sockaddr_in and sockaddr_in6 (ip(7), ipv6(7)), little-endian machines.
import ipaddr from 'ipaddr.js';
import type {Family} from '../core/model/topology.ts';

export const AF = {4: 2, 6: 10} as const;
const addressBytes = new Map<string, Buffer>();
const addressTexts = new Map<string, string>();

/** The 4 or 16 bytes of an address in text; remembered, for a lab has few addresses and asks for them often. */
export function bytesOf(address: string): Buffer {
	let bytes = addressBytes.get(address);
	if (bytes === undefined) {
		bytes = Buffer.from(ipaddr.parse(address).toByteArray());
		addressBytes.set(address, bytes);
	}
	return bytes;
}

export const sockaddr = (family: Family, address: string, port: number): Buffer =>
	writeSockaddr(Buffer.alloc(family === 4 ? 16 : 28), family, address, port);

/** Writes it into a buffer of its family's size that is used again and again: a system call copies what it is given. */
export function writeSockaddr(buffer: Buffer, family: Family, address: string, port: number): Buffer {
	buffer[0] = AF[family];
	buffer[2] = port >> 8;
	buffer[3] = port & 255;
	buffer.set(bytesOf(address), family === 4 ? 4 : 8);
	return buffer;
}

/**
 * One end as a short exact key: port, then address bytes, as latin1 text. Keys of a sockaddr, of a packet and of a text
 * address are equal for equal ends (FACTS: a packed double collides).
 */
export const endKey = (family: Family, bytes: Buffer, offset: number, port: number): string =>
	String.fromCharCode(port) + bytes.toString('latin1', offset, offset + (family === 4 ? 4 : 16));

/** Key of the end in a sockaddr that the kernel filled in. */
export const sockaddrKey = (buffer: Buffer): string =>
	buffer.readUInt16LE(0) === AF[4]
		? endKey(4, buffer, 4, buffer.readUInt16BE(2))
		: endKey(6, buffer, 8, buffer.readUInt16BE(2));

export function textKey(address: string, port: number): string {
	let text = addressTexts.get(address);
	if (text === undefined) {
		text = bytesOf(address).toString('latin1');
		addressTexts.set(address, text);
	}
	return String.fromCharCode(port) + text;
}

/** The end that a key stands for. IPv6 is compressed, as topologies have it. */
export function endOf(key: string): {readonly family: Family; readonly address: string; readonly port: number} {
	const bytes = Buffer.from(key.slice(1), 'latin1');
	return {
		family: bytes.length === 4 ? 4 : 6,
		address: ipaddr.fromByteArray([...bytes]).toString(),
		port: key.charCodeAt(0),
	};
}
