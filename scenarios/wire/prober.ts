// Sends flows and says of each what the kernel and the far end said. A verdict comes with its evidence, in milliseconds
// (FACTS "Verdicts without waiting"); what nothing settles within the timeout is inconclusive.
import {setTimeout as sleep, setImmediate as turn} from 'node:timers/promises';
import type {Evidence} from '../../core/contracts/evidence.ts';
import type {LiveSite} from '../../core/contracts/site.ts';
import type {Flow} from '../../core/model/flow.ts';
import type {Direction} from '../../core/model/policy.ts';
import type {Reactor} from '../../kernel/reactor.ts';
import {answeredAmong} from './answered.ts';
import {ownPorts} from './bound-ports.ts';
import {evidenceOf, type Pending, settled, unsettled} from './pending.ts';
import type {Prober} from './prober-contract.ts';
import {ownPackets} from './recent-packets.ts';
import {createSctp} from './sctp.ts';
import {closePending, createSender, pendingOf, probeWord, type Sender} from './sender.ts';
import {tiled} from './tiled.ts';
import {fullAt} from './tracking.ts';

/** Probes under way at once: enough that the kernel's batches of logs are shared, within 1,024 descriptors a side. */
const windowSize = 768;
/** Sent between two looks at what came back. */
const largestBatch = 144;

/**
 * How long a denial may still be contradicted: its log is often read before the far end's accept of the same packet,
 * and a packet that arrived all the same must never look denied.
 */
const doubtMs = 1;

/** How long a datagram that a foreign service was given may still be refused: its kernel does that at once. */
const refusalMs = 20;

/** A flow that waits for its turn. */
interface Waiting {
	readonly flow: Flow;
	readonly how: Pick<Pending, 'purpose' | 'payload' | 'patienceMs'>;
	readonly timeoutMs: number;
	readonly sourcePort: number | undefined;
	readonly settle: Pending['settle'];
}

