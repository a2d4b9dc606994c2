// What the workloads' kernels track now, beside the rows that logs have given: what flows through them, and flows whose
// logs were lost.
import {setImmediate as turn} from 'node:timers/promises';
import type {LiveSite} from '../core/contracts/site.ts';
import type {PacketEnd} from '../core/contracts/watch-event.ts';
import type {FlowRow, OpenNow} from '../core/flows/flow-row.ts';
import {type Tracked, trackedConnections, tracksAny} from '../kernel/conntrack.ts';
import {withNetns} from '../kernel/netns.ts';
import {endOf} from '../kernel/sockaddr.ts';

export interface OpenInput {
	/** Those that matter most first: not all may be asked. */
	readonly sites: readonly LiveSite[];
	/** Whether a probe or an attacker sent it: keys of the prober. */
	readonly isOwn: (tracked: Tracked) => boolean;
	readonly named: (address: string) => PacketEnd;
	/** Milliseconds since 1970. */
	readonly now: number;
}

export interface WithOpen {
	readonly rows: readonly FlowRow[];
	/** Workloads that track connections and were not asked for them. */
	readonly unasked: number;
}

/**
 * A dump walks the one table of the whole machine, whosever entries it has: 10 to 50 ms for each namespace, in which the
 * engine does nothing else. So long it may take in all.
 */
const budgetMs = 1000;

/** States of tcp in which a connection has come about and not gone. */
const openStates: ReadonlySet<string> = new Set(['established', 'fin-wait', 'close-wait', 'last-ack']);

/**
 * The rows with what is open of each. A tcp connection that is open and in no row is a row of its own, without rules;
 * of other protocols it is not known who sent them, and they make no rows.
 */
export async function withOpen(rows: readonly FlowRow[], {sites, isOwn, named, now}: OpenInput): Promise<WithOpen> {
	const open = new Map<string, {flow: FlowRow; now: OpenNow}>();
	const tracking = sites.filter(({netns}) => withNetns(netns, tracksAny));
	let unasked = tracking.length;
	const started = performance.now();
	for (const {netns, workload} of tracking) {
		if (performance.now() - started > budgetMs) break;
		await turn();
		unasked--;
		const own = new Set(workload.addresses.map(({address}) => address));
		for (const tracked of withNetns(netns, trackedConnections)) {
			if (tracked.state === null ? !tracked.answered : !openStates.has(tracked.state)) continue;
			const source = endOf(tracked.source);
			if (!own.has(source.address) || isOwn(tracked)) continue;
			const destination = endOf(tracked.destination);
			const {family, protocol, traffic} = tracked;
			const flow: FlowRow = {
				...{source: named(source.address), destination: named(destination.address), family, protocol},
				...{port: destination.port, verdict: 'allow', would: null, egress: null, ingress: null, wouldRule: null},
				...{inForce: null, count: 0, firstAt: now, lastAt: now, open: null},
			};
			const before = open.get(keyOf(flow))?.now ?? {connections: 0, packets: 0, bytes: 0};
			open.set(keyOf(flow), {
				flow,
				now: {
					connections: before.connections + 1,
					packets: before.packets + (traffic?.packets ?? 0),
					bytes: before.bytes + (traffic?.bytes ?? 0),
				},
			});
		}
	}
	// What is open belongs to the row that was last allowed.
	const latest = new Map<string, FlowRow>();
	for (const row of rows) {
		const key = keyOf(row);
		const before = latest.get(key);
		if (row.verdict === 'allow' && (before === undefined || before.lastAt <= row.lastAt)) latest.set(key, row);
	}
	const unlogged = [...open].flatMap(([key, {flow, now: own}]) =>
		latest.has(key) || flow.protocol !== 'tcp' ? [] : [{...flow, count: own.connections, open: own}],
	);
	const known = rows.map(row =>
		latest.get(keyOf(row)) === row ? {...row, open: open.get(keyOf(row))?.now ?? null} : row,
	);
	return {rows: [...known, ...unlogged], unasked};
}

const keyOf = ({source, destination, protocol, port}: FlowRow): string =>
	`${protocol} ${source.address} ${destination.address} ${port}`;
