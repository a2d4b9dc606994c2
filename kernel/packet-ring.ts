// Every packet that passes a link, in a ring that the kernel fills and this process reads: a packet costs no system call,
// and the room for it asks no privilege over the host (a socket's buffer does: net.core.rmem_max).
// Source: packet(7); linux/if_packet.h; Documentation/networking/packet_mmap.rst, "TPACKET_V3".
import type {Direction} from '../core/capture/pcapng.ts';
import {libc, must} from './libc.ts';
import {closeSocket, socketError} from './sockets.ts';

const AF_PACKET = 17;
const SOCK_RAW = 3;
const nonblocking = 0o4000 | 0o2000000;
const SOL_PACKET = 263;
const option = {ring: 5, statistics: 6, version: 10} as const;
const TPACKET_V3 = 2;
const ETH_P_ALL = 3;
const PACKET_OUTGOING = 4;
/** Places in struct tpacket_block_desc, tpacket3_hdr, and the sockaddr_ll behind that. */
const blockAt = {status: 8, count: 12, first: 16} as const;
const packetAt = {next: 0, seconds: 4, nanoseconds: 8, kept: 12, length: 16, start: 24, kind: 48 + 10} as const;
const blockBytes = 1 << 17;

/** One packet with its link's header; valid during the call only. */
export interface RingPacket {
	/** Nanoseconds since 1970. */
	readonly at: bigint;
	readonly direction: Direction;
	readonly length: number;
	readonly data: Uint8Array;
}

export interface PacketRing {
	/** Readable when there is something; to be read until then. */
	readonly fd: number;
	/** Hands over what the kernel has let go, a ring's worth at most. */
	read(each: (packet: RingPacket) => void): void;
	/** Packets that came by and packets for which there was no room, since the last call. */
	statistics(): {readonly received: number; readonly dropped: number};
	close(): void;
}

export interface RingOptions {
	/** Index of the link. */
	readonly link: number;
	/** Room for packets that wait; at least 256 KiB. */
	readonly bytes: number;
	/** At most so many bytes of a packet. */
	readonly snaplen: number;
	/** After so long the kernel lets go what it has, also where there is room for more. */
	readonly waitMs: number;
}

/**
 * Opens a ring in the namespace the thread is in. It needs CAP_NET_RAW there, and sees what comes in before any rule of
 * nftables, and what goes out behind the last.
 *
 * @throws SystemCallError ENOMEM, EPERM
 */
export function openPacketRing({link, bytes, snaplen, waitMs}: RingOptions): PacketRing {
	const blocks = Math.max(2, Math.floor(bytes / blockBytes));
	const fd = must('socket', AF_PACKET, SOCK_RAW | nonblocking, 0);
	must('setsockopt', fd, SOL_PACKET, option.version, words(TPACKET_V3), 4);
	const frameBytes = 2048;
	const request = words(blockBytes, blocks, frameBytes, (blockBytes / frameBytes) * blocks, waitMs, 0, 0);
	must('setsockopt', fd, SOL_PACKET, option.ring, request, request.length);
	const memory = libc().mapShared(fd, blockBytes * blocks);
	// Its protocol decides that it hears anything, and comes last: nothing is there before the ring is.
	must('bind', fd, linkAddress(link), 20);
	const [bytesOf, view, flags] = [new Uint8Array(memory), new DataView(memory), new Int32Array(memory)];
	let next = 0;

	const readBlock = (base: number, each: (packet: RingPacket) => void): void => {
		let at = base + view.getUint32(base + blockAt.first, true);
		for (let left = view.getUint32(base + blockAt.count, true); left > 0; left--) {
			const start = at + view.getUint16(at + packetAt.start, true);
			const kept = Math.min(view.getUint32(at + packetAt.kept, true), snaplen);
			const seconds = BigInt(view.getUint32(at + packetAt.seconds, true));
			each({
				at: seconds * 1_000_000_000n + BigInt(view.getUint32(at + packetAt.nanoseconds, true)),
				direction: view.getUint8(at + packetAt.kind) === PACKET_OUTGOING ? 'out' : 'in',
				length: view.getUint32(at + packetAt.length, true),
				data: bytesOf.subarray(start, start + kept),
			});
			at += view.getUint32(at + packetAt.next, true);
		}
	};
	return {
		fd,
		read(each) {
			for (let read = 0; read < blocks; read++) {
				const base = next * blockBytes;
				const status = (base + blockAt.status) / 4;
				if ((Atomics.load(flags, status) & 1) === 0) {
					// Its root may take the link down, which is said once as an error of the socket.
					if (read === 0) socketError(fd);
					return;
				}
				readBlock(base, each);
				Atomics.store(flags, status, 0);
				next = (next + 1) % blocks;
			}
		},
		statistics() {
			const counts = Buffer.alloc(12);
			must('getsockopt', fd, SOL_PACKET, option.statistics, counts, words(12));
			return {received: counts.readUInt32LE(0), dropped: counts.readUInt32LE(4)};
		},
		close: () => closeSocket(fd),
	};
}

/** struct sockaddr_ll, as far as bind(2) reads it. */
function linkAddress(link: number): Buffer {
	const address = Buffer.alloc(20);
	address.writeUInt16LE(AF_PACKET, 0);
	address.writeUInt16BE(ETH_P_ALL, 2);
	address.writeInt32LE(link, 4);
	return address;
}

function words(...values: readonly number[]): Buffer {
	const buffer = Buffer.alloc(4 * values.length);
	for (const [at, value] of values.entries()) buffer.writeUInt32LE(value, 4 * at);
	return buffer;
}