export function createProber(sites: readonly LiveSite[], reactor: Reactor): Prober {
	const pending = new Map<string, Pending>();
	const tampered = new Set<string>();
	const bySite = new Map(sites.map(site => [site.workload.name, site]));
	const ranks = new Map(sites.map((site, at) => [site.workload.name, at]));
	const rank = (workload: string): number => ranks.get(workload) ?? 0;
	const senders = new Map<string, Sender>();
	const micros = (): number => performance.now() * 1000;
	const own = ownPackets();

	const finish = (probe: Pending, outcome: Evidence['outcome']): void => {
		if (!pending.delete(probe.key)) return;
		own.add(probe);
		if (probe.purpose === 'probe' || outcome.kind !== 'open') {
			closePending(probe);
			probe.fd = -1;
		}
		probe.settle(evidenceOf(probe, outcome, micros()), probe.fd);
	};
	let ownPatienceMs = 0;
	let farAccepts: (flow: Flow) => number = () => 0;
	const onChange = (probe: Pending): void => {
		const outcome = settled(probe);
		if (outcome === undefined) {
			if (probe.ownerless) finish(probe, unsettled(probe, null));
		} else if (outcome.kind !== 'denied' && probe.patienceMs === 0) finish(probe, outcome);
		else probe.settledMs ??= performance.now();
	};
	const sctp = createSctp({sites, reactor, pending, onChange});
	const sender = (flow: Flow): Sender => {
		const name = flow.source.workload!;
		let known = senders.get(name);
		if (known === undefined) senders.set(name, (known = createSender(bySite.get(name)!, reactor, pending, onChange)));
		return known;
	};
	let queue: Waiting[] = [];
	const callers = new Set<(error: unknown) => void>();
	let driving = false;

	const unheardBy = ({source, destination}: Flow): readonly Direction[] => [
		...(tampered.has(source.workload ?? '') ? (['egress'] as const) : []),
		...(tampered.has(destination.workload ?? '') ? (['ingress'] as const) : []),
	];
	const prepare = ({flow, how, timeoutMs, sourcePort, settle}: Waiting): Pending => {
		const now = performance.now();
		const times = {sentMicros: now * 1000, deadlineMs: now + timeoutMs};
		const foreign = bySite.get(flow.destination.workload ?? '')?.ownServices === true;
		const patienceMs = foreign && flow.protocol === 'udp' ? Math.max(how.patienceMs, refusalMs) : how.patienceMs;
		const from = sender(flow);
		const port = sourcePort ?? from.nextPort();
		const probe = pendingOf(flow, port, {
			...{...how, ...times, patienceMs, foreign, settle},
			...{unheard: unheardBy(flow), farAccepts: farAccepts(flow)},
		});
		pending.set(probe.key, probe);
		return probe;
	};
	const sendSome = (): void => {
		const batch = queue.splice(0, Math.min(largestBatch, windowSize - pending.size)).map(prepare);
		for (const probe of batch) if (probe.flow.protocol === 'sctp') sctp.send(probe);
		const others = batch.filter(({flow}) => flow.protocol !== 'sctp');
		for (const [source, group] of Map.groupBy(others, ({flow}) => flow.source.workload!))
			senders.get(source)!.send(group);
	};
	/** Asks the senders' sockets, and gives up what is past its time. */
	const sweep = (now: number): void => {
		for (const {probe, answer} of answeredAmong(pending.values(), now)) {
			if (answer === 'refused') probe.refused = true;
			else probe.arrival = 'open';
			onChange(probe);
		}
		for (const probe of pending.values()) {
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
	/** One loop for all that ask at once: sends, hears and sweeps until nothing waits and nothing is under way. */
	const drive = async (): Promise<void> => {
		let release = reactor.hold();
		driving = true;
		try {
			for (let sweptAt = 0; queue.length > 0 || pending.size > 0; ) {
				sendSome();
				while (reactor.pump(0) > 0);
				const now = performance.now();
				if (now - sweptAt > 2) {
					sweptAt = now;
					sweep(now);
				}
				if (queue.length > 0) {
					if (pending.size >= windowSize) reactor.pump(1);
					await turn();
				} else {
					// Only the last answers are awaited: conversations go on meanwhile.
					release();
					await sleep(1);
					release = reactor.hold();
				}
			}
		} finally {
			driving = false;
			release();
		}
	};
	/** What `ask` gives to its first argument; whatever goes wrong in the loop is thrown to all that wait for it. */
	const answered = async <T>(ask: (settled: (value: T) => void) => void): Promise<T> => {
		const {promise, resolve, reject} = Promise.withResolvers<T>();
		ask(resolve);
		callers.add(reject);
		if (!driving) drive().catch(giveUp);
		return promise.finally(() => callers.delete(reject));
	};
	const giveUp = (error: unknown): void => {
		for (const probe of pending.values()) closePending(probe);
		pending.clear();
		queue = [];
		for (const fail of callers) fail(error);
	};
	return {
		pending,
		sent: own.has,
		onChange,
		tampered,
		sctp,
		wait(ms) {
			ownPatienceMs = ms;
		},
		join(site) {
			bySite.set(site.workload.name, site);
			ranks.set(site.workload.name, ranks.size);
			sctp.join(site);
		},
		leave(site) {
			const {name} = site.workload;
			senders.get(name)?.[Symbol.dispose]();
			senders.delete(name);
			bySite.delete(name);
			tampered.delete(name);
			sctp.leave(site);
		},
		expect(next) {
			farAccepts = next;
		},
		probe: (flows, {timeoutMs, patienceMs, sourcePort, each}) =>
			answered(settled => {
				const evidence: Evidence[] = new Array(flows.length);
				const how = {
					purpose: 'probe',
					payload: probeWord,
					patienceMs: Math.max(patienceMs ?? 0, ownPatienceMs),
				} as const;
				let done = 0;
				for (const at of tiled(flows, rank)) {
					const flow = flows[at]!;
					const settle = (found: Evidence): void => {
						evidence[at] = found;
						done++;
						each?.(done);
						if (done === flows.length) settled(evidence);
					};
					queue.push({flow, how, timeoutMs, sourcePort, settle});
				}
				if (flows.length === 0) settled(evidence);
			}),
		open: (flow, payload, timeoutMs, purpose = 'talk', sourcePort = undefined) =>
			answered(settled => {
				const settle = (evidence: Evidence, fd: number): void => settled({evidence, fd});
				queue.push({flow, how: {purpose, payload, patienceMs: 0}, timeoutMs, sourcePort, settle});
			}),
		follow: (flow, {timeoutMs, sourcePort, unheard, known, send}) =>
			answered(settled => {
				const now = performance.now();
				const probe = pendingOf(flow, sourcePort, {
					...{purpose: 'probe', foreign: false, payload: probeWord, patienceMs: ownPatienceMs},
					...{unheard, farAccepts: known ? 0 : farAccepts(flow), settle: settled},
					...{sentMicros: now * 1000, deadlineMs: now + timeoutMs},
				});
				pending.set(probe.key, probe);
				try {
					send(() => {
						probe.arrival = 'open';
						onChange(probe);
					});
				} catch (error) {
					pending.delete(probe.key);
					throw error;
				}
			}),
		ownPort: ownPorts(),
		[Symbol.dispose]() {
			sctp[Symbol.dispose]();
			for (const own of senders.values()) own[Symbol.dispose]();
			senders.clear();
		},
	};
}
