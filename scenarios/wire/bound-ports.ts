// Source ports that an attacker chose: bound by one socket at a time, and not used for the same far end again at once.
import {setTimeout as sleep} from 'node:timers/promises';
import type {Attempt} from '../../core/contracts/network.ts';
import type {Prober} from './prober-contract.ts';

/** Connection tracking remembers a closed connection for a second: who comes again by the same ports would belong to it. */
const forgottenMs = 1200;
const lastUse = new WeakMap<Prober, Map<string, number>>();

/** Above those that senders give to probes. */
const firstOwnPort = 61_000;

/** Gives one port after the other, for who binds its own. */
export function ownPorts(): () => number {
	let last = firstOwnPort;
	return () => {
		last = last === 65_535 ? firstOwnPort : last + 1;
		return last;
	};
}

export type BoundPorts = <T>(attempt: Attempt, work: () => Promise<T>) => Promise<T>;

/** Runs what is sent from one port of a workload one after the other; over one lab, whoever attacks. */
export function boundPorts(prober: Prober): BoundPorts {
	const turns = new Map<string, Promise<unknown>>();
	const used = lastUse.get(prober) ?? new Map<string, number>();
	lastUse.set(prober, used);
	return async ({from, to, protocol, port, sourcePort}, work) => {
		const key = `${from} ${sourcePort}`;
		const far = `${key} ${to} ${port}/${protocol}`;
		const before = turns.get(key) ?? Promise.resolve();
		const done = before.then(async () => {
			const waitMs = (used.get(far) ?? Number.NEGATIVE_INFINITY) + forgottenMs - performance.now();
			if (waitMs > 0) await sleep(waitMs);
			return work().finally(() => used.set(far, performance.now()));
		});
		turns.set(
			key,
			done.catch(() => undefined),
		);
		return done;
	};
}
