// Those who watch a lab: each is told every event, and one that reads too slowly is told how many it missed.
import type {Duplex} from 'node:stream';
import type {WatchEvent} from '../core/contracts/watch-event.ts';
import {write} from './protocol.ts';

/** What may wait for a reader before events are left out for it. */
const mostBytes = 8 << 20;

export interface Audience {
	/** Nobody is told twice. */
	add(stream: Duplex): void;
	/** `besides` is told too, once, where it does not watch. */
	tell(event: WatchEvent, besides?: Duplex): void;
	readonly empty: boolean;
}

export function createAudience(now: () => number): Audience {
	const missed = new Map<Duplex, number>();
	return {
		add(stream) {
			missed.set(stream, 0);
			stream.once('close', () => missed.delete(stream));
		},
		tell(event, besides) {
			if (besides !== undefined && !missed.has(besides)) write(besides, {kind: 'event', event});
			for (const [stream, count] of missed) {
				if (stream.writableLength > mostBytes) {
					missed.set(stream, count + 1);
					continue;
				}
				if (count > 0) write(stream, {kind: 'event', event: {kind: 'missed', events: count, atMs: now()}});
				missed.set(stream, 0);
				write(stream, {kind: 'event', event});
			}
		},
		get empty() {
			return missed.size === 0;
		},
	};
}
