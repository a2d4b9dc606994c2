// A capture from its first packet to its last: what a tap brings, in order, to a file or to lines of text, until whoever
// captures has enough, the lab is gone, or the disk is full.
import type {TapStatistics} from '../../core/capture/pcapng.ts';
import {packetOf} from '../../core/capture/read-blocks.ts';
import type {JoinedLab} from '../../lab/join.ts';
import {startTap} from '../../lab/start-tap.ts';
import type {Io} from '../io.ts';
import {createHold} from './hold.ts';
import type {Verdicts} from './verdicts.ts';

/** How often what was held long enough is given on. */
const releaseMs = 20;
/** How long the tap may take to hand over its last. */
const lastMs = 2000;

export interface PacketSink {
	add(block: Uint8Array, verdict: string | null): void;
	drained(): Promise<void>;
}

export interface CaptureInput {
	readonly lab: JoinedLab;
	/** Names of workloads, each once. */
	readonly taps: readonly string[];
	readonly snaplen: number;
	/** It ends after so many packets; Infinity is never. */
	readonly count: number;
	/** It ends after so long; null is never. */
	readonly forMs: number | null;
	readonly verdicts: Verdicts;
	/** Called when every tap is open: where packets go from now on. */
	open(): Promise<PacketSink>;
}

/** Why it ended: `asked` is Ctrl-C, or enough of packets or of time. */
export interface Captured {
	readonly ended: 'asked' | 'lab-gone' | 'tap-gone';
	readonly packets: number;
	readonly statistics: readonly TapStatistics[];
}

/** @throws FirebreakError `no-tap`, `no-workload`, `engine-gone`, and what the sink throws */
export async function runCapture(input: CaptureInput, io: Io): Promise<Captured> {
	const {lab, taps, snaplen, count, forMs, verdicts, open} = input;
	const enough = Promise.withResolvers<'asked'>();
	const failed = Promise.withResolvers<never>();
	failed.promise.catch(() => undefined);
	io.interrupted.addEventListener('abort', () => enough.resolve('asked'), {once: true});
	let packets = 0;
	let sink: PacketSink | undefined;
	const drained = async (): Promise<void> => sink?.drained().catch(failed.reject);
	const hold = createHold(block => {
		if (packets >= count) return;
		const {tap, at, data} = packetOf(block);
		sink?.add(block, verdicts.of(taps[tap]!, data, Number(at / 1_000_000n)));
		if (++packets >= count) enough.resolve('asked');
	});
	const entry = await lab.ask('tap', {workloads: taps});
	const handBack = io.handOver?.(() => enough.resolve('asked'));
	const tap = startTap({entry, snaplen, onPacket: hold.add, taken: drained});
	const release = setInterval(() => {
		if (sink === undefined) return;
		hold.release(Date.now());
		void drained();
	}, releaseMs);
	let timer: NodeJS.Timeout | undefined;
	try {
		const first = await Promise.race([
			tap.ready.then(() => 'ready' as const),
			enough.promise,
			lab.gone.then(() => 'lab-gone' as const),
		]);
		if (first === 'ready') {
			sink = await open();
			if (forMs !== null) timer = setTimeout(() => enough.resolve('asked'), forMs);
		}
		const ended = await Promise.race([
			enough.promise,
			failed.promise,
			lab.gone.then(() => 'lab-gone' as const),
			tap.ended.then(() => 'tap-gone' as const),
		]);
		const late = new Promise(resolve => setTimeout(resolve, lastMs).unref());
		await Promise.race([tap.stop(), failed.promise, late]);
		hold.releaseAll();
		// Both end at once with the lab, and are heard of in either order.
		const gone = ended === 'tap-gone' && (await Promise.race([lab.gone.then(() => true), wait(200)])) === true;
		return {ended: gone ? 'lab-gone' : ended, packets, statistics: tap.statistics};
	} finally {
		clearTimeout(timer);
		clearInterval(release);
		void tap.stop();
		handBack?.();
	}
}

const wait = (ms: number): Promise<false> => new Promise(resolve => setTimeout(resolve, ms, false));
