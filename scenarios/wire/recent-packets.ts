// Packets that the lab itself sent, remembered for a while after their verdict: a log may be read later than that.
import type {Pending} from './pending.ts';

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

/** How late a probe's log may be read; and how long an attacker's conversation may last, which connection tracking shows. */
const rememberedMs = {probe: 2000, talk: 10_000};

export interface OwnPackets {
	add(probe: Pick<Pending, 'purpose' | 'key' | 'destinationKey'>): void;
	has(key: string, destinationKey: string): boolean;
}

/** Packets of probes and attackers, by their ends; those of the business are traffic like any other. */
export function ownPackets(): OwnPackets {
	const now = (): number => performance.now();
	const own = {probe: recentPackets(rememberedMs.probe, now), talk: recentPackets(rememberedMs.talk, now)};
	return {
		add({purpose, key, destinationKey}) {
			if (purpose !== 'business') own[purpose].add(`${key}>${destinationKey}`);
		},
		has(key, destinationKey) {
			const packet = `${key}>${destinationKey}`;
			return own.probe.has(packet) || own.talk.has(packet);
		},
	};
}
