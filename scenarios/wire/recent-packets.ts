// Packets that the lab itself sent, remembered for a while after their verdict: a log may be read later than that.

export interface RecentPackets {
	add(key: string): void;
	has(key: string): boolean;
}

/**
 * Remembers each key for at least `forMs`, and for twice as long at most.
 *
 * @param now - milliseconds of a clock that does not go back
 */
export function recentPackets(forMs: number, now: () => number): RecentPackets {
	let young = new Set<string>();
	let old = new Set<string>();
	let since = now();
	const age = (): void => {
		const passed = now() - since;
		if (passed < forMs) return;
		old = passed < 2 * forMs ? young : new Set();
		young = new Set();
		since = now();
	};
	return {
		add(key) {
			age();
			young.add(key);
		},
		has(key) {
			age();
			return young.has(key) || old.has(key);
		},
	};
}
