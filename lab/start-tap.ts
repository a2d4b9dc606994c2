// Starts the program that captures packets of workloads, and hands over what it writes. It costs the engine nothing but
// one answer: packets come from the kernel to that program, and from there here.
import {spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {blockTypes, type TapStatistics} from '../core/capture/pcapng.ts';
import {readBlocks, statisticsOf} from '../core/capture/read-blocks.ts';
import {FirebreakError} from '../core/model/failure.ts';
import type {TapEntry} from './protocol.ts';

/** How long the kernel keeps packets of a link that is not busy before it lets them go. */
export const ringWaitMs = 10;

/** Room of all rings together, and of one: more of it is more packets that may come at once. */
const room = {all: 128 << 20, most: 16 << 20, least: 512 << 10} as const;

/** So many workloads at once have room enough. */
export const mostTaps = room.all / room.least;

export interface TapInput {
	readonly entry: TapEntry;
	/** At most so many bytes of a packet. */
	readonly snaplen: number;
	/** A packet's block (`packetOf`), in the order of the taps' packets, but not of all of them. */
	onPacket(block: Uint8Array): void;
	/** What came is let go when this has resolved. */
	taken(): Promise<void>;
}

export interface Tap {
	/** Resolves when every tap is open. @throws FirebreakError `no-tap` */
	readonly ready: Promise<void>;
	/** Packets that came by so far and that were dropped, tap by tap. */
	readonly statistics: readonly TapStatistics[];
	/** All that came by until now is handed over, and the program is gone, when this has resolved. */
	stop(): Promise<void>;
	/** Resolves when the program is gone, whyever. */
	readonly ended: Promise<void>;
}

/** Only who may enter the lab may start it: the rights are those of whoever runs this, in the lab's namespaces. */
export function startTap({entry, snaplen, onPacket, taken}: TapInput): Tap {
	const [program, ...words] = tapWords(entry, snaplen);
	// A session of its own: Ctrl-C is whoever captures', and this hears of it by its stdin's end.
	const child = spawn(program!, words, {
		stdio: ['pipe', 'pipe', 'pipe'],
		detached: true,
		cwd: '/',
		env: {PATH: process.env.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin'},
	});
	const statistics: TapStatistics[] = [];
	const {promise: ready, resolve, reject} = Promise.withResolvers<void>();
	ready.catch(() => undefined);
	let complaint = '';
	child.stderr.on('data', chunk => (complaint += chunk));
	const blocks = readBlocks((type, block) => {
		if (type === blockTypes.packet) onPacket(block);
		else if (type === blockTypes.statistics) {
			const counts = statisticsOf(block);
			statistics[counts.tap] = counts;
			if (statistics.length === entry.taps.length) resolve();
		}
	});
	const reading = (async () => {
		for await (const chunk of child.stdout) {
			blocks.take(chunk as Buffer);
			await taken();
		}
	})();
	const closed = new Promise<void>(gone => {
		child.once('error', error => {
			complaint ||= error.message;
			gone();
		});
		child.once('close', () => gone());
	});
	const ended = Promise.all([closed, reading]).then(() => reject(noTap(complaint)));
	ended.catch(() => undefined);
	child.stdin.on('error', () => undefined);
	return {
		ready,
		statistics,
		ended,
		async stop() {
			child.stdin.end();
			await ended;
		},
	};
}

/** nsenter(1) into the engine's namespaces, and there Node with the tap's program. */
function tapWords({pid, rootless, taps}: TapEntry, snaplen: number): readonly string[] {
	const own = import.meta.url;
	const program = fileURLToPath(new URL(`./tap${own.slice(own.lastIndexOf('.'))}`, own));
	const bytes = Math.max(room.least, Math.min(room.most, Math.floor(room.all / taps.length)));
	return [
		'nsenter',
		...(rootless ? [`--user=/proc/${pid}/ns/user`, '--preserve-credentials'] : []),
		`--net=/proc/${pid}/ns/net`,
		`--pid=/proc/${pid}/ns/pid`,
		process.execPath,
		'--no-warnings',
		program,
		...[pid, snaplen, bytes].map(String),
		...taps.map(({netns, link}) => `${netns}:${link}`),
	];
}

function noTap(complaint: string): FirebreakError {
	const lines = complaint.trim().split('\n').filter(Boolean);
	const why = lines.find(line => /^\w*Error|^nsenter:/.test(line)) ?? lines.at(-1) ?? 'its program was killed';
	return new FirebreakError(
		'no-tap',
		`packets cannot be captured: ${why}`,
		/ENOMEM/.test(why)
			? 'there is no memory for so many workloads: name fewer'
			: 'firebreak status says whether the lab is up',
		{complaint},
	);
}
