import type {Socket} from 'node:net';

export interface PeekOptions {
	/** What is looked for at the very start: no one of them begins another. */
	readonly wanted: readonly Buffer[];
	/** After this long without a byte the protocol may speak first; null waits for ever. */
	readonly waitMs: number | null;
}

/** What the client opened with: bytes that were wanted, which are taken off the socket, or something else, which stays on it. */
export type Opening = Buffer | 'other';

/**
 * Reads the first bytes of a client and puts them back, before any protocol sees the socket. `found` is called at most
 * once, with the socket paused, and never for a client that goes away without a word.
 */
export function peek(socket: Socket, {wanted, waitMs}: PeekOptions, found: (opening: Opening) => void): void {
	let seen: Buffer = Buffer.alloc(0);
	let timer: NodeJS.Timeout | undefined;

	const stop = (): void => {
		clearTimeout(timer);
		socket.off('data', read).off('close', stop).off('end', stop);
		timer = undefined;
		decided = true;
	};
	let decided = false;
	const decide = (opening: Opening): void => {
		if (decided) return;
		stop();
		socket.pause();
		const rest = opening === 'other' ? seen : seen.subarray(opening.length);
		if (rest.length > 0) socket.unshift(rest);
		found(opening);
	};
	const read = (chunk: Buffer): void => {
		seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
		const whole = wanted.find(one => seen.subarray(0, one.length).equals(one));
		if (whole !== undefined) decide(whole);
		else if (!wanted.some(one => one.subarray(0, seen.length).equals(seen))) decide('other');
	};

	socket.on('data', read).once('close', stop).once('end', stop);
	// A busy process runs the timer before it has read what came in time: look at the sockets once more, then decide.
	if (waitMs !== null) timer = setTimeout(() => setImmediate(decide, 'other'), waitMs);
}
