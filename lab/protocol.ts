// What travels between an engine and its clients: one JSON object a line (README.md "The protocol"). A request has an id
// and gets one answer with it; events come between. The transport is a stream: descriptor 3 of whoever started the engine,
// and the socket of a lab that stays.
import {createInterface} from 'node:readline';
import type {Duplex} from 'node:stream';
import type {AttackRun} from '../core/contracts/attack-run.ts';
import type {Ruleset} from '../core/contracts/enforcer.ts';
import type {Evidence} from '../core/contracts/evidence.ts';
import type {InForce} from '../core/contracts/in-force.ts';
import type {Applied, Changed} from '../core/contracts/lab.ts';
import type {NoteEvent, ProgramEvent, WatchEvent} from '../core/contracts/watch-event.ts';
import type {SeenFlows} from '../core/flows/flow-row.ts';
import type {Flow} from '../core/model/flow.ts';
import type {Rehearsal} from '../core/model/rehearsal.ts';
import type {Scenario} from '../core/model/scenario.ts';
import type {Runtime, Topology} from '../core/model/topology.ts';
import type {Pace} from './attack-pace.ts';
import type {DockerBoot} from './docker-boot.ts';
import type {Hits, LabStatus} from './staying-state.ts';
import type {Talked} from './traffic.ts';

/** Counted up with every change that an older client or engine would misunderstand; the hello keeps its form. */
export const protocolVersion = 6;

export interface BootRequest {
	readonly lab: string;
	readonly topology: Topology;
	readonly rulesets: readonly Ruleset[];
	readonly seed: number;
	/** True: the engine is root by a user namespace of its own. */
	readonly rootless: boolean;
	/** The docker runtime; left out: netns. */
	readonly docker?: DockerBoot;
}

export interface Booted {
	readonly bootMs: number;
	readonly nft: string;
	readonly helpers: number;
}

/** From now on the lab stays, and is served at a socket. */
export interface StayRequest {
	/** Its name, `[a-z0-9-]{1,16}`. */
	readonly name: string;
	/** Absolute path; nothing may be there. */
	readonly socket: string;
	/** Process id of the engine, and of the unshare above it, as whoever started it sees them. */
	readonly pid: number;
	readonly parent: number;
	/** What clients are told that ask `describe`. */
	readonly rehearsal: Rehearsal;
	readonly inForce: InForce;
}

/** Where a workload's namespaces are, by descriptors of the engine: `/proc/PID/fd/…`. */
export interface Entry {
	readonly pid: number;
	readonly user: number;
	readonly netns: number;
	readonly rootless: boolean;
	/** The namespaces of its room, which belong to the engine's user namespace. */
	readonly room: Readonly<Record<'mnt' | 'pid' | 'uts' | 'ipc' | 'cgroup', number>>;
}

/** A workload that is a container: whoever enters asks Docker. */
export interface ContainerEntry {
	/** Docker's socket. */
	readonly socket: string;
	readonly container: string;
}

/** Where packets of workloads pass: the engine, and of each workload a descriptor of its network and the index of its link. */
export interface TapEntry {
	readonly pid: number;
	readonly rootless: boolean;
	readonly taps: readonly {readonly netns: number; readonly link: number}[];
}

type Nothing = Record<string, never>;

