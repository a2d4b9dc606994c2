// A result in pieces, as long as somebody reads it.
import type {Io} from '../io.ts';

/** Characters that are printed at once: enough that the waiting costs nothing. */
const chunk = 1 << 16;

/** Prints `pieces` in their order, waiting for the reader; they are made as they are printed. Ends early when interrupted. */
export async function streamOut(pieces: Iterable<string>, io: Io): Promise<void> {
	let held = '';
	for (const piece of pieces) {
		held += piece;
		if (held.length < chunk) continue;
		if (io.interrupted.aborted) return;
		io.out(held);
		held = '';
		await io.drained?.();
	}
	if (held !== '') io.out(held);
}
