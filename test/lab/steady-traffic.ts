// Datagrams without pause between sockets of a lab's workloads, each of them counted at both ends: what is lost and what
// gets through shows, whatever a kernel's log says.
import {fork} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import type {Family} from '../../core/model/topology.ts';

/** One stream, between two namespaces by descriptors of the process that asks. */
export interface Stream {
	readonly name: string;
	readonly from: number;
	readonly to: number;
	readonly family: Family;
	readonly address: string;
	/** Nobody may listen there yet. */
	readonly port: number;
	/** The far end sends each datagram back, so that the stream is a known connection. */
	readonly answers?: true;
	/** Its far end alone: what others send there is counted. */
	readonly listensOnly?: true;
}

export interface StreamCount {
	readonly name: string;
	readonly sent: number;
	/** By the sender's own kernel (EPERM, or no way). */
	readonly refused: number;
	readonly arrived: number;
	readonly answered: number;
}

export interface SteadyTraffic {
	/** Resolves when some more of each stream has been sent since this was called. */
	more(): Promise<void>;
	stop(): Promise<Readonly<Record<string, StreamCount>>>;
}

export async function steadyTraffic(streams: readonly Stream[]): Promise<SteadyTraffic> {
	const file = fileURLToPath(new URL('./fixtures/steady.ts', import.meta.url));
	const child = fork(file, [String(process.pid), JSON.stringify(streams)], {execArgv: ['--no-warnings']});
	await once(child, 'message');
	return {
		async more() {
			await once(child, 'message');
			await once(child, 'message');
		},
		async stop() {
			child.send('stop');
			for (;;) {
				const [said] = (await once(child, 'message')) as ['round' | readonly StreamCount[]];
				if (said !== 'round') return byName(said);
			}
		},
	};
}

const byName = (counts: readonly StreamCount[]): Readonly<Record<string, StreamCount>> =>
	Object.fromEntries(counts.map(count => [count.name, count]));
