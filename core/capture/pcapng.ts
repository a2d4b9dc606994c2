// The blocks of a capture file that Wireshark and tcpdump read, as bytes. Little-endian, times in nanoseconds.
// Source: draft-ietf-opsawg-pcapng, sections 3.5 (options), 4.1 to 4.6.
import ipaddr from 'ipaddr.js';

export const blockTypes = {section: 0x0a0d0d0a, interface: 1, names: 4, statistics: 5, packet: 6} as const;
export type Direction = 'in' | 'out';

/** Words of epb_flags, section 4.3.1. */
const directionFlags = {in: 1, out: 2} as const;
const ethernet = 1;
const encoder = new TextEncoder();
const padded = (length: number): number => (length + 3) & ~3;

interface Option {
	readonly code: number;
	readonly value: Uint8Array;
}

/** `fixed` and the options, between the two lengths of a block. */
function block(type: number, fixed: Uint8Array, options: readonly Option[]): Uint8Array {
	const optionBytes = options.length === 0 ? 0 : options.reduce((sum, {value}) => sum + 4 + padded(value.length), 4);
	const length = 12 + padded(fixed.length) + optionBytes;
	const bytes = new Uint8Array(length);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, type, true);
	view.setUint32(4, length, true);
	bytes.set(fixed, 8);
	let at = 8 + padded(fixed.length);
	for (const {code, value} of options) {
		view.setUint16(at, code, true);
		view.setUint16(at + 2, value.length, true);
		bytes.set(value, at + 4);
		at += 4 + padded(value.length);
	}
	view.setUint32(length - 4, length, true);
	return bytes;
}

/** An option's length is 16 bits. */
const text = (code: number, value: string): Option => ({code, value: encoder.encode(value).subarray(0, 0xffff)});

function words(...values: readonly (readonly [bits: 16 | 32, value: number])[]): Uint8Array {
	const bytes = new Uint8Array(values.reduce((sum, [bits]) => sum + bits / 8, 0));
	const view = new DataView(bytes.buffer);
	let at = 0;
	for (const [bits, value] of values) {
		if (bits === 16) view.setUint16(at, value, true);
		else view.setUint32(at, value, true);
		at += bits / 8;
	}
	return bytes;
}

function long(value: bigint): Uint8Array {
	const bytes = new Uint8Array(8);
	new DataView(bytes.buffer).setBigUint64(0, value, true);
	return bytes;
}

/** What a file begins with; its length is not said, so that it may end at any block. */
export const sectionHeader = (about: {readonly comment: string; readonly application: string}): Uint8Array =>
	block(blockTypes.section, words([32, 0x1a2b3c4d], [16, 1], [16, 0], [32, 0xffffffff], [32, 0xffffffff]), [
		text(1, about.comment),
		text(3, 'Linux'),
		text(4, about.application),
	]);

/** One tap: packets name it by its place among those of the file, from 0. `snaplen` in bytes. */
export const interfaceDescription = (tap: {
	readonly name: string;
	readonly description: string;
	readonly snaplen: number;
}): Uint8Array =>
	block(blockTypes.interface, words([16, ethernet], [16, 0], [32, tap.snaplen]), [
		text(2, tap.name),
		text(3, tap.description),
		{code: 9, value: Uint8Array.of(9)},
	]);

/** Which names belong to which addresses, for readers that resolve them (Wireshark: View, Name Resolution). */
export function nameResolution(names: readonly {readonly address: string; readonly name: string}[]): Uint8Array {
	const records = names.map(({address, name}) => {
		const bytes = ipaddr.parse(address).toByteArray();
		return {code: bytes.length === 4 ? 1 : 2, value: Uint8Array.from([...bytes, ...encoder.encode(name), 0])};
	});
	// Records and their end have the form of options.
	return block(blockTypes.names, new Uint8Array(0), records);
}

export interface PacketRecord {
	/** Place of its interface, from 0. */
	readonly tap: number;
	/** Nanoseconds since 1970. */
	readonly at: bigint;
	readonly direction: Direction;
	/** As it was on the wire; `data` may be less. */
	readonly length: number;
	readonly data: Uint8Array;
}

/** Bytes of a packet's block without a comment. */
export const packetBlockLength = (dataLength: number): number => 44 + padded(dataLength);

/** Writes a packet's block into `target` at `at`, where room is; the place behind it. */
export function writePacket(target: Uint8Array, view: DataView, at: number, packet: PacketRecord): number {
	const {data} = packet;
	const length = packetBlockLength(data.length);
	const options = at + 28 + padded(data.length);
	view.setUint32(at, blockTypes.packet, true);
	view.setUint32(at + 4, length, true);
	view.setUint32(at + 8, packet.tap, true);
	view.setUint32(at + 12, Number(packet.at >> 32n), true);
	view.setUint32(at + 16, Number(packet.at & 0xffffffffn), true);
	view.setUint32(at + 20, data.length, true);
	view.setUint32(at + 24, packet.length, true);
	target.set(data, at + 28);
	target.fill(0, at + 28 + data.length, options);
	view.setUint16(options, 2, true);
	view.setUint16(options + 2, 4, true);
	view.setUint32(options + 4, directionFlags[packet.direction], true);
	view.setUint32(options + 8, 0, true);
	view.setUint32(options + 12, length, true);
	return at + length;
}

/** The same block of a packet, with a comment that Wireshark shows beside it. */
export function commented(packet: Uint8Array, comment: string): Uint8Array {
	const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
	const fixed = 20 + padded(view.getUint32(20, true));
	const flags = packet.subarray(8 + fixed + 4, 8 + fixed + 8);
	return block(blockTypes.packet, packet.subarray(8, 8 + fixed), [text(1, comment), {code: 2, value: flags}]);
}

export interface TapStatistics {
	readonly tap: number;
	/** Nanoseconds since 1970. */
	readonly at: bigint;
	/** Packets that came by, those that were dropped among them. */
	readonly received: bigint;
	/** For want of room: nobody fetched them in time. */
	readonly dropped: bigint;
}

export const interfaceStatistics = ({tap, at, received, dropped}: TapStatistics): Uint8Array =>
	block(blockTypes.statistics, words([32, tap], [32, Number(at >> 32n)], [32, Number(at & 0xffffffffn)]), [
		{code: 4, value: long(received)},
		{code: 5, value: long(dropped)},
	]);
