// Who talked to whom on a lab, from the logs of its rules: one row for each pair of ends, port and decision. Both ends log
// a connection, an end that denies logs it again whenever its packet is sent again, and observing rules log beside. Where
// rules stand elsewhere, a host says `none` beside them: what judges is what counts.
import type {KernelLog} from '../contracts/evidence.ts';
import type {PacketEnd} from '../contracts/watch-event.ts';
import type {Direction, RuleRef} from '../model/policy.ts';
import type {Family, Protocol} from '../model/topology.ts';
import {invalidRef, noneRef} from '../policy/rule-ref.ts';
import type {FlowRow, SeenFlows} from './flow-row.ts';

/** A log of one packet. */
export interface LoggedPacket {
	readonly log: KernelLog;
	readonly source: PacketEnd;
	readonly destination: PacketEnd;
	readonly sourcePort: number;
	readonly family: Family;
	readonly protocol: Protocol;
	readonly port: number;
	/** Milliseconds since 1970. */
	readonly at: number;
}

export interface Ledger {
	/** Rules are named by these from now on; the rows of before stay. */
	under(inForce: string, rules: ReadonlyMap<string, RuleRef>): void;
	hear(packet: LoggedPacket): void;
	/** The kernel dropped logs. */
	lose(): void;
	/** Attempts since `under` that a rule decided, by `egress p0.r1`, `ingress p0.r1`, `egress would p0.r1`. */
	readonly hits: ReadonlyMap<string, number>;
	/** Rows in the order in which they were first seen. */
	seen(): Omit<SeenFlows, 'unasked'>;
	reset(at: number): void;
}

export interface LedgerLimits {
	readonly rows: number;
	/** Connections that are remembered by their very ends, in each of two generations. */
	readonly connections: number;
	/** How long a generation lasts: TCP tries for 127 s (tcp(7), tcp_syn_retries). */
	readonly rememberedMs: number;
}

const usual: LedgerLimits = {rows: 20_000, connections: 30_000, rememberedMs: 130_000};

type Decision = Pick<KernelLog, 'decision' | 'rule'>;
interface Connection {
	readonly packet: LoggedPacket;
	readonly era: Era;
	/** What each end said, and what it would have said. */
	readonly said: Map<Slot, Decision>;
	row: Row | null;
}
type Slot = Direction | `${Direction} would`;
type Row = {-readonly [Key in keyof FlowRow]: FlowRow[Key]} & {readonly key: string};
interface Era {
	readonly number: number;
	readonly inForce: string;
	readonly rules: ReadonlyMap<string, RuleRef>;
}

/** @param at - milliseconds since 1970, of its first moment */
export function createLedger(at: number, limits: LedgerLimits = usual): Ledger {
	let era: Era = {number: 0, inForce: '', rules: new Map()};
	let hits = new Map<string, number>();
	let rows = new Map<string, Row>();
	let [young, old] = [new Map<string, Connection>(), new Map<string, Connection>()];
	let [since, aged, uncounted, lost] = [at, at, 0, 0];

	const known = (key: string): Connection | undefined => young.get(key) ?? old.get(key);
	const remember = (key: string, one: Connection, now: number): void => {
		if (young.size >= limits.connections || now - aged > limits.rememberedMs) {
			old = now - aged > 2 * limits.rememberedMs ? new Map() : young;
			young = new Map();
			aged = now;
		}
		young.set(key, one);
	};
	const hit = (slot: Slot, rule: string, by = 1): unknown =>
		hits.set(`${slot} ${rule}`, (hits.get(`${slot} ${rule}`) ?? 0) + by);
	/** Moves the connection to the row of what is known of it now. */
	const account = (one: Connection, now: number): void => {
		const key = rowKey(one);
		if (one.row?.key !== key) {
			if (one.row !== null && --one.row.count === 0) rows.delete(one.row.key);
			one.row = rows.get(key) ?? null;
			if (one.row === null && rows.size < limits.rows) rows.set(key, (one.row = newRow(one, key, now)));
			if (one.row === null) uncounted++;
			else one.row.count++;
		}
		if (one.row !== null) one.row.lastAt = Math.max(one.row.lastAt, now);
	};
	return {
		under(inForce, rules) {
			era = {number: era.number + 1, inForce, rules};
			hits = new Map();
		},
		hear(packet) {
			const {log, at: now} = packet;
			if (log.rule === invalidRef.id) return;
			const key = connectionKey(packet);
			const before = known(key);
			const slot: Slot = log.decision.startsWith('would-') ? `${log.direction} would` : log.direction;
			const again = before !== undefined && before.era === era && !contradicts(before.said.get(slot), log);
			const one: Connection = again ? before : {packet, era, said: new Map(), row: null};
			const said = one.said.get(slot);
			if (said === undefined || (said.rule === noneRef.id && log.rule !== noneRef.id)) {
				if (said !== undefined) hit(slot, said.rule, -1);
				one.said.set(slot, {decision: log.decision, rule: log.rule});
				hit(slot, log.rule);
			}
			remember(key, one, now);
			account(one, now);
		},
		lose: () => void lost++,
		get hits() {
			return hits;
		},
		seen: () => ({since, rows: [...rows.values()].map(({key: _, ...row}) => row), uncounted, lost}),
		reset(now) {
			[young, old, rows, hits] = [new Map(), new Map(), new Map(), new Map()];
			[since, aged, uncounted, lost] = [now, now, 0, 0];
		},
	};
}

/** The same packet again is told by the same words; other words are about another connection that has its ends. */
const contradicts = (before: Decision | undefined, log: KernelLog): boolean =>
	before !== undefined &&
	before.rule !== noneRef.id &&
	log.rule !== noneRef.id &&
	(before.decision !== log.decision || before.rule !== log.rule);

const connectionKey = ({source, destination, sourcePort, protocol, port}: LoggedPacket): string =>
	`${protocol} ${source.address} ${sourcePort} ${destination.address} ${port}`;

const slots: readonly Slot[] = ['egress', 'ingress', 'egress would', 'ingress would'];

const rowKey = ({packet, era, said}: Connection): string =>
	[
		`${packet.protocol} ${packet.source.address} ${packet.destination.address} ${packet.port} ${era.number}`,
		...slots.map(slot => `${said.get(slot)?.decision ?? ''} ${said.get(slot)?.rule ?? ''}`),
	].join('|');

function newRow({packet, era, said}: Connection, key: string, now: number): Row {
	const {source, destination, family, protocol, port} = packet;
	const [egress, ingress, ...would] = slots.map(slot => said.get(slot));
	const ref = (one: Decision | undefined): RuleRef | null =>
		one === undefined
			? null
			: (era.rules.get(one.rule) ?? {id: one.rule, name: one.rule, policy: '', tier: 'none', where: null});
	const otherwise = would.find(one => one?.decision === 'would-deny') ?? would.find(one => one !== undefined);
	return {
		key,
		source,
		destination,
		family,
		protocol,
		port,
		verdict: egress?.decision === 'deny' || ingress?.decision === 'deny' ? 'deny' : 'allow',
		would: otherwise === undefined ? null : otherwise.decision === 'would-deny' ? 'would-deny' : 'would-allow',
		egress: ref(egress),
		ingress: ref(ingress),
		wouldRule: ref(otherwise),
		inForce: era.inForce,
		count: 0,
		firstAt: packet.at,
		lastAt: now,
		open: null,
	};
}
