// Sends flows and says of each what the kernel and the far end said. A verdict comes with its evidence, in milliseconds
// (FACTS "Verdicts without waiting"); what nothing settles within the timeout is inconclusive.
import type {Evidence} from '../../core/contracts/evidence.ts';
import type {LiveSite} from '../../core/contracts/site.ts';
import type {Flow} from '../../core/model/flow.ts';
import type {Reactor} from '../../kernel/reactor.ts';
import {evidenceOf, type Pending, settled, unsettled} from './pending.ts';
import {refusedAmong} from './refused.ts';
import {closePending, createSender, pendingOf, probeWord, type Sender} from './sender.ts';
import {fullAt} from './tracking.ts';

export interface Prober extends Disposable {
	readonly pending: Map<string, Pending>;
	/** To be called whenever something was learnt of a pending probe. */
	readonly onChange: (pending: Pending) => void;
	/** How long a settled probe waits for what rules that only observe log behind a decision, in another group's batch; 0 at first. */
	wait(ms: number): void;
	/** Evidence in the order of the flows. `each` is told as verdicts come in. */
	probe(flows: readonly Flow[], options: ProbeOptions): Promise<readonly Evidence[]>;
	/** Opens a conversation: resolves as a probe does; where it is open, `fd` is the caller's. `payload` is udp's first datagram. */
	open(flow: Flow, payload: Buffer, timeoutMs: number): Promise<{readonly evidence: Evidence; readonly fd: number}>;
}

export interface ProbeOptions {
	readonly timeoutMs: number;
	/** How long a settled probe of this call waits for more logs; the prober's own patience where that is longer. */
	readonly patienceMs?: number;
	readonly each?: (done: number) => void;
}

/** Probes under way at once: enough that the kernel's 10 ms of log batching are shared, within 1,024 descriptors a side. */
const windowSize = 768;

/**
 * How long a denial may still be contradicted: its log is often read before the far end's accept of the same packet,
 * and a packet that arrived all the same must never look denied.
 */
const doubtMs = 1;

export function createProber(sites: readonly LiveSite[], reactor: Reactor): Prober {
	const pending = new Map<string, Pending>();
	const bySite = new Map(sites.map(site => [site.workload.name, site]));
	const senders = new Map<string, Sender>();
	const micros = (): number => performance.now() * 1000;

	const finish = (probe: Pending, outcome: Evidence['outcome']): void => {
		if (!pending.delete(probe.key)) return;
		if (probe.purpose === 'probe' || outcome.kind !== 'open') {
			closePending(probe);
			probe.fd = -1;
		}
		probe.settle(evidenceOf(probe, outcome, micros()));
	};
	let ownPatienceMs = 0;
	const onChange = (probe: Pending): void => {
		const outcome = settled(probe);
		if (outcome === undefined) {
			if (probe.ownerless) finish(probe, unsettled(probe, null));
		} else if (outcome.kind !== 'denied' && probe.patienceMs === 0) finish(probe, outcome);
		else probe.settledMs ??= performance.now();
	};
	const sender = (flow: Flow): Sender => {
		const name = flow.source.workload!;
		let known = senders.get(name);
		if (known === undefined) senders.set(name, (known = createSender(bySite.get(name)!, reactor, pending, onChange)));
		return known;
	};
	const prepare = (
		flow: Flow,
		how: Pick<Pending, 'purpose' | 'payload' | 'patienceMs'>,
		timeoutMs: number,
		settle: Pending['settle'],
	): Pending => {
		const deadlineMs = performance.now() + timeoutMs;
		const probe = pendingOf(flow, sender(flow).nextPort(), {...how, sentMicros: micros(), deadlineMs, settle});
		pending.set(probe.key, probe);
		return probe;
	};
	/** Asks the senders' sockets, and gives up what is past its time. */
	const sweep = (): void => {
		for (const probe of refusedAmong(pending.values())) {
			probe.refused = true;
			onChange(probe);
		}
		const now = performance.now();
		for (const probe of [...pending.values()]) {
			if (probe.settledMs !== null) {
				if (now - probe.settledMs >= Math.max(probe.patienceMs, doubtMs)) finish(probe, settled(probe)!);
			} else if (probe.deadlineMs <= now) finish(probe, unsettled(probe, fullAt(probe.flow, bySite)));
			else if (
				probe.trouble !== null &&
				probe.fd >= 0 &&
				probe.logs.length === 0 &&
				now * 1000 - probe.sentMicros > 50_000
			) {
				finish(probe, unsettled(probe, null));
			}
		}
	};
	return {
		pending,
		onChange,
		wait(ms) {
			ownPatienceMs = ms;
		},
		async probe(flows, {timeoutMs, patienceMs, each}) {
			const evidence: Evidence[] = new Array(flows.length);
			let done = 0;
			let next = 0;
			let sweptAt = 0;
			const release = reactor.hold();
			try {
				while (done < flows.length) {
					const batch: Pending[] = [];
					while (next < flows.length && pending.size < windowSize && batch.length < 128) {
						const at = next++;
						batch.push(
							prepare(
								flows[at]!,
								{purpose: 'probe', payload: probeWord, patienceMs: Math.max(patienceMs ?? 0, ownPatienceMs)},
								timeoutMs,
								found => {
									evidence[at] = found;
									done++;
								},
							),
						);
					}
					for (const group of Map.groupBy(batch, probe => probe.flow.source.workload!).values()) {
						sender(group[0]!.flow).send(group);
					}
					while (reactor.pump(0) > 0);
					const now = performance.now();
					if (now - sweptAt > 2) {
						sweptAt = now;
						sweep();
					}
					if (next === flows.length || pending.size >= windowSize) reactor.pump(1);
					each?.(done);
					await new Promise(resolve => setImmediate(resolve));
				}
			} finally {
				release();
			}
			return evidence;
		},
		async open(flow, payload, timeoutMs) {
			const {promise, resolve} = Promise.withResolvers<Evidence>();
			const probe = prepare(flow, {purpose: 'talk', payload, patienceMs: 0}, timeoutMs, resolve);
			sender(flow).send([probe]);
			const timer = setInterval(sweep, 5);
			try {
				const evidence = await promise;
				return {evidence, fd: probe.fd};
			} finally {
				clearInterval(timer);
			}
		},
		[Symbol.dispose]() {
			for (const own of senders.values()) own[Symbol.dispose]();
			senders.clear();
		},
	};
}
