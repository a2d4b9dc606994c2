// Packets of several taps in the order of their times: each is held as long as another tap may still bring an earlier one,
// and a rule's log of it may still come.
import {timeOfPacket} from '../../core/capture/read-blocks.ts';

/** Ten times what a tap waits (`ringWaitMs`); a rule's log takes 10 ms. */
export const holdMs = 100;

export interface Hold {
	add(block: Uint8Array): void;
	/** Gives those that were held long enough at `nowMs` (milliseconds since 1970). */
	release(nowMs: number): void;
	/** Gives all. */
	releaseAll(): void;
}

export function createHold(each: (block: Uint8Array) => void): Hold {
	let held: {readonly at: bigint; readonly block: Uint8Array}[] = [];
	const give = (until: bigint | null): void => {
		held.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
		const first = until === null ? -1 : held.findIndex(({at}) => at > until);
		const ready = first < 0 ? held : held.slice(0, first);
		held = first < 0 ? [] : held.slice(first);
		for (const {block} of ready) each(block);
	};
	return {
		add: block => void held.push({at: timeOfPacket(block), block}),
		release: nowMs => give(BigInt(Math.floor(nowMs - holdMs)) * 1_000_000n),
		releaseAll: () => give(null),
	};
}
