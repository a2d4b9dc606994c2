// The kernel's witness: reads every site's log and hands each line to the pending probe whose very packet it was.
import {type KernelLog, logGroups, parseLogPrefix} from '../../core/contracts/evidence.ts';
import type {LiveSite} from '../../core/contracts/site.ts';
import {withNetns} from '../../kernel/netns.ts';
import {type Nflog, openNflog} from '../../kernel/nflog.ts';
import {type PacketEnds, packetEnds} from '../../kernel/packet.ts';
import type {Reactor} from '../../kernel/reactor.ts';
import {type Pending, pendingKey} from './pending.ts';

export interface Witness extends Disposable {
	/** Reads a workload's log now; tests pause it by `stop`. */
	readonly logs: ReadonlyMap<string, Nflog>;
	/** Stops reading a workload's log until `resume`: a way to provoke an overrun. */
	stop(workload: string): void;
	resume(workload: string): void;
	/** A site that came up later, or is gone. */
	join(site: LiveSite): void;
	leave(workload: string): void;
}

/** A rule's log of a packet that no pending probe has sent, and the workload (empty: the fabric) whose log that is. */
export type HearStray = (site: string, log: KernelLog, ends: PacketEnds) => void;

export interface WitnessInput {
	readonly sites: readonly LiveSite[];
	readonly reactor: Reactor;
	/** The fabric's namespace, whose log names packets to addresses that nobody owns. */
	readonly fabric: number;
	readonly pending: ReadonlyMap<string, Pending>;
	/** Whether a probe that has its verdict sent a packet with these ends (keys of `pending`). */
	readonly sent?: (key: string, destinationKey: string) => boolean;
	readonly onChange: (pending: Pending) => void;
	/** Receive buffer of each log socket in bytes. */
	readonly bufferBytes?: number;
	readonly onStray?: HearStray;
	/** The kernel dropped logs of that workload (empty: of the fabric), of whatever packets. */
	readonly onLost?: (site: string) => void;
}

/** Prefix of the log behind a foreign service's own rules, which only what they let pass reaches. */
export const deliveredPrefix = 'fb host delivered';

/** Prefix of the fabric's log for packets to nobody. */
export const ownerlessPrefix = 'fb fabric ownerless';

export function startWitness(input: WitnessInput): Witness {
	const {sites, reactor, pending, onChange, onStray} = input;
	const known = new Map<string, KernelLog | undefined>();
	const parse = (prefix: string): KernelLog | undefined => {
		if (!known.has(prefix)) known.set(prefix, parseLogPrefix(prefix));
		return known.get(prefix);
	};
	const hear =
		(site: string) =>
		(prefix: string, data: Buffer, start: number, end: number): void => {
			const ends = packetEnds(data, start, end);
			const key = ends && pendingKey(ends.protocol, ends.source);
			const probe = key && pending.get(key);
			if (!probe || probe.destinationKey !== ends!.destination) {
				// A log may be read after its probe has its verdict: that packet is a probe's all the same.
				const stray = onStray && key && !input.sent?.(key, ends!.destination) && parse(prefix);
				if (stray) onStray!(site, stray, ends!);
				return;
			}
			if (probe.purpose === 'business') {
				const log = parse(prefix);
				if (log !== undefined) onStray?.(site, log, ends!);
			}
			if (prefix === ownerlessPrefix) probe.ownerless = true;
			else if (prefix === deliveredPrefix) probe.delivered = true;
			else {
				const log = parse(prefix);
				if (log === undefined) return;
				if (!probe.logs.includes(log)) probe.logs.push(log);
			}
			onChange(probe);
		};
	const overrun = (workload: string): void => {
		input.onLost?.(workload);
		for (const probe of pending.values()) probe.trouble ??= `logs were lost at ${workload} (NFLOG overrun)`;
	};
	const logs = new Map<string, Nflog>();
	const undo = new Map<string, () => void>();
	const read = (name: string, log: Nflog) => {
		const onLog = hear(name);
		return () => void (log.read(onLog) === 'overrun' && overrun(name));
	};
	const places = [...sites.map(site => [site.workload.name, site.netns] as const), ['', input.fabric] as const];
	const open = (name: string, netns: number): void => {
		const log = withNetns(netns, () => openNflog([logGroups.deny, logGroups.accept], input.bufferBytes));
		logs.set(name, log);
		undo.set(name, reactor.watch(log.fd, read(name, log)));
	};
	for (const [name, netns] of places) open(name, netns);
	return {
		join: ({workload, netns}) => open(workload.name, netns),
		leave(name) {
			undo.get(name)?.();
			logs.get(name)?.close();
			undo.delete(name);
			logs.delete(name);
		},
		logs,
		stop: name => undo.get(name)?.(),
		resume: name => void undo.set(name, reactor.watch(logs.get(name)!.fd, read(name, logs.get(name)!))),
		[Symbol.dispose]() {
			for (const stop of undo.values()) stop();
			for (const log of logs.values()) log.close();
			logs.clear();
		},
	};
}
