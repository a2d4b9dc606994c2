// Reading the blocks that `pcapng.ts` writes, as they come: a stream of bytes in pieces of any size.
import type {Direction, PacketRecord, TapStatistics} from './pcapng.ts';

export interface BlockReader {
	/** Takes what came, and calls `each` with every block that is whole now; its bytes stay as they are. */
	take(bytes: Uint8Array): void;
	/** Bytes of a block that is not whole. */
	readonly rest: number;
}

/** @throws Error by `take` where a length is none: the other side's bug */
export function readBlocks(each: (type: number, block: Uint8Array) => void): BlockReader {
	let rest: Uint8Array = new Uint8Array(0);
	return {
		take(bytes) {
			const all = rest.length === 0 ? bytes : joined(rest, bytes);
			const view = viewOf(all);
			let at = 0;
			while (all.length - at >= 12) {
				const length = view.getUint32(at + 4, true);
				if (length < 12 || length % 4 !== 0) throw new Error(`no block of a capture: its length is ${length}`);
				if (all.length - at < length) break;
				each(view.getUint32(at, true), all.subarray(at, at + length));
				at += length;
			}
			rest = all.subarray(at);
		},
		get rest() {
			return rest.length;
		},
	};
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
	const both = new Uint8Array(first.length + second.length);
	both.set(first);
	both.set(second, first.length);
	return both;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const time = (view: DataView, at: number): bigint =>
	(BigInt(view.getUint32(at, true)) << 32n) | BigInt(view.getUint32(at + 4, true));

/** The packet of a block that `writePacket` wrote; its data is part of the block's. */
export function packetOf(block: Uint8Array): PacketRecord {
	const view = viewOf(block);
	const kept = view.getUint32(20, true);
	const flags = view.getUint32(28 + ((kept + 3) & ~3) + 4, true);
	const direction: Direction = (flags & 3) === 2 ? 'out' : 'in';
	return {
		tap: view.getUint32(8, true),
		at: time(view, 12),
		direction,
		length: view.getUint32(24, true),
		data: block.subarray(28, 28 + kept),
	};
}

/** When the packet of a block came by: nanoseconds since 1970. */
export const timeOfPacket = (block: Uint8Array): bigint => time(viewOf(block), 12);

/** What a block of `interfaceStatistics` says. */
export function statisticsOf(block: Uint8Array): TapStatistics {
	const view = viewOf(block);
	return {
		tap: view.getUint32(8, true),
		at: time(view, 12),
		received: view.getBigUint64(24, true),
		dropped: view.getBigUint64(36, true),
	};
}
