// The program that captures packets of workloads: opens a ring in each one's network and writes blocks of packets to its
// stdout, until its stdin ends. `start-tap.ts` starts it, as root of the engine's namespaces and among its processes, so
// that it ends with the lab; never by hand. Times of different taps may be out of order by what the rings wait.
import {writeSync} from 'node:fs';
import {access} from 'node:fs/promises';
import {interfaceStatistics, packetBlockLength, writePacket} from '../core/capture/pcapng.ts';
import {closeNetns, homeNetns, openNetns, withNetns} from '../kernel/netns.ts';
import {openPacketRing, type PacketRing, type RingPacket} from '../kernel/packet-ring.ts';
import {startReactor} from '../kernel/reactor.ts';
import {ringWaitMs} from './start-tap.ts';

/** How often the counts are told. */
const countsMs = 500;

const [pid, snaplen, bytes, ...taps] = process.argv.slice(2);
homeNetns();
// The threads of libuv's pool start here, and not in a workload (FACTS).
await access('/');

const rings: readonly PacketRing[] = taps.map(tap => {
	const [netns, link] = tap.split(':').map(Number);
	const descriptor = openNetns(`/proc/${pid}/fd/${netns}`);
	const options = {link: link!, bytes: Number(bytes), snaplen: Number(snaplen), waitMs: ringWaitMs};
	const ring = withNetns(descriptor, () => openPacketRing(options));
	closeNetns(descriptor);
	return ring;
});

const buffer = new Uint8Array(1 << 20);
const view = new DataView(buffer.buffer);
let used = 0;

/** Waits for its reader; meanwhile rings fill, and what finds no room there is counted. */
function flush(): void {
	for (let at = 0; at < used; ) {
		try {
			at += writeSync(1, buffer, at, used - at);
		} catch (error) {
			const {code} = error as NodeJS.ErrnoException;
			if (code === 'EPIPE') process.exit(0);
			if (code !== 'EAGAIN') throw error;
			Atomics.wait(nothing, 0, 0, 1);
		}
	}
	used = 0;
}
const nothing = new Int32Array(new SharedArrayBuffer(4));

function drain(ring: PacketRing, tap: number): void {
	ring.read(({at, direction, length, data}: RingPacket) => {
		if (used + packetBlockLength(data.length) > buffer.length) flush();
		used = writePacket(buffer, view, used, {tap, at, direction, length, data});
	});
	if (used > 0) flush();
}

const counts = rings.map(() => ({received: 0n, dropped: 0n}));
function tellCounts(): void {
	const at = BigInt(Date.now()) * 1_000_000n;
	for (const [tap, ring] of rings.entries()) {
		const count = counts[tap]!;
		const {received, dropped} = ring.statistics();
		count.received += BigInt(received);
		count.dropped += BigInt(dropped);
		const block = interfaceStatistics({tap, at, ...count});
		if (used + block.length > buffer.length) flush();
		buffer.set(block, used);
		used += block.length;
	}
	flush();
}

const reactor = startReactor();
for (const [tap, ring] of rings.entries()) reactor.watch(ring.fd, () => drain(ring, tap));
// The first counts say that every tap is open.
tellCounts();
setInterval(tellCounts, countsMs);
process.stdin.resume();
process.stdin.on('error', () => process.exit(0));
process.stdin.once('end', () => {
	// What came by before this is in the rings, and is let go by then.
	setTimeout(() => {
		for (const [tap, ring] of rings.entries()) drain(ring, tap);
		tellCounts();
		process.exit(0);
	}, 3 * ringWaitMs);
});
