// What rules said of packets, beside the packets: a log comes some milliseconds after the packet it is about.
import {type Frame, readFrame} from '../../core/capture/frame.ts';
import type {PacketEvent} from '../../core/contracts/watch-event.ts';
import type {RuleRef} from '../../core/model/policy.ts';
import type {Protocol} from '../../core/model/topology.ts';
import {oneLine} from '../report/lines.ts';

/** How long a log waits for its packet. */
const keptMs = 500;
/** So many wait at most. */
const mostKept = 10_000;

export interface Verdicts {
	/** A rule's word, heard at `heardMs` (milliseconds since 1970). */
	hear(event: PacketEvent, heardMs: number): void;
	/** What was said of this packet of workload `name`, which is not said again; null where nothing was. */
	of(name: string, data: Uint8Array, atMs: number): string | null;
	/** Names of rules, by id. */
	rules: ReadonlyMap<string, RuleRef>;
}

export function createVerdicts(): Verdicts {
	const waiting = new Map<string, {readonly text: string; readonly heardMs: number}[]>();
	let count = 0;
	let expiredMs = 0;
	const expire = (now: number): void => {
		if (now - expiredMs < keptMs / 5) return;
		expiredMs = now;
		for (const [key, list] of waiting) {
			const left = list.filter(({heardMs}) => now - heardMs < keptMs);
			count -= list.length - left.length;
			if (left.length === 0) waiting.delete(key);
			else waiting.set(key, left);
		}
	};
	const verdicts: Verdicts = {
		rules: new Map(),
		hear(event, heardMs) {
			if (count >= mostKept) expire(heardMs);
			if (count >= mostKept) return;
			const {site, log, protocol, source, sourcePort, destination, port} = event;
			const key = keyOf(site, protocol, [source.address, sourcePort], [destination.address, port]);
			const list = waiting.get(key) ?? [];
			list.push({text: textOf(event, verdicts.rules.get(log.rule)?.name ?? log.rule), heardMs});
			waiting.set(key, list);
			count++;
		},
		of(name, data, atMs) {
			if (count === 0) return null;
			const frame = readFrame(data);
			// The fabric's rules stand at no workload.
			return take(keysOf(name, frame), atMs) ?? take(keysOf('', frame), atMs);
		},
	};
	const take = (key: string | null, atMs: number): string | null => {
		const list = key === null ? undefined : waiting.get(key);
		const at = list?.findIndex(({heardMs}) => heardMs + 1 >= atMs && heardMs - atMs < keptMs) ?? -1;
		if (key === null || list === undefined || at < 0) return null;
		const [found] = list.splice(at, 1);
		count--;
		if (list.length === 0) waiting.delete(key);
		return found!.text;
	};
	return verdicts;
}

function textOf({site, log}: PacketEvent, rule: string): string {
	// It stands beside a packet of that workload.
	const where = site === '' ? ' in the fabric' : '';
	return log.rule === 'none' ? `no rule is in force${where}` : `${words[log.decision]} by "${oneLine(rule)}"${where}`;
}
const words = {
	allow: 'allowed',
	deny: 'denied',
	'would-deny': 'would be denied',
	'would-allow': 'would be allowed',
} as const;

const protocols: Readonly<Record<number, Protocol>> = {1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmp', 132: 'sctp'};
type End = readonly [address: string, port: number];

const keyOf = (site: string, protocol: Protocol, [from, sourcePort]: End, [to, port]: End): string =>
	[site, protocol, from, protocol === 'icmp' ? 0 : sourcePort, to, port].join(' ');

function keysOf(site: string, frame: Frame): string | null {
	if (frame.kind !== 'ip') return null;
	const protocol = protocols[frame.protocol];
	if (protocol === undefined || (frame.ports === null && protocol !== 'icmp')) return null;
	const {source, destination} = frame.ports ?? {source: 0, destination: 0};
	return keyOf(site, protocol, [frame.source, source], [frame.destination, destination]);
}