/** Method by method: what is asked, and what is answered. */
export interface Methods {
	readonly boot: {readonly asks: BootRequest; readonly gives: Booted};
	readonly stay: {readonly asks: StayRequest; readonly gives: Nothing};
	readonly apply: {
		readonly asks: {
			readonly rulesets: readonly Ruleset[];
			/** On a lab that stays: what they are. */
			readonly inForce?: InForce;
			/** What was in force before comes back unless `confirm` is asked within so long. */
			readonly confirmWithinMs?: number;
		};
		readonly gives: Applied;
	};
	readonly confirm: {readonly asks: Nothing; readonly gives: {readonly confirmed: string | null}};
	readonly probe: {
		readonly asks: {
			readonly flows: readonly Flow[];
			readonly timeoutMs: number;
			readonly patienceMs?: number;
			/** These are the last of so many, or some before: pieces that follow one another are noted once. */
			readonly pieceOf?: {readonly flows: number; readonly last: boolean};
		};
		/** In the order of the flows, which whoever asked has. */
		readonly gives: readonly Omit<Evidence, 'flow'>[];
	};
	readonly attack: {
		readonly asks: {
			readonly scenario: Scenario;
			readonly foothold: string;
			readonly goals: readonly string[];
			readonly seed: number;
			/** On a lab that stays; left out: as fast as it can. */
			readonly pace?: Pace;
			/** `told`: what was seen of its flows is in the events alone, neither kept nor answered. Hours of it fill a memory. */
			readonly evidence?: 'answered' | 'told';
		};
		readonly gives: AttackRun;
	};
	/** Of the attack under way, whoever's it is; `step`: one more action though it is paused. */
	readonly pace: {readonly asks: Pace & {readonly step?: boolean}; readonly gives: {readonly attacking: boolean}};
	/** Ends the attack under way, whoever's it is. */
	readonly stop: {readonly asks: Nothing; readonly gives: {readonly attacking: boolean}};
	/** The rules that are given, no conversation of a service left, nothing compromised. */
	readonly reset: {
		readonly asks: {readonly rulesets: readonly Ruleset[]; readonly inForce: InForce};
		readonly gives: Applied;
	};
	/** The lab becomes another topology; what is in force stays, by the rulesets that it has there. */
	readonly change: {
		readonly asks: {
			readonly rehearsal: Rehearsal;
			readonly rulesets: readonly Ruleset[];
			readonly inForce: InForce;
		};
		readonly gives: Changed;
	};
	readonly status: {readonly asks: Nothing; readonly gives: LabStatus};
	readonly describe: {
		readonly asks: Nothing;
		readonly gives: {readonly rehearsal: Rehearsal; readonly inForce: InForce; readonly runtime: Runtime};
	};
	readonly enter: {
		readonly asks: {readonly workload: string; readonly words: readonly string[]};
		readonly gives: Entry | ContainerEntry;
	};
	/** In the order of the workloads; `tap.ts` is who opens them. */
	readonly tap: {readonly asks: {readonly workloads: readonly string[]}; readonly gives: TapEntry};
	/** From now on this client is told every event. */
	readonly watch: {readonly asks: Nothing; readonly gives: Nothing};
	/** What was done to the lab, and what the programs of workloads said. */
	readonly logs: {readonly asks: Nothing; readonly gives: readonly (NoteEvent | ProgramEvent)[]};
	/** Who talked to whom: what no probe and no attacker sent. */
	readonly flows: {readonly asks: Nothing; readonly gives: SeenFlows};
	/** How often the rules in force were hit. */
	readonly hits: {readonly asks: Nothing; readonly gives: Hits};
	/** Connections of the business, one a flow. */
	readonly traffic: {
		readonly asks: {readonly flows: readonly Flow[]; readonly timeoutMs: number};
		/** In the order of the flows, which whoever asked has. */
		readonly gives: readonly (Omit<Talked, 'evidence'> & {readonly evidence: Omit<Evidence, 'flow'>})[];
	};
	readonly close: {readonly asks: Nothing; readonly gives: {readonly teardownMs: number}};
}
export type Method = keyof Methods;

export type Request = {
	[M in Method]: {readonly id: number; readonly method: M; readonly asks: Methods[M]['asks']};
}[Method];

/** How an error crosses: FirebreakError by its fields, a bug by its stack. */
export interface Failure {
	readonly kind: 'machine' | 'bug';
	readonly code: string;
	readonly message: string;
	readonly mend: string;
	readonly stack: string | null;
}

/** The first line of every engine, of whatever version. */
export interface Hello {
	readonly kind: 'hello';
	readonly version: number;
	/** As whoever started the engine sees it; before `stay`, as the engine sees itself. */
	readonly pid: number;
	/** Name of the lab; null until it stays. */
	readonly lab: string | null;
}

export type Answer =
	| {readonly kind: 'answer'; readonly id: number; readonly gives: unknown}
	| {readonly kind: 'failed'; readonly id: number; readonly failure: Failure}
	| {readonly kind: 'event'; readonly event: WatchEvent}
	| Hello;

/** Writes one message as a line. */
export const write = (stream: Duplex, message: Request | Answer): void =>
	void stream.write(`${JSON.stringify(message)}\n`);

/** Calls `each` for every line that is JSON; what is not is the other side's bug, and goes to `onNonsense` or throws. */
export function readLines<T>(stream: Duplex, each: (message: T) => void, onNonsense?: () => void): void {
	// The stream's errors are emitted again by the reader of its lines: whoever owns the stream hears them there.
	createInterface({input: stream, crlfDelay: Number.POSITIVE_INFINITY})
		.on('error', () => undefined)
		.on('line', line => {
			let message: T;
			try {
				message = JSON.parse(line) as T;
			} catch (error) {
				if (onNonsense === undefined) throw error;
				onNonsense();
				return;
			}
			each(message);
		});
}
