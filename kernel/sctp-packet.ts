// The two SCTP packets that a probe needs, written by hand: most kernels here have no SCTP sockets. Source: RFC 9260,
// sections 3.1 (common header), 3.3.2 (INIT), 3.3.7 (ABORT), 8.5.1 (verification tags), appendix A (CRC32c).

const chunkTypes = {init: 1, abort: 6} as const;
const headerBytes = 12;

/** An SCTP packet as far as a probe reads it. */
export interface SctpPacket {
	readonly sourcePort: number;
	readonly port: number;
	/** Its first chunk. */
	readonly chunk: 'init' | 'abort' | 'other';
	/** Of an INIT: the verification tag that whatever answers it must carry; else 0. */
	readonly initiateTag: number;
}

/** Asks for an association. Its tag is the source's port, which is unique while a probe is under way. */
export function initPacket(sourcePort: number, port: number): Buffer {
	const packet = Buffer.alloc(headerBytes + 20);
	packet.writeUInt8(chunkTypes.init, 12);
	packet.writeUInt16BE(20, 14);
	packet.writeUInt32BE(sourcePort, 16);
	packet.writeUInt32BE(65_536, 20);
	packet.writeUInt16BE(1, 24);
	packet.writeUInt16BE(1, 26);
	packet.writeUInt32BE(1, 28);
	return sealed(packet, sourcePort, port, 0);
}

/** What a host answers to an INIT for a port where nothing listens. */
export function abortPacket(sourcePort: number, port: number, tag: number): Buffer {
	const packet = Buffer.alloc(headerBytes + 4);
	packet.writeUInt8(chunkTypes.abort, 12);
	packet.writeUInt16BE(4, 14);
	return sealed(packet, sourcePort, port, tag);
}

/** The packet at `data[start, end)`, without its IP header; undefined for what is too short to be one. */
export function readSctp(data: Buffer, start: number, end: number): SctpPacket | undefined {
	if (end - start < headerBytes + 4) return undefined;
	const type = data[start + headerBytes];
	const chunk = type === chunkTypes.init ? 'init' : type === chunkTypes.abort ? 'abort' : 'other';
	const tagged = chunk === 'init' && end - start >= headerBytes + 8;
	return {
		sourcePort: data.readUInt16BE(start),
		port: data.readUInt16BE(start + 2),
		chunk,
		initiateTag: tagged ? data.readUInt32BE(start + 16) : 0,
	};
}

function sealed(packet: Buffer, sourcePort: number, port: number, tag: number): Buffer {
	packet.writeUInt16BE(sourcePort, 0);
	packet.writeUInt16BE(port, 2);
	packet.writeUInt32BE(tag, 4);
	packet.writeUInt32LE(crc32c(packet), 8);
	return packet;
}

const remainders = Uint32Array.from({length: 256}, (_, byte) => {
	let rest = byte;
	for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0x82f63b78 : rest >>> 1;
	return rest;
});

/** Castagnoli's CRC, which SCTP has in place of a checksum; 32 bits, unsigned. */
export function crc32c(data: Uint8Array): number {
	let rest = 0xffffffff;
	for (const byte of data) rest = remainders[(rest ^ byte) & 255]! ^ (rest >>> 8);
	return ~rest >>> 0;
}
